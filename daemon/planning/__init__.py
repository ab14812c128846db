"""Decides which plan and which messages follow from a workout."""
