"""Decodes the data messages of a FIT file in bulk, into numpy columns."""
