"""Plays a simulated week of training through the real pipeline."""
