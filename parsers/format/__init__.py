"""Knows the FIT format: header, checksum, definitions, base types, time, and the profile of names and scales."""
