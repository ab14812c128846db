"""Reads workouts from the bytes of FIT files, without I/O, clock or logging."""
