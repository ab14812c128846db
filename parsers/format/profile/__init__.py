"""Says what the numbers of a FIT file mean, and which messages and fields are read."""
