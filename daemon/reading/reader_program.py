"""What does the process do that reads files for the service?

It takes one open file after the other, tells what is in it bit by bit, and asks whether a content is known.
"""

import hashlib
import os
import time
import traceback

from hersteld.daemon.reading.contents import read_content
from hersteld.daemon.reading.file_reader import BREATH_S, bytes_of
from hersteld.daemon.reading.reading_wire import reading_told
from hersteld.daemon.system.channel import Channel, Closed, Garbled, Late, in_memory
from hersteld.parsers.format.foreign import Kind

_FRAMES = -8
"""The last so many calls of a fault of ours are told; few are needed, and the answer is bounded."""
_FIRST_TO_GO = "800"
"""When the machine has no memory left, it ends this process before others (/proc/self/oom_score_adj, up to 1000)."""


def serve(channel: Channel) -> None:
    """Run in the process that reads: one file after the other."""
    _go_first()
    channel.send({"ready": True})
    while True:
        request, files = channel.receive()
        try:
            _tell_all(channel, files[0], str(request["path"]), salvage=request["salvage"] is True)
        except OSError as error:
            channel.send({"refused": error.errno or 0})
        except (Closed, Late):  # nobody hears us
            raise
        except MemoryError:
            channel.send({"unread": "reasons.no_memory"})
        except Garbled:
            channel.send({"unread": "reasons.child_garbled"})
        except Exception:  # noqa: BLE001 - a file must not stop the others, whatever is in it
            channel.send({"fault": traceback.format_exc(limit=_FRAMES)})
        finally:
            os.close(files[0])


def _tell_all(channel: Channel, descriptor: int, path: str, *, salvage: bool) -> None:
    """Tell all that is in a file."""
    next_s = time.monotonic() + BREATH_S

    def say_alive() -> None:
        nonlocal next_s
        if time.monotonic() >= next_s:
            next_s = time.monotonic() + BREATH_S
            channel.send({"alive": True})

    content = bytes_of(descriptor, say_alive)
    channel.send({"read": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    channel.receive()

    def is_known(sha256: str) -> bool:
        channel.send({"is_known": sha256})
        return channel.receive()[0]["known"] is True

    def say_left_out(name: str, kind: Kind) -> None:
        channel.send({"left_out": name, "kind": kind})

    for reading in read_content(content, path, is_known=is_known, salvage=salvage, say_left_out=say_left_out):
        message, samples = reading_told(reading)
        with in_memory(samples) as beside:
            channel.send({"reading": message}, [beside])
    channel.send({"over": True})


def _go_first() -> None:
    """Have this process end first where the machine has no memory left, and not the service."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:  # noqa: PTH123 - a file of the kernel
            score.write(_FIRST_TO_GO)
    except OSError:
        pass
