"""The talk of a first run: what is asked, what is said of it, and what is done without a question."""
