"""Composes what is said of a plan, and when."""
