"""Whether the service is well, as it says itself: to `status`, and to who raises the alarm when it falls silent."""
