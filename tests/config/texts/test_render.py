"""A message keeps to 600 characters by leaving out what matters least, and never breaks a word."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hersteld.config.texts.catalogue import Texts, load_texts, read_texts
from hersteld.config.texts.render import MAX_BODY_CHARACTERS, Rendered, left_out_for_room, render, says
from hersteld.parsers.line import Line
from hersteld.recovery.messages.draft import Draft, MessageKind

NOW = datetime(2026, 5, 6, 15, 0, tzinfo=UTC)
DISCLAIMER = "Information, not medical advice. In doubt, ask."


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    path = tmp_path / "en.toml"
    path.write_text(f'[text]\ntitle = "Hard ride"\nsay = "{{what}}"\ndisclaimer = "{DISCLAIMER}"\n', encoding="utf-8")
    return read_texts(path, "en")


def rendered(texts: Texts, *lines: str, optional: tuple[int, ...] = ()) -> Rendered:
    said = tuple(Line("say", {"what": line}) for line in lines)
    return render(Draft("first", MessageKind.FIRST, NOW, NOW, Line("title"), said, optional), texts, UTC)


def test_lines_stand_below_each_other(texts: Texts) -> None:
    assert rendered(texts, "Hard.", "Drink.", "Stretch.") == Rendered("Hard ride", "Hard.\nDrink.\nStretch.")


def test_an_empty_sentence_is_no_line(texts: Texts) -> None:
    assert rendered(texts, "Hard.", "", "Stretch.").body == "Hard.\nStretch."


def test_what_fits_stays_whole(texts: Texts) -> None:
    assert rendered(texts, "a" * 300, "b" * 299, optional=(1,)).body == "a" * 300 + "\n" + "b" * 299


def test_optional_lines_go_one_by_one_least_important_first(texts: Texts) -> None:
    lines = ["first", "b" * 200, "c" * 200, "d" * 200, "last"]
    assert rendered(texts, *lines, optional=(3, 1)).body.split("\n") == ["first", lines[1], lines[2], "last"]
    lines[2] = "c" * 500
    assert rendered(texts, *lines, optional=(3, 1)).body.split("\n") == ["first", lines[2], "last"]


def test_lines_that_may_not_go_are_dropped_from_the_end_when_nothing_else_helps(texts: Texts) -> None:
    assert rendered(texts, "a" * 300, "b" * 250, "c" * 250).body == "a" * 300 + "\n" + "b" * 250


def test_a_single_endless_line_ends_after_a_whole_word(texts: Texts) -> None:
    body = rendered(texts, "wandering " * 100).body
    assert len(body) <= 600
    assert set(body.removesuffix("…").split()) == {"wandering"}


@pytest.mark.parametrize("length", [0, 1, 400, 599, 600, 601, 1200])
def test_the_disclaimer_pushes_no_line_out_and_is_never_left_out_itself(texts: Texts, length: int) -> None:
    lines = tuple(Line("say", {"what": what}) for what in ("first", "a" * length, "b " * 40))
    alone = Draft("first", MessageKind.FIRST, NOW, NOW, Line("title"), lines, (1,))
    first_ever = Draft("first", MessageKind.FIRST, NOW, NOW, Line("title"), (*lines, Line("disclaimer")), (1,))
    assert render(first_ever, texts, UTC).body == f"{render(alone, texts, UTC).body}\n{DISCLAIMER}"
    assert len(render(alone, texts, UTC).body) <= MAX_BODY_CHARACTERS


def test_which_lines_had_no_room_is_known(texts: Texts) -> None:
    lines = (Line("say", {"what": "first"}), Line("title"), Line("say", {"what": "c" * 590}))
    draft = Draft("first", MessageKind.FIRST, NOW, NOW, Line("title"), lines, (1,))
    assert left_out_for_room(draft, texts, UTC) == {"title"}
    assert not left_out_for_room(replace(draft, lines=lines[:2]), texts, UTC)


@pytest.mark.parametrize(
    ("body", "is_said"),
    [
        ("Hard.\nThe next training is soon: until 12:15 eat about 70 g carbohydrate an hour.", True),
        ("Zwaar.\nDe volgende training komt gauw: eet tot 12:15 elk uur zo'n 70 g koolhydraten.", True),
        ("Hard.\nNow 70 grams!", True),
        ("Hard.\nEat before 12:15: a normal meal, about 70 g carbohydrate and 21 g protein.", False),
        ("", False),
    ],
)
def test_whether_a_message_says_a_text_is_known_in_every_language_and_in_own_words(body: str, *, is_said: bool) -> None:
    assert says(body, "eat_soon", load_texts("en", {"eat_soon": "Now {carbohydrate_g} grams!"})) is is_said
    assert not says(body, "stretch", load_texts("en"))
