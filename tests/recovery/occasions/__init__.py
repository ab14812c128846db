"""Tests of what is said on occasions."""
