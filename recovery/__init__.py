"""Workout, athlete and history in; assessment and plan out. No I/O, no clock, no logging."""
