"""The commands that show something: status, history, explain, plan."""
