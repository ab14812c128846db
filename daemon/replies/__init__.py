"""The athlete is asked in a message, and answers by one tap, without an open port."""
