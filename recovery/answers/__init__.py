"""What the athlete said of a workout, and of an illness before it."""
