"""What of a table of hersteld.toml needs more than its model: places, addresses, and what may be a secret."""
