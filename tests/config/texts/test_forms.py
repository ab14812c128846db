"""Numbers, times and lists read as a person of the language says them."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hersteld.config.languages import Language
from hersteld.config.texts.catalogue import FOLDER, TextError, Texts, read_texts
from hersteld.parsers.line import Line, Value

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AT_17_15 = datetime(2026, 5, 6, 15, 15, tzinfo=UTC)
WORDS = """
[muscle]
calves = "kuiten"
quads = "bovenbenen"
[sport]
running = "hardlopen"
[device.maker]
garmin = "Garmin"
"""


def texts_of(tmp_path: Path, template: str, language: Language = "en", own: dict[str, str] | None = None) -> Texts:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    shutil.copy(FOLDER / language / "forms.toml", folder)
    path = folder / "messages.toml"
    path.write_text(f"[text]\nit = '{template}'\nml = '{{ml:ml}}'\nplain = 'x'\n{WORDS}", encoding="utf-8")
    return read_texts(path, language, own or {})


@pytest.mark.parametrize(
    ("form", "value", "en", "nl"),
    [
        ("clock", AT_17_15, "17:15", "17:15"),
        ("when", AT_17_15, "Wed 17:15", "wo 17:15"),
        ("until", AT_17_15.replace(hour=20), "Wed 22:15", "wo 22:15"),
        ("weekday", AT_17_15, "Wednesday", "woensdag"),
        ("weekday", date(2026, 5, 7), "Thursday", "donderdag"),
        ("day", AT_17_15, "6 May", "6 mei"),
        ("day", datetime(2026, 5, 6, 23, 30, tzinfo=UTC), "7 May", "7 mei"),
        ("clocks", (AT_17_15,), "17:15", "17:15"),
        ("clocks", (AT_17_15, AT_17_15.replace(minute=30)), "17:15 and 17:30", "17:15 en 17:30"),
        (
            "clocks",
            (AT_17_15, AT_17_15.replace(minute=30), AT_17_15.replace(minute=45)),
            "17:15, 17:30 and 17:45",
            "17:15, 17:30 en 17:45",
        ),
        ("duration", 7440, "2 h 04", "2 u 04"),
        ("duration", 7200, "2 h", "2 u"),
        ("duration", 2400, "40 min", "40 min"),
        ("duration", 3599, "1 h", "1 u"),
        ("minutes", 20, "20 min", "20 minuten"),
        ("minutes", 1.0, "1 min", "1 minuut"),
        ("litres", 1500, "1.5 l", "1,5 l"),
        ("litres", 2000, "2 l", "2 l"),
        ("ml", 1500, "1500 ml", "1500 ml"),
        ("g", 21.6, "22 g", "22 g"),
        ("km", 42195, "42.2 km", "42,2 km"),
        ("km", 10000, "10 km", "10 km"),
        ("celsius", 29.7, "30 °C", "30 °C"),
        ("number", 2019, "2019", "2019"),
        ("number", 0.25, "0.25", "0,25"),
        ("decimal", 7, "7.0", "7,0"),
        ("exact", 0.022, "0.022", "0,022"),
        ("exact", 96.0, "96", "96"),
        ("muscles", ("calves", "quads"), "kuiten, bovenbenen", "kuiten, bovenbenen"),
        ("muscles", ("upper_back",), "upper back", "upper back"),
        ("sport", "running", "hardlopen", "hardlopen"),
        ("sport", "stand_up_paddling", "stand up paddling", "stand up paddling"),
        ("device.maker", "garmin", "Garmin", "Garmin"),
        ("lines", (Line("ml", {"ml": 800}), Line("ml", {"ml": 200})), "800 ml, 200 ml", "800 ml, 200 ml"),
    ],
)
def test_each_form_reads_well(form: str, value: Value, en: str, nl: str, tmp_path: Path) -> None:
    line = Line("it", {"x": value})
    assert texts_of(tmp_path, f"{{x:{form}}}", "en").sentence(line, AMSTERDAM) == en
    assert texts_of(tmp_path, f"{{x:{form}}}", "nl").sentence(line, AMSTERDAM) == nl


@pytest.mark.parametrize(
    ("read_h", "until_h", "said"),
    [(7, 20, "tonight"), (7, 15, "17:15"), (17, 20, "22:15"), (-5, 20, "Wed 22:15"), (7, 16, "tonight")],
)
def test_an_evening_that_is_still_to_come_today_is_tonight(
    read_h: int, until_h: int, said: str, tmp_path: Path
) -> None:
    """The hours are those of UTC, two behind the clock."""
    until, read_at = AT_17_15.replace(hour=until_h), AT_17_15.replace(hour=0) + timedelta(hours=read_h)
    texts = texts_of(tmp_path, "{x:until}", "en")
    assert texts.sentence(Line("it", {"x": until}), AMSTERDAM, read_at=read_at) == said


def test_a_value_without_a_form_reads_plainly(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, "{a} {b} {{c}}", "nl")
    assert texts.sentence(Line("it", {"a": 1.5, "b": "een"}), AMSTERDAM) == "1,5 een {c}"


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("no network", "Not sent: no network. Try again."),
        ("is there a network?", "Not sent: is there a network? Try again."),
        ("The disk is full.", "Not sent: The disk is full. Try again."),
    ],
)
def test_a_reason_that_is_a_sentence_has_one_mark_at_its_end(reason: str, sentence: str, tmp_path: Path) -> None:
    texts = texts_of(tmp_path, "Not sent: {x}. Try again.", "en")
    assert texts.sentence(Line("it", {"x": reason}), AMSTERDAM) == sentence


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("clock", None),
        ("clock", datetime(2026, 5, 6, 15, 15)),  # noqa: DTZ001 - naive on purpose
        ("clock", date(2026, 5, 6)),
        ("clocks", ("17:15",)),
        ("ml", "800"),
        ("ml", True),
        ("sport", 3),
        ("muscles", "calves"),
        ("", None),
    ],
)
def test_a_value_that_does_not_suit_its_form_is_an_error(form: str, value: Value, tmp_path: Path) -> None:
    with pytest.raises(TextError, match=r"en: it: \{x:.*cannot say"):
        texts_of(tmp_path, f"{{x:{form}}}").sentence(Line("it", {"x": value}), AMSTERDAM)


def test_a_missing_text_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(TextError, match="there is no text gone"):
        texts_of(tmp_path, "x").sentence(Line("gone"), AMSTERDAM)


@pytest.mark.parametrize("template", ["{x:clok}", "{", "{}", "{0}", "{x!r}", "{x.__class__}", "{x[0]}", "{x:{y}}"])
def test_a_template_that_cannot_be_said_is_an_error_that_names_it(template: str, tmp_path: Path) -> None:
    with pytest.raises(TextError, match="en: it: "):
        texts_of(tmp_path, template).sentence(Line("it", {"x": 1}), AMSTERDAM)


def test_the_users_own_words_are_said(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, "Ready {at:when}.", own={"it": "Go on {at:day}!", "plain": ""})
    assert texts.sentence(Line("it", {"at": AT_17_15}), AMSTERDAM) == "Go on 6 May!"
    assert texts.sentence(Line("plain"), AMSTERDAM) == ""


def test_no_odd_spaces_reach_the_user(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, "a\N{NO-BREAK SPACE}b\N{NARROW NO-BREAK SPACE}c")
    assert texts.sentence(Line("it"), AMSTERDAM) == "a b c"
