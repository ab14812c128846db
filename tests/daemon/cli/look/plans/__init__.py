"""What `hersteld plan` says of files of many kinds."""
