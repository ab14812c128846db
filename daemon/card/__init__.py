"""Draws the picture of a workout and its recovery, from facts alone: no store, no clock; only `raster` reads files."""
