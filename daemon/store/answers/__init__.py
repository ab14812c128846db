"""Keeps what the athlete answers, each answer with its source, until it is taken back."""
