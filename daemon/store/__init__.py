"""Keeps workouts and history in SQL."""
