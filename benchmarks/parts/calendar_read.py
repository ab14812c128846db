"""How long does it take to read a calendar of 5,000 events, process and all?

`python -m benchmarks.parts.calendar_read` measures this alone.
"""

import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.tables import table
from hersteld.config.settings import Planned
from hersteld.daemon.calendar.reader import read_calendar

EVENTS = 5000
NOW = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
TITLES = ("Training", "Dentist", "Meeting", "Run", "Lunch", "Intervals", "Call", "Fietsen met Jan", "Birthday", "Swim")


def made_calendar() -> str:
    """Return a calendar of eight years: half of it training, each fiftieth event a series, half of these over."""
    chance = random.Random(4)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b", "X-WR-TIMEZONE:Europe/Amsterdam"]
    for number in range(EVENTS):
        start = NOW + timedelta(days=chance.randint(-2500, 400), hours=chance.randint(-3, 10))
        lines += ["BEGIN:VEVENT", f"UID:{number}@example.org", f"SUMMARY:{chance.choice(TITLES)}"]
        lines += [f"DTSTART;TZID=Europe/Amsterdam:{start:%Y%m%dT%H%M%S}", "DURATION:PT1H", "DESCRIPTION:" + "x" * 60]
        if number % 50 == 0:
            lines.append("RRULE:FREQ=WEEKLY;BYDAY=MO,WE" + ("" if number % 100 else ";UNTIL=20221231T230000Z"))
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT30M", "END:VALARM", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def read_times(times: int = 5) -> tuple[int, float]:
    """Return how many trainings are planned in eight days, and the median time of some readings, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "training.ics")
        path.write_text(made_calendar(), newline="")
        taken = []
        for _ in range(times):
            begun = time.perf_counter()
            found = read_calendar(Planned(calendar=path), NOW, ZoneInfo("Europe/Amsterdam"))
            taken.append(time.perf_counter() - begun)
    return len(found.sessions), sorted(taken)[times // 2]


def as_table(found: tuple[int, float]) -> str:
    """Return the table."""
    return table(["events", "trainings in eight days", "seconds"], [[f"{EVENTS:,}", f"{found[0]}", f"{found[1]:.2f}"]])


if __name__ == "__main__":
    print(as_table(read_times()))
