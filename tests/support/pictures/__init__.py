"""Receivers of pictures, and what they got."""
