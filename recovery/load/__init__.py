"""Computes the training load of a workout and the trends of many."""
