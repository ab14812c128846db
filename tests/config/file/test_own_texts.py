"""A text of the user's own must name only what ours names, in forms that suit; everything else is a problem."""

import shutil
from pathlib import Path

import pytest

from hersteld.config.file.own_texts import own_text_problems
from hersteld.config.texts.catalogue import FOLDER, Texts, load_texts, read_texts


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    """Two texts, of which one has values."""
    shutil.copy(FOLDER / "en" / "forms.toml", tmp_path)
    path = tmp_path / "messages.toml"
    path.write_text('[text]\nit = "{at:when} {n:g}"\nplain = "x"\n', encoding="utf-8")
    return read_texts(path, "en")


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"plane": "x"}, "notify.texts.plane: there is no such text; did you mean plain?"),
        ({"it": "{when:clock}"}, "notify.texts.it: {...} is not known here; this text may use {at}, {n}"),
        ({"plain": "{at}"}, "notify.texts.plain: {...} is not known here; this text has no placeholders"),
        ({"it": "{at:ml}"}, "notify.texts.it: {at:ml} does not suit this value; ours is {at:when}"),
        ({"it": "{at:clok}"}, "notify.texts.it: {at:clok} does not suit this value; ours is {at:when}"),
        ({"it": "{at.year}"}, "notify.texts.it: is no template: a placeholder must be {name} or {name:form}"),
        ({"it": "{n"}, "notify.texts.it: is no template: a brace stands alone; write {{ or }} for one that is meant"),
    ],
)
def test_words_that_cannot_be_said_are_problems(own: dict[str, str], expected: str, texts: Texts) -> None:
    (problem,) = own_text_problems(own, texts)
    assert str(problem) == expected


def test_words_that_can_be_said_are_none(texts: Texts) -> None:
    own = {"it": "{at:day} {at:clock} {n} {n:ml}", "plain": ""}
    assert list(own_text_problems(own, texts)) == []


def test_a_word_may_be_replaced_by_itself_and_a_moment_by_its_day() -> None:
    own = {"title_workout": "{sport} {effort}", "rest_hours": "{ready_at:weekday}"}
    assert list(own_text_problems(own, load_texts("nl"))) == []
