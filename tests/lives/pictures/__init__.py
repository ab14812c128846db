"""The pictures of the lives, which README shows."""
