"""Gives commands the texts that they print, in the language of the user."""
