"""What must not be said to whom, and everything that is said."""
