"""Bytes in, Workout out. No I/O, no clock, no logging."""
