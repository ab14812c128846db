"""Times are written so that they sort as they pass."""

from datetime import UTC, datetime

from hersteld.daemon.system.clock import from_iso, iso
from tests.support.pipeline import NOON


def test_times_sort_as_text_the_way_they_pass() -> None:
    moments = [NOON, NOON.replace(microsecond=1), NOON.replace(second=1), datetime(2026, 12, 1, tzinfo=UTC)]
    assert sorted(map(iso, moments)) == [iso(moment) for moment in moments]
    assert [from_iso(iso(moment)) for moment in moments] == moments
