"""The one message about many workouts."""

from datetime import datetime, time, timedelta

import pytest

from hersteld.config.settings import Language
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.texts.render import Rendered, render
from hersteld.recovery.messages.digest import digest
from hersteld.recovery.messages.draft import Draft, MessageKind
from hersteld.recovery.messages.quiet_hours import QuietHours
from tests.support.fit.recoveries import (
    AMSTERDAM,
    local,
    shipped_rules,
)

QUIET = QuietHours(time(22), time(7))
RULES = shipped_rules()
JANUARY_2019 = local("12:00", "2019-01-02")
TODAY = local("12:00")


def a_digest(
    *,
    count: int = 500,
    first_at: datetime = JANUARY_2019,
    duplicates: int = 0,
    unreadable: int = 0,
    left_out: int = 0,
    now: datetime = TODAY,
    first_ever: bool = False,
    quiet_hours: QuietHours | None = None,
    recent: int = 12,
) -> Draft:
    return digest(
        count=count,
        first_at=first_at,
        last_at=local("12:00"),
        duplicates=duplicates,
        unreadable=unreadable,
        left_out=left_out,
        now=now,
        first_ever=first_ever,
        rules=RULES,
        recent=recent,
        quiet_hours=quiet_hours,
        zone=AMSTERDAM,
    )


def text_ids(draft: Draft) -> list[str]:
    return [draft.title.id, *(line.id for line in draft.lines)]


def said(draft: Draft, language: Language = "en") -> Rendered:
    return render(draft, load_texts(language), AMSTERDAM)


def test_one_digest_stands_for_many_workouts() -> None:
    draft = a_digest(duplicates=12, unreadable=3)
    assert said(draft).body.splitlines() == [
        "500 workouts read, 2019 to 2026.",
        "Your baseline is ready.",
        "12 were duplicates.",
        "3 could not be read; hersteld status says why.",
    ]
    assert said(draft, "nl").body.splitlines()[0] == ("500 trainingen ingelezen, van 2019 tot 2026.")


def test_workouts_of_one_year_and_a_single_one_have_their_own_sentences() -> None:
    recent = local("12:00", "2026-05-01")
    assert text_ids(a_digest(first_at=recent)) == ["title_digest", "digest_one_year"]
    assert text_ids(a_digest(count=1, first_at=local("12:00"))) == ["title_digest_one", "digest_one"]


def test_a_baseline_needs_four_weeks() -> None:
    days = float(RULES.rest.history_days)
    assert "digest_baseline" in text_ids(a_digest(first_at=local("12:00") - timedelta(days=days)))
    assert "digest_baseline" not in text_ids(a_digest(first_at=local("12:00") - timedelta(days=days - 1)))


def test_a_baseline_needs_twelve_workouts_of_the_last_weeks() -> None:
    assert "digest_baseline" in text_ids(a_digest(recent=12))
    assert "digest_baseline" not in text_ids(a_digest(recent=11))


@pytest.mark.parametrize(
    ("count", "more"),
    [(0, []), (1, ["digest_duplicates_one", "digest_unreadable_one"]), (2, ["digest_duplicates", "digest_unreadable"])],
)
def test_duplicates_and_unreadable_files_are_counted(count: int, more: list[str]) -> None:
    draft = a_digest(first_at=local("12:00", "2026-05-01"), duplicates=count, unreadable=count)
    assert text_ids(draft)[2:] == more


@pytest.mark.parametrize(("count", "title"), [(1, "1 workout"), (2, "2 workouts")])
def test_a_title_counts_one_workout_and_two(count: int, title: str) -> None:
    draft = a_digest(count=count)
    assert (draft.rule, said(draft).title) == ("digest", title)


def test_the_very_first_message_carries_the_disclaimer() -> None:
    assert text_ids(a_digest(first_ever=True))[-1] == "disclaimer"


def test_it_waits_for_the_end_of_quiet_hours_and_expires_later_still() -> None:
    draft = a_digest(now=local("23:00"), quiet_hours=QUIET)
    assert (draft.kind, draft.due_at) == (MessageKind.DIGEST, local("07:00", "2026-05-07"))
    assert draft.expires_at == draft.due_at + timedelta(hours=float(RULES.messages.digest_expires_h))


def test_a_history_that_lacks_activities_is_no_baseline_and_the_digest_says_what_it_lacks() -> None:
    draft = a_digest(left_out=42)
    assert "digest_baseline" not in text_ids(draft)
    assert "42 activities are GPX or TCX" in said(draft).body
    assert "your history lacks those that did not come as FIT too." in said(draft).body
    assert "42 activiteiten zijn GPX of TCX" in said(draft, "nl").body
    assert "1 activity is GPX or TCX" in said(a_digest(left_out=1)).body
    assert "2 activities are GPX or TCX" in said(a_digest(left_out=2)).body
