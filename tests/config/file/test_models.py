"""Each key takes what it means and nothing else; quiet hours are two times of the day."""

from datetime import time

import pytest
from pydantic import ValidationError

from hersteld.config.file.models import SettingsFile, parse_quiet_hours
from hersteld.recovery.messages.quiet_hours import QuietHours


@pytest.mark.parametrize("text", ["22:00-07:00", " 22:00 - 7:00 ", "22:00–07:00"])
def test_quiet_hours_are_two_times(text: str) -> None:
    assert parse_quiet_hours(text) == QuietHours(time(22), time(7))


@pytest.mark.parametrize("text", ["", "  "])
def test_no_text_means_no_quiet_hours(text: str) -> None:
    assert parse_quiet_hours(text) is None


@pytest.mark.parametrize("text", ["late", "22:00", "24:00-07:00", "22:60-07:00", "22:00-07:61", "07:00-07:00"])
def test_other_texts_are_no_quiet_hours(text: str) -> None:
    with pytest.raises(ValueError, match="no quiet hours"):
        parse_quiet_hours(text)


def test_an_empty_file_has_every_default() -> None:
    file = SettingsFile.model_validate({})
    assert (file.athlete.experience, file.watch.folders, file.notify.style) == ("beginner", ["~/Workouts"], "brief")


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"athlete": {"mass_kg": "72"}}, ("athlete", "mass_kg")),
        ({"athlete": {"mass_kg": float("inf")}}, ("athlete", "mass_kg")),
        ({"athlete": {"birth_year": 1986.0}}, ("athlete", "birth_year")),
        ({"athlete": {"conditions": ["toes"]}}, ("athlete", "conditions", 0)),
        ({"watch": {"poll_every_s": 4.9}}, ("watch", "poll_every_s")),
        ({"notify": {"targets": [{"name": "a b", "url": "x://y"}]}}, ("notify", "targets", 0, "name")),
        ({"nonsense": 1}, ("nonsense",)),
    ],
)
def test_a_value_of_another_kind_is_refused_at_its_place(
    document: dict[str, object], place: tuple[str | int, ...]
) -> None:
    with pytest.raises(ValidationError) as caught:
        SettingsFile.model_validate(document)
    assert [error["loc"] for error in caught.value.errors()] == [place]
