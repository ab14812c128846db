"""Is a file finished? Its header says when it is; until then, when is it looked at again, and when is it given up?

A file that is cut off waits a day for its rest. A file that is there but broken may be one that a slow writer fills in
place, and is believed when it has stood unchanged for half a minute.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from hersteld.daemon.database.file_numbers import Signature
from hersteld.daemon.system.clock import Clock
from hersteld.parsers.line import Line

FIRST_LOOK_S = 1.0
LAST_LOOK_S = 60.0
SUSPECT_S = 30.0
GIVE_UP_S = 24 * 3600.0
JUST_CHANGED = Line("inbox.why_just_changed")
"""Why a file is waited for that was changed while it was read, or so shortly before that more may follow unseen."""


@dataclass(frozen=True, slots=True)
class _Wait:
    """That a file is waited for.

    Attributes:
        why: What for; None where others say why it is left alone.
    """

    signature: Signature
    since_s: float
    looks: int
    looked_s: float
    next_look_s: float
    why: Line | None = None


class Settling:
    """The files that are not finished, and when to look again; in memory only, as a restart looks at all files."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waits: dict[str, _Wait] = {}

    def is_due(self, path: str, signature: Signature) -> bool:
        """Return whether to look at a file now: it is new, its pause is over, or it has changed.

        One that has changed is looked at again a second after the last look at the earliest.
        """
        wait = self._waits.get(path)
        if wait is None:
            return True
        if wait.signature != signature and wait.next_look_s > wait.looked_s + FIRST_LOOK_S:
            wait = replace(wait, next_look_s=wait.looked_s + FIRST_LOOK_S)
            self._waits[path] = wait
        return self._clock.monotonic_s() >= wait.next_look_s

    def unchanged_s(self, path: str, signature: Signature, first_seen_at: datetime | None = None) -> float:
        """Return for how many seconds a file has been unchanged, by its own times or by our clock, whichever is longer.

        The time of its last change of any kind counts, not the one of its content: a copy keeps that of the original.
        Where that is not known (0), only what we saw ourselves does, also before a restart.

        Args:
            first_seen_at: When the file was first seen as it is, aware UTC; None where nobody knows.
        """
        wait = self._waits.get(path)
        now_s = self._clock.monotonic_s()
        seen_s = now_s - wait.since_s if wait is not None and wait.signature == signature else 0.0
        if not signature.ctime_ns:
            return seen_s if first_seen_at is None else max(seen_s, (self._clock.now() - first_seen_at).total_seconds())
        changed_at = max(signature.mtime_ns, signature.ctime_ns) / 1e9
        return max(seen_s, self._clock.now().timestamp() - changed_at)

    def postpone(self, path: str, signature: Signature, why: Line | None = None, *, at_least_s: float = 0.0) -> None:
        """Look again later: after 1 s, then twice as long each time up to a minute; a change begins anew.

        Args:
            why: What is waited for; None where others say why it is left alone.
        """
        now_s = self._clock.monotonic_s()
        wait = self._waits.get(path)
        if wait is None or wait.signature != signature:
            wait = _Wait(signature, now_s, 0, now_s, now_s)
        pause_s = max(at_least_s, min(LAST_LOOK_S, FIRST_LOOK_S * 2.0 ** min(wait.looks, 10)))
        self._waits[path] = _Wait(signature, wait.since_s, wait.looks + 1, now_s, now_s + pause_s, why)

    def hold(self, path: str, signature: Signature, pause_s: float) -> None:
        """Look again after this time, neither sooner nor later; since when it is unchanged stays known."""
        now_s = self._clock.monotonic_s()
        wait = self._waits.get(path)
        if wait is None or wait.signature != signature:
            wait = _Wait(signature, now_s, 0, now_s, now_s)
        self._waits[path] = replace(wait, looked_s=now_s, next_look_s=now_s + pause_s)

    def is_first_look(self, path: str) -> bool:
        """Return whether a file has never been postponed: then that is worth a line in the log."""
        return path not in self._waits

    def forget(self, path: str) -> None:
        """Forget a file that is finished, or gone."""
        self._waits.pop(path, None)

    def keep_only(self, paths: set[str]) -> None:
        """Forget all files but these."""
        for path in self._waits.keys() - paths:
            del self._waits[path]

    def unfinished(self) -> dict[str, Line | None]:
        """Return the paths of the files that are waited for, and for what each is."""
        return {path: wait.why for path, wait in self._waits.items()}

    def next_look_in_s(self) -> float | None:
        """Return the time until the next look is due, 0 or more; None when no file waits."""
        if not self._waits:
            return None
        return max(0.0, min(wait.next_look_s for wait in self._waits.values()) - self._clock.monotonic_s())
