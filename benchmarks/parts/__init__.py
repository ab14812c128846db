"""Measurements of one part alone, each also by itself."""
