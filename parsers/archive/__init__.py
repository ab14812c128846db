"""Finds the FIT files packed in a gzip or zip file, and says what is no FIT file."""
