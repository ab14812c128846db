"""Says what commands print, in the language of the user."""
