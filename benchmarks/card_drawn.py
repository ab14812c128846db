"""How long does it take to draw a picture, and how much memory? `python -m benchmarks.card_drawn`."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from benchmarks.tables import table
from hersteld.daemon.card.raster import fault, png_of
from hersteld.daemon.card.svg import svg_of
from tests.support.card.samples import each

TURNS = 20
Given = TypeVar("Given")
# What a process of its own prints: seconds of the processor to load and prove, and to draw; MiB then and later.
_FIRST = """
import json, sys, time
from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.card.raster import fault, png_of
from hersteld.daemon.card.svg import svg_of

def resident_mib():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) / 1024

facts = CardFacts.from_json(json.load(sys.stdin))
before_mib, begun = resident_mib(), time.process_time()
assert fault() is None
proved = time.process_time()
png_of(svg_of(facts))
drawn = time.process_time()
first_mib = resident_mib()
for _ in range(20):
    png_of(svg_of(facts))
print(proved - begun, drawn - proved, first_mib - before_mib, resident_mib() - before_mib)
"""


def drawing() -> list[tuple[str, str]]:
    """Return what was measured, with its unit: of the ten sample pictures, and of seven processes."""
    samples = [facts for _, facts in each()]
    documents = [svg_of(facts) for facts in samples]
    pictures = [png_of(svg) for svg in documents]
    firsts = [_first() for _ in range(7)]
    proof_s, first_s = (min(values) for values in list(zip(*firsts, strict=True))[:2])
    first_mib, later_mib = (statistics.median(values) for values in list(zip(*firsts, strict=True))[2:])
    return [
        ("the SVG of a picture", _ms(statistics.median(_seconds(svg_of, facts) for facts in samples))),
        ("its PNG", _ms(statistics.median(_seconds(png_of, svg) for svg in documents))),
        ("the slowest PNG", _ms(max(_seconds(png_of, svg) for svg in documents))),
        ("the proof that the typeface draws", _ms(_seconds(lambda _: fault(), None))),
        ("in a new process: loading resvg and that proof", _ms(proof_s)),
        ("then the first picture", _ms(first_s)),
        (
            "size of a PNG, smallest and largest",
            f"{min(map(len, pictures)) / 1000:.1f} – {_largest_kb(pictures):.1f} kB",
        ),
        ("memory that the first picture adds to a process", f"{first_mib:.1f} MiB"),
        ("and after twenty more", f"{later_mib:.1f} MiB"),
    ]


def as_table(found: list[tuple[str, str]]) -> str:
    """Return the table."""
    return table(["what", "it takes"], [list(row) for row in found])


def _seconds(draw: Callable[[Given], object], given: Given) -> float:
    """Return the least processor time of some turns."""
    taken = []
    for _ in range(TURNS):
        begun = time.process_time()
        draw(given)
        taken.append(time.process_time() - begun)
    return min(taken)


def _first() -> tuple[float, ...]:
    facts = dict(each())["hard-ride-nl"]
    done = subprocess.run(
        [sys.executable, "-c", _FIRST], input=json.dumps(facts.as_json()), check=True, capture_output=True, text=True
    )
    return tuple(map(float, done.stdout.split()))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _largest_kb(pictures: list[bytes]) -> float:
    return max(map(len, pictures)) / 1000


if __name__ == "__main__":
    print(as_table(drawing()))
