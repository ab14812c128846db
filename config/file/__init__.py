"""Reads hersteld.toml into settings, or names every problem at once."""
