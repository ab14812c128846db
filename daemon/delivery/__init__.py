"""Sends each due message to its target, with one thread per target."""
