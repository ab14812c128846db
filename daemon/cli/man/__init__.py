"""The manual page, for `man hersteld`: from the same commands and texts as `--help`."""
