"""How much memory does the service take for taps and for Home Assistant, and how much where neither is configured?

By the least of some lives each, one of each kind after the other, as lives that follow each other differ less.
"""

import tempfile
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.service.household import Household, Receiver, memory_mib
from benchmarks.tables import table

_CALM_S = 3.0
_LIVES = 5
_ITSELF = ("hersteld",)
_WITHOUT = ("benchmarks.service.without_answers",)
_TAPS = """
[[notify.targets]]
name = "watch"
url = "ntfy://127.0.0.1:{port}/recovery"
reply = "http://127.0.0.1:{port}/answers"
"""
_BROKER = """
[home_assistant]
broker = "mqtt://127.0.0.1:{port}"
"""


def answers() -> dict[str, float]:
    """Return the memory of the idle service and of what taps and Home Assistant add to it, in MiB."""
    with tempfile.TemporaryDirectory() as place, Receiver() as receiver:
        homes = {
            "without": (Household(Path(place, "without"), receiver.port), _WITHOUT),
            "neither": (Household(Path(place, "neither"), receiver.port), _ITSELF),
            "taps": (Household(Path(place, "taps"), receiver.port, _TAPS.format(port=receiver.port)), _ITSELF),
            "broker": (Household(Path(place, "broker"), receiver.port, _BROKER.format(port=receiver.port)), _ITSELF),
        }
        own: dict[str, list[float]] = {name: [] for name in homes}
        whole: dict[str, list[float]] = {name: [] for name in homes}
        for _ in range(_LIVES):
            for name, (home, module) in homes.items():
                with home.running(module=module) as service:
                    time.sleep(_CALM_S)
                    own[name].append(memory_mib(service.pid)[0])
                    whole[name].append(_of_all(service.processes()))
    least = {name: min(sizes) for name, sizes in own.items()}
    return {
        "the idle service, without the code for taps and for Home Assistant": least["without"],
        "the idle service, neither configured": least["neither"],
        "so what is not configured costs": least["neither"] - least["without"],
        "with a topic for taps, the service's process": least["taps"],
        "the same, with the process that hears of taps": min(whole["taps"]),
        "with a broker": least["broker"],
    }


def as_table(found: dict[str, float]) -> str:
    """Return the table."""
    return table(["memory", "MiB"], [[what, f"{mib:.1f}"] for what, mib in found.items()])


def _of_all(pids: list[int]) -> float:
    """Return the resident memory of processes, what they share counted for each, in MiB."""
    sizes = []
    for pid in pids:
        with suppress(OSError):  # one that has left meanwhile
            sizes.append(memory_mib(pid)[0])
    return sum(sizes)


if __name__ == "__main__":
    print(as_table(answers()))
