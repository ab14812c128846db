"""Which file is to be read, and whose turn is first?"""

from dataclasses import dataclass

from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.system.paths import shown

LARGE_BYTES = 8 * 2**20
"""No device writes so much of one training: such a file is an archive, or odd."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to be read, as it was when it was seen.

    Attributes:
        path: As the system has it. An object of each path would take more memory than all else that is known of a file.
        is_doubtful: Whether reading it has ended badly once.
    """

    path: str
    signature: Signature
    is_doubtful: bool = False

    @property
    def shown(self) -> str:
        """The path as text."""
        return shown(self.path)

    @property
    def may_take_long(self) -> bool:
        """Whether all others go first."""
        return self.is_doubtful or self.signature.size > LARGE_BYTES


class Changed(Exception):  # noqa: N818 - no error: the file is simply looked at again
    """The file changed, or went away, while it was being read."""


def turn(candidate: Candidate) -> tuple[bool, bool, int, int, str]:
    """Return by what files that are due are sorted."""
    is_long, size = candidate.may_take_long, candidate.signature.size
    return is_long, candidate.is_doubtful, size if is_long else 0, candidate.signature.mtime_ns, candidate.shown
