"""How is a picture drawn for the desktop, whose bubbles the service itself shows?

In a process that lives for one picture: what draws takes memory, and a service that had loaded it would keep that.
"""

import contextlib
from typing import Final

from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.delivery.pictures.pixels import Pixels
from hersteld.daemon.system.channel import Channel, close_all, content_of, in_memory
from hersteld.daemon.system.child_process import ChildProcess, Limits

_WIDTH_PX: Final = 480
"""Programs that show bubbles make a picture smaller than that."""
_WITHIN_S = 5.0
"""So long a bubble may wait for its picture."""
_LIMITS = Limits(data_bytes=192 * 2**20, answer_bytes=2**12)
_MOST_BYTES = 2**22


def drawn_apart(facts: CardFacts) -> Pixels | None:
    """Return the picture of facts, drawn elsewhere; None where there is none in time. Never raises."""
    with contextlib.suppress(Exception):  # no memory, no process: the words are there all the same
        process = ChildProcess(f"{__name__}:serve", limits=_LIMITS, heeds_stop=False)
        try:
            said, files = process.ask({"picture": facts.as_json()}, within_s=_WITHIN_S)
            if len(files) != 1:
                close_all(files)
                return None
            pixels = Pixels(int(str(said["width_px"])), int(str(said["height_px"])), content_of(files[0], _MOST_BYTES))
            return pixels if len(pixels.rgb) == 3 * pixels.width_px * pixels.height_px else None
        finally:
            process.end()
    return None


def serve(channel: Channel) -> None:
    """Run in the child process: receive facts, and answer with their picture, once."""
    from hersteld.daemon.delivery.pictures.attached import drawn  # noqa: PLC0415 - needed only here
    from hersteld.daemon.delivery.pictures.pixels import pixels_of  # noqa: PLC0415

    told, _ = channel.receive()
    picture = told["picture"]
    png = drawn(CardFacts.from_json(picture), _WIDTH_PX) if isinstance(picture, dict) else None
    if png is None:
        channel.send({})
        return
    pixels = pixels_of(png)
    with in_memory(pixels.rgb) as descriptor:
        channel.send({"width_px": pixels.width_px, "height_px": pixels.height_px}, [descriptor])
