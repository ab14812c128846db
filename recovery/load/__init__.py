"""How much was a workout? Computes its training load, and the trends over many workouts."""
