"""The commands for setting up: check, config, notify-test."""
