"""A real MQTT broker, and whoever listens to it."""
