"""Bubbles on the desktop, over the session bus."""
