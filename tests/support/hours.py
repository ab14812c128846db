"""Where is it noon, so that what a test sees does not depend on the hour it is run at?

Late in the evening nothing is left to be said of a short workout of the morning, and no message is the right answer.
"""

from datetime import UTC, datetime


def noon_zone() -> str:
    """Return the name of a zone where it is between noon and one."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"
