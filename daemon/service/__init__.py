"""The long-running service: its loop, its threads, and how it stops."""
