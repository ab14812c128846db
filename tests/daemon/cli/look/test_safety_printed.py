"""What `plan`, `explain` and `status` print contradicts no safety or food flag, nor speaks to minors as to adults."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.config.settings import LANGUAGES
from hersteld.parsers.format.profile import fields
from hersteld.parsers.writing.encode import Recorded, encode_activity
from hersteld.recovery.athlete.profile import CONDITIONS
from tests.support.command_line import call, take_in
from tests.support.fit.build import UINT8, file_id, fit, message, records, session
from tests.support.safety.forbidden import FORBIDDEN, Flag, contradictions

FIT_EPOCH_S = int(datetime(1989, 12, 31, tzinfo=UTC).timestamp())
NOW = datetime.now(UTC).replace(microsecond=0)
_NO_ADVICE = re.compile(r": (no, because|nee, want) |  (A|P|H|input|invoer)  ")
"""Says of a rule by its name that it is left out, or what a number is good for, with its kind."""
_WHAT_IT_WAS = 1
"""The line of a workout's title, which says how hard it was, stands below its name."""


def _a_file(*, strength: bool = False) -> bytes:
    minutes = 50 if strength else 124
    recorded = Recorded(heart_rate_bpm=[172.0] * (60 * minutes))
    return encode_activity(
        NOW - timedelta(hours=1, minutes=minutes),
        "training" if strength else "cycling",
        recorded,
        sub_sport="strength_training" if strength else "generic",
        kcal=1300,
    )


def _settings(flag: Flag) -> tuple[str, ...]:
    words = ["--set", "athlete.experience=trained", "--set", "athlete.max_hr=190"]
    if flag == "minor":
        return (*words, "--set", f"athlete.birth_year={NOW.year - 14}")
    key = "athlete.conditions" if flag in CONDITIONS else "athlete.food"
    return (*words, "--set", f'{key}=["{flag}"]')


def _texts(value: object) -> Iterator[str]:
    """Yield the sentences in JSON: what stands under "text" and "formula", and titles and bodies of messages."""
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in ("text", "formula", "body") and isinstance(inner, str):
                yield inner
            else:
                yield from _texts(inner)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("flag", FORBIDDEN)
def test_no_flag_is_contradicted_by_what_plan_and_explain_print(flag: Flag, language: str, tmp_path: Path) -> None:
    for strength in (False, True):
        path = tmp_path / "workout.fit"
        path.write_bytes(_a_file(strength=strength))
        for command in ("plan", "explain"):
            _contradicts_nothing((command, "--language", language, *_settings(flag), path), flag, tmp_path)


def _contradicts_nothing(words: tuple[str | Path, ...], flag: Flag, home: Path) -> None:
    printed = call(*words, home=home)
    assert printed.exit_code == 0, printed.output
    lines = printed.stdout.splitlines()
    del lines[_WHAT_IT_WAS]
    for line in lines:
        if not _NO_ADVICE.search(line):
            assert contradictions(line, {flag}) == [], line
    found = json.loads(call(*words, "--json", home=home).stdout.splitlines()[0])
    for text in _texts(found):
        assert contradictions(text, {flag}) == [], text


def _of_a_minor() -> bytes:
    """Return a run by a watch that alone knows its wearer to be a minor."""
    begin = int((NOW - timedelta(hours=2)).timestamp()) - FIT_EPOCH_S
    user = message(fields.USER_PROFILE, (fields.USER_PROFILE_BIRTH_YEAR, UINT8, NOW.year - 14 - 1900))
    return fit(file_id(created=begin), user, records((172,) * 6001, begin), session(begin, 6000, 6000))


@pytest.mark.parametrize("language", LANGUAGES)
def test_plan_and_explain_speak_to_a_minor_by_the_watch_as_to_one_by_the_configuration(
    language: str, tmp_path: Path
) -> None:
    path = tmp_path / "run.fit"
    path.write_bytes(_of_a_minor())
    settings = ("--set", "athlete.experience=trained", "--set", "athlete.max_hr=190")
    for command in ("plan", "explain"):
        _contradicts_nothing((command, "--language", language, *settings, path), "minor", tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_status_speaks_to_a_minor_by_the_watch_as_to_one_by_the_configuration(language: str, tmp_path: Path) -> None:
    take_in(tmp_path, [("ride.fit", _of_a_minor())], now=NOW)
    told = call("status", "--language", language, home=tmp_path).stdout
    assert {"en": "Easy training from", "nl": "Rustig trainen vanaf"}[language] in told
    assert contradictions(told.splitlines()[0], {"minor"}) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("flag", ["heart", "pregnancy", "injury", "minor"])
def test_status_never_tells_whom_a_doctor_watches_to_train_hard(flag: Flag, language: str, tmp_path: Path) -> None:
    ride = tmp_path / "ride.fit"
    ride.write_bytes(_a_file())
    settings = _settings(flag)
    assert call("import", *settings, ride, home=tmp_path).exit_code == 0
    told = call("status", "--language", language, *settings, home=tmp_path).stdout
    assert {"en": "Easy training from", "nl": "Rustig trainen vanaf"}[language] in told
    assert contradictions(told.splitlines()[0], {flag}) == []
    others = ("--set", "athlete.experience=trained", "--set", "athlete.max_hr=190")
    assert contradictions(call("status", "--language", language, *others, home=tmp_path).stdout.splitlines()[0], {flag})
