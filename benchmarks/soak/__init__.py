"""Ten years of training in minutes: `make soak`."""
