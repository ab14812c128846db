"""Words for a reader: what commands print, in the user's language."""
