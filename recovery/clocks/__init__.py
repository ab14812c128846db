"""How long does the body need to recover from a workout? Five clocks run, and the longest decides."""
