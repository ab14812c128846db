"""Whoever lives with Home Assistant sees there how recovered the athlete is, by way of an MQTT broker."""
