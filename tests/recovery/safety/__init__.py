"""What no plan may say to whom."""
