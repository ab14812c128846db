"""Sends the messages that are due to their receivers, in one thread per target."""
