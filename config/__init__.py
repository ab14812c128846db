"""hersteld.toml in, frozen settings out, or every problem at once; and the numbers and texts that ship with it."""
