"""Decodes the data messages of a FIT file into numpy columns, many messages at once."""
