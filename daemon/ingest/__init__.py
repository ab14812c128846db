"""Decides what becomes of a file, in one transaction."""
