"""Whether somebody hears of it when the service cannot do its work."""
