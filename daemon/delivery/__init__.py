"""Gets the messages that are due to their receivers, one thread per target."""
