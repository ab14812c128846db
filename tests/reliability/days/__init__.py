"""Days of anything that can happen, one after the other, through the real pipeline."""
