"""How fast, how small: what `make bench`, `make fuzz` and `make soak` run."""
