"""Commands with which the athlete says what the scales say, and what was drunk."""
