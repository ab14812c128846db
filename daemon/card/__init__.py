"""Draws the picture of a workout and its recovery, from facts alone: no I/O, no clock, no store."""
