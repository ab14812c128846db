"""Times and memory of FIT readers: ours, and the others."""
