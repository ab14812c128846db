"""Hears of taps by a topic of ntfy, in a process of its own."""
