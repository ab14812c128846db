"""Tests of the signs of overload."""
