"""What may be typed: which commands, options and keys are there? Known without importing any command."""
