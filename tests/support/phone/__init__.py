"""What a phone does with what a terminal shows."""
