"""Summer time begins and ends, and the athlete travels: nobody is woken, and nothing is lost."""

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hersteld.daemon.delivery.notifiers import SendResult
from hersteld.daemon.system.clock import SystemClock
from hersteld.parsers.line import Line
from hersteld.recovery.messages.quiet_hours import QuietHours
from tests.support.measured.figures import Measured
from tests.support.pipeline import Pipeline, a_file

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TOKYO, LOS_ANGELES = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Los_Angeles")
STEP = timedelta(minutes=5)
RECOVERY = timedelta(hours=48)
"""From the end of the training in these tests until the athlete is ready."""
SPRING, AUTUMN = datetime(2027, 3, 28), datetime(2027, 10, 31)  # noqa: DTZ001 - local dates
"""The nights in which Amsterdam's clocks go from 02:00 to 03:00, and from 03:00 back to 02:00."""


class Night:
    """A pipeline that notes when each message left, by the wall clock of where the athlete is."""

    def __init__(self, folder: Path, now: datetime, quiet: str) -> None:
        self.pipeline = Pipeline(
            folder,
            now=now.astimezone(ZoneInfo("UTC")),
            notify__quiet_hours=f'"{quiet}"',
            athlete__birth_year="1986",
        )
        self.pipeline.clock.travel(AMSTERDAM)
        quiet_hours = self.pipeline.settings.notify.quiet_hours
        assert isinstance(quiet_hours, QuietHours)
        self._quiet_hours = quiet_hours
        self.sent: list[tuple[str, datetime]] = []
        self.refuses = False

        def answer(_target: str, message: object) -> SendResult:
            clock = self.pipeline.clock
            assert not self._quiet_hours.holds(clock.now(), clock.zone()), "a message, or a try, in quiet hours"
            if self.refuses:
                return SendResult(ok=False, reason=Line("delivery.refused_connection"))
            self.sent.append((str(getattr(message, "title", "")), clock.now().astimezone(clock.zone())))
            return SendResult(ok=True)

        self.pipeline.notifier.answer = answer

    def ready_by(self, moment: datetime) -> datetime:
        """Take in a hard training after which the athlete is ready at this moment; return when word of it is due."""
        moment = moment.astimezone(ZoneInfo("UTC"))  # one that comes twice, or never, equals none in another zone
        ended_at = moment - RECOVERY
        self.pipeline.clock.jump(ended_at + timedelta(minutes=5))
        self.pipeline.put("a.fit", a_file(ended_at, minutes=90, bpm=175, sport="cycling"))
        self.pipeline.look()
        assert self.pipeline.stored()[0].ready_at == moment
        (row,) = self.pipeline.rows("ready")
        return row.due_at

    def pass_until(self, moment: datetime) -> None:
        """Let time pass."""
        left = moment.astimezone(ZoneInfo("UTC")) - self.pipeline.clock.now()
        self.pipeline.pass_time(step=STEP, seconds=left.total_seconds())

    def state(self, rule: str = "ready") -> str:
        (row,) = self.pipeline.rows(rule)
        return row.state


@pytest.mark.figures("summer time begins or ends", "{nights} nights: 0 in quiet hours, 0 lost")
@pytest.mark.parametrize("day", [SPRING, AUTUMN], ids=["spring", "autumn"])
@pytest.mark.parametrize(
    ("quiet", "ready", "ends"),
    [
        ("22:00-07:00", "05:30", "07:00"),
        ("22:00-02:30", "02:10", "03:30 spring, 02:30 autumn"),
        ("02:30-07:00", "04:00", "07:00"),
    ],
)
def test_quiet_hours_across_the_change_of_the_clocks_hold(
    tmp_path: Path, day: datetime, quiet: str, ready: str, ends: str, measured: Measured
) -> None:
    hour, minute = map(int, ready.split(":"))
    night = Night(tmp_path, day.replace(tzinfo=AMSTERDAM), quiet)
    night.ready_by(day.replace(hour=hour, minute=minute, tzinfo=AMSTERDAM))
    night.pass_until(day.replace(hour=12, tzinfo=AMSTERDAM))
    assert night.state() == "sent"
    title, sent_at = night.sent[-1]
    assert title == "Recovered"
    local = sent_at.replace(tzinfo=None)
    assert day <= local < day + timedelta(hours=8)
    if len(ends) == 5:
        assert f"{sent_at:%H:%M}" == ends
    assert len({title for title, _ in night.sent}) == len(night.sent)
    measured(nights=1)


@pytest.mark.figures("summer time begins or ends", "{nights} nights: 0 in quiet hours, 0 lost")
@pytest.mark.parametrize("day", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_tries_again_pause_for_the_night_of_the_change(tmp_path: Path, day: datetime, measured: Measured) -> None:
    night = Night(tmp_path, day.replace(tzinfo=AMSTERDAM), "21:30-06:00")
    night.refuses = True
    night.ready_by((day - timedelta(hours=4, minutes=30)).replace(tzinfo=AMSTERDAM))
    night.pass_until(day.replace(hour=4, tzinfo=AMSTERDAM))
    (row,) = night.pipeline.rows("ready")
    assert row.attempts > 3
    night.refuses = False
    night.pass_until(day.replace(hour=9, tzinfo=AMSTERDAM))
    assert night.state() == "sent"
    assert night.sent[-1][1] >= day.replace(hour=6, tzinfo=AMSTERDAM)
    measured(nights=1)


@pytest.mark.figures("the athlete travels", "{journeys} journeys: 0 in quiet hours, 0 lost")
@pytest.mark.parametrize(
    ("zone", "local"),
    [(LOS_ANGELES, "07:00"), (TOKYO, "21:00")],
    ids=["west: it would be night", "east: it is still evening"],
)
def test_after_a_journey_the_quiet_hours_are_those_of_the_place(
    tmp_path: Path, zone: ZoneInfo, local: str, measured: Measured
) -> None:
    at = datetime(2027, 5, 7, 14, tzinfo=AMSTERDAM)
    night = Night(tmp_path, at, "22:00-07:00")
    assert night.ready_by(at) == at
    night.pipeline.clock.travel(zone)
    night.pass_until(at + timedelta(hours=11))
    title, sent_at = night.sent[-1]
    assert (title, f"{sent_at.astimezone(zone):%H:%M}") == ("Recovered", local)
    assert all(title != other for (title, _), (other, _) in pairwise(night.sent))
    measured(journeys=1)


@pytest.fixture
def zone_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "localtime"
    monkeypatch.setenv("TZ", str(path))
    yield path
    monkeypatch.undo()
    time.tzset()


def test_a_zone_that_is_changed_while_hersteld_runs_is_seen(zone_file: Path) -> None:
    """As when a laptop sets its own zone: TZ may name a file, and it, or /etc/localtime, gets another content."""
    noon = datetime(2027, 5, 7, 12, tzinfo=ZoneInfo("UTC"))
    clock = SystemClock()
    for name in ("Europe/Amsterdam", "Asia/Tokyo", "America/Los_Angeles"):
        zone_file.write_bytes(_zone(name))
        assert noon.astimezone(clock.zone()).utcoffset() == noon.astimezone(ZoneInfo(name)).utcoffset()
    zone_file.write_bytes(b"")  # half written: the zone before holds
    assert noon.astimezone(clock.zone()).utcoffset() == noon.astimezone(LOS_ANGELES).utcoffset()


def _zone(name: str) -> bytes:
    for folder in (Path("/usr/share/zoneinfo"), *map(Path, filter(None, [os.environ.get("PYTHONTZPATH")]))):
        if (folder / name).is_file():
            return (folder / name).read_bytes()
    from importlib.resources import files

    return (files("tzdata") / "zoneinfo" / name).read_bytes()
