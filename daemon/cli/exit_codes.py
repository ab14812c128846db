"""With which number does a command end? docs/commands.md lists them for scripts."""

EXIT_BAD_FILE = 65
"""EX_DATAERR of sysexits.h."""

EXIT_RUNNING = 69
"""EX_UNAVAILABLE of sysexits.h: another service has the database."""

EXIT_DATABASE = 74
"""EX_IOERR of sysexits.h: the database is damaged, or of a newer hersteld, so that to start again is of no use."""

EXIT_CONFIG = 78
"""EX_CONFIG of sysexits.h."""

STAY_DOWN = (EXIT_RUNNING, EXIT_DATABASE, EXIT_CONFIG)
"""systemd does not start a service again that ends so: RestartPreventExitStatus in both units."""

EXIT_INTERRUPTED = 130
"""Ended by Ctrl-C: 128 and the number of the signal."""
