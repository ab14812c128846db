"""Taps are heard whatever the server of the topic does, and nothing else is believed."""
