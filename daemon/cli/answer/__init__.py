"""Commands with which the athlete says something of a workout."""
