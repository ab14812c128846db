"""Finds the files in the watched folders, and when each has settled."""
