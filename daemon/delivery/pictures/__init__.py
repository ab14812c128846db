"""Pictures of workouts get to the receivers that take them, and never cost a message."""
