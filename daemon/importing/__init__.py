"""Takes many old files into the history at once."""
