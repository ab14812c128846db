"""What the athlete said is kept as it was said, and can be taken back."""
