"""A word for how hard a workout was stands in one of two places, and means the same in each of them everywhere."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.config.languages import LANGUAGES, Language
from hersteld.config.texts.catalogue import load_texts
from tests.support.command_line import call, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)
LABELS = {"en": "average intensity", "nl": "gemiddelde intensiteit"}
WORKOUTS = {
    "a very hard run": {"minutes": 100, "bpm": 172},
    "a long and moderate ride": {"minutes": 300, "bpm": 120, "sport": "cycling"},
    "a long and light hike": {"minutes": 600, "bpm": 95, "sport": "hiking"},
    "an easy walk": {"minutes": 40, "bpm": 90, "sport": "walking"},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WORKOUTS)
def test_the_word_of_the_title_is_everywhere_and_that_of_the_heart_rate_behind_its_label(
    kind: str, language: Language, tmp_path: Path
) -> None:
    content = a_file(NOW - timedelta(minutes=5), **WORKOUTS[kind])  # type: ignore[arg-type]
    path = tmp_path / "a.fit"
    path.write_bytes(content)
    take_in(tmp_path, [("a.fit", content)], now=NOW)
    (stored,) = json.loads(call("history", "--json", home=tmp_path).stdout)["workouts"]
    words = load_texts(language).words
    intensity, efforts = words["intensity"][stored["intensity"]], words["effort"].values()
    printed = {
        command[0]: call(*command, "--language", language, home=tmp_path).stdout
        for command in (["plan", path], ["explain"], ["history"], ["status"], ["sport", "1", stored["sport"]])
    }
    sport = words["sport"]["walking" if stored["sport"] == "walking" else stored["sport"]]
    found = re.compile(rf"\b({'|'.join(sorted(efforts, key=len, reverse=True))}) {sport}\b", re.IGNORECASE)
    settled = {name: {word.lower() for word in found.findall(text)} for name, text in printed.items()}
    titles = settled["explain"]
    assert len(titles) == 1
    assert settled == dict.fromkeys(printed, titles)
    for name in ("plan", "explain"):
        assert f" · {LABELS[language]}: {intensity}" in printed[name]
    heading, _, row = printed["history"].splitlines()[:3]
    assert row[heading.index(LABELS[language]) :].startswith(intensity)


def test_the_minutes_of_a_message_are_named_alike_in_the_explanation(tmp_path: Path) -> None:
    path = tmp_path / "run.fit"
    for bpm, minutes in ((172, 40), (183, 35)):
        path.write_bytes(a_file(minutes=minutes, bpm=bpm))
        options = ("--set", "athlete.max_hr=188", "--set", "athlete.lthr=165", "--set", "athlete.experience=trained")
        planned = call("plan", path, *options, home=tmp_path).stdout
        said = re.search(r"(\d+ min (?:at or above threshold|near your maximum)\.)", planned)
        assert said is not None
        explained = call("explain", path, *options, home=tmp_path).stdout
        assert said[1] in explained
        weighted = [line for line in explained.splitlines() if re.match(r" +(threshold|near-maximal) minutes", line)]
        assert weighted
        assert all("minutes, weighted" in line for line in weighted)
