"""How does a picture get from the facts to the request that carries it?

It is drawn in the process that makes the call, since what draws takes memory that the service should not, and lies in
memory alone: some plugins of Apprise want a path, and that of a file without a name, which no other user can open, is
one. The file is gone when the call is over.
"""

import contextlib
import os
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.system.channel import in_memory

if TYPE_CHECKING:  # Apprise is slow to import
    from apprise import AppriseAttachment

PICTURE_NAME: Final = "hersteld.png"
"""Nothing of the workout: the name of a file stands in logs of servers."""


def drawn(facts: CardFacts, width_px: int = 720) -> bytes | None:
    """Return the picture of facts as a PNG; None where it cannot be drawn, which `check` explains. Never raises."""
    try:
        if not can_draw():
            return None
        from hersteld.daemon.card.raster import png_of  # noqa: PLC0415 - a library that only those processes load
        from hersteld.daemon.card.svg import svg_of  # noqa: PLC0415

        return png_of(svg_of(facts), width_px=width_px)
    except BaseException:  # noqa: BLE001 - a fault in Rust is no Exception, and no picture is worth a message
        return None


@cache
def can_draw() -> bool:
    """Return whether this machine draws letters and all, asked once in a process. Never raises."""
    try:
        from hersteld.daemon.card.raster import fault  # noqa: PLC0415

        return fault() is None
    except BaseException:  # noqa: BLE001 - as above
        return False


@contextlib.contextmanager
def attachment_of(png: bytes) -> Iterator["AppriseAttachment"]:
    """Give a picture as Apprise attaches it, for as long as the block lasts.

    Raises:
        OSError: There is no room for it.
    """
    from apprise import AppriseAttachment  # noqa: PLC0415 - slow
    from apprise.attachment.file import AttachFile  # noqa: PLC0415

    with in_memory(png) as descriptor:
        path = f"/proc/{os.getpid()}/fd/{descriptor}"
        yield AppriseAttachment([AttachFile(path, name=PICTURE_NAME, mimetype="image/png")])
