"""What the athlete says of stored workouts."""
