"""Who trains? Holds what is configured, what the body's numbers are for one workout, and what came before it."""
