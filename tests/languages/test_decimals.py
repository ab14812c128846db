"""In Dutch every decimal has a comma, whatever prints it: a number of hersteld, of the athlete, or within a source."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.command_line import call, take_in
from tests.support.nights.scale import a_scale_file
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
CONFIGURED = (
    '[athlete]\nexperience = "trained"\nmax_hr = 188\nmass_kg = 70.5\n[notify]\nlanguage = "{language}"\n'
    "[rules]\nrest.busy_week_max = 1.35\n"
)
DECIMAL = re.compile(r"(?<![\w.,/:-])\d+[.,]\d+(?![\w/:-]|[.,]\d)")
"""A number with decimals; no date, clock time, version, address or name of a file."""
SAYS = (
    ("explain", "8"),
    ("weigh", "72.45"),
    ("weigh", "--before", "71.25", "--after", "70.55", "--drunk", "0.45l", "--workout", "last"),
    ("weigh", "--before", "71.2", "--after", "71.85", "--workout", "1", "--yes"),
    ("weigh", "--before", "71.2", "--after", "60.15", "--workout", "1"),
    ("weigh", "160.5", "--workout", "2"),
    ("weigh", "12.5"),
    ("weigh", "--undo"),
    ("drank", "0.75l"),
    ("drank", "2.5", "--workout", "last"),
    ("drank", "5.25l", "--workout", "last"),
    ("drank", "--undo"),
    ("rpe", "8.5"),
    ("rpe", "8"),
    ("rpe", "--undo"),
    ("tqr", "13.5"),
    ("tqr", "13"),
    ("resting-hr", "48.5"),
    ("resting-hr", "200.5"),
    ("resting-hr", "48"),
    ("pause", "ill"),
    ("pause", "--undo"),
    ("sport", "1", "walking"),
    ("learned",),
    ("status",),
    ("explain", "1"),
    ("explain", "7"),
    ("history",),
    ("history", "--nights"),
    ("plan", "{home}/scale.fit"),
    ("plan", "{home}/run.fit"),
    ("check",),
)


@pytest.fixture(scope="module", params=["en", "nl"])
def said(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, str]]:
    """Return a language, and what each command prints in it after weeks of runs that were weighed and rated."""
    home = tmp_path_factory.mktemp(request.param)
    folder = home / ".config" / "hersteld"
    folder.mkdir(parents=True)
    (folder / "hersteld.toml").write_text(CONFIGURED.format(language=request.param), encoding="utf-8")
    runs = [(f"{day}.fit", a_file(NOW - day * DAY, minutes=60, bpm=155)) for day in range(6, 0, -1)]
    scale = a_scale_file((NOW - 9 * DAY, 70.65, 1), (NOW - 9 * DAY, 58.25, 2))
    # Of these nobody says anything, so that what was learned counts.
    others = [a_file(NOW - DAY / 2, minutes=70, bpm=170), a_file(NOW - DAY / 24, minutes=45, bpm=None)]
    files = [*runs, *((f"other{number}.fit", content) for number, content in enumerate(others)), ("scale.fit", scale)]
    take_in(home, files, now=NOW)
    (home / "scale.fit").write_bytes(scale)
    (home / "run.fit").write_bytes(runs[0][1])
    found = json.loads(call("history", "--json", home=home).stdout)["workouts"]
    for number, one in enumerate(found[2:]):
        after = f"{70.4 - number / 50:.2f}"
        assert call("weigh", "--before", "71.05", "--after", after, "--workout", one["id"], home=home).exit_code == 0
        assert call("rpe", str(6 + number % 2), "--workout", one["id"], home=home).exit_code == 0
    return request.param, {
        " ".join(words): _without(words, call(*(word.format(home=home) for word in words), home=home).output)
        for words in SAYS
    }


def _without(typed: tuple[str, ...], output: str) -> str:
    """Return what is printed without the words that were typed, which are said again as they are."""
    for word in typed:
        output = output.replace(word, "") if DECIMAL.search(word) else output
    return output


def test_every_decimal_has_the_sign_of_the_language(said: tuple[str, dict[str, str]]) -> None:
    language, outputs = said
    sign = {"en": ".", "nl": ","}[language]
    found = {words: [one.group() for one in DECIMAL.finditer(output)] for words, output in outputs.items()}
    wrong = {words: [one for one in decimals if sign not in one] for words, decimals in found.items()}
    assert {words: decimals for words, decimals in wrong.items() if decimals} == {}
    with_decimals = {words for words, decimals in found.items() if decimals}
    assert with_decimals >= {
        "learned",
        "status",
        "explain 1",
        "explain 7",
        "weigh 72.45",
        "plan {home}/scale.fit",
    }


def test_what_was_learned_is_a_source_with_the_decimals_of_the_language(said: tuple[str, dict[str, str]]) -> None:
    language, outputs = said
    sweat, rating = {
        "en": (r"learned from your scales: 6 answers, from 1\.\d+ to 1\.\d+", r"learned from your ratings: 6 answers"),
        "nl": (
            r"geleerd van je weegschaal: 6 antwoorden, van 1,\d+ tot 1,\d+",
            r"geleerd van je cijfers: 6 antwoorden",
        ),
    }[language]
    assert re.search(sweat, outputs["explain 7"])
    assert re.search(rating, outputs["explain 8"])
    assert re.search(r"(from|van) \d.*(to|tot) \d", outputs["explain 8"])
