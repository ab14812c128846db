"""The commands that do the work: run, import, backup, demo."""
