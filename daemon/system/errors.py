"""What can go wrong in the shell that the user must hear about; `str(error)` says what, where and what to do."""


class DaemonError(Exception):
    """The base of every error of this layer."""
