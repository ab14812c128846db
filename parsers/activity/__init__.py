"""Turns the messages of a FIT file into one Workout: sessions, pauses, samples on one time line."""
