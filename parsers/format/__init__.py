"""Finds the files, definitions and messages in FIT bytes, and knows how values are stored and what they mean."""
