"""Tests of the questions in messages, and of the taps that answer them."""
