"""How long does the body need to recover, from when on? Five clocks run, and the longest decides."""
