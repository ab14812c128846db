"""Turns the messages of a FIT file into one Workout: its sessions, its pauses, and its samples on one time line."""
