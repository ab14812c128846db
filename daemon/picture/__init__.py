"""Finds what the picture of a workout shows: facts and words, from the workout, its plan and the settings."""
