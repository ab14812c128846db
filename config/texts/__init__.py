"""Holds every sentence hersteld says, in each language, and fills in its values."""
