"""Keeps the messages that wait to be sent."""
