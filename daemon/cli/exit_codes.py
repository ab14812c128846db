"""With which number does a command end? docs/commands.md lists them for scripts."""

EXIT_BAD_FILE = 65
"""EX_DATAERR of sysexits.h."""

EXIT_CONFIG = 78
"""EX_CONFIG of sysexits.h; systemd does not restart a service that ends so."""

EXIT_INTERRUPTED = 130
"""Ended by Ctrl-C: 128 and the number of the signal."""
