"""Reads bytes on disk into a Workout, or into the reason why there is none."""
