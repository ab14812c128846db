"""What the athlete said counts for the workout that it was said of."""
