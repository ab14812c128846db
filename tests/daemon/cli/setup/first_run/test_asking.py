"""A question is asked until its answer may stand, and there is always a way out."""

import io
import sys

import pytest

from hersteld.daemon.cli.setup.first_run.asking import Back, ask, ask_yes, chosen_number, numbered, take_anything
from hersteld.daemon.setup.typed import NotAllowed
from hersteld.parsers.line import Line
from tests.support.languages import speaking


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def short_word(answer: str) -> str:
    if len(answer) > 3:
        raise NotAllowed(Line("setup.yes_or_no"))
    return answer


def test_enter_takes_the_default_and_a_mistake_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, "too long", " abc ")
    assert ask("Which?", "def", short_word, ["one", "two"]) == "abc"
    assert capsys.readouterr().out == (
        "\nWhich?\n  one\n  two\n  [def] >   That cannot be: answer yes or no.\n  [def] > "
    )
    typing(monkeypatch, "")
    assert ask("Which?", "def", short_word) == "def"


def test_there_is_a_way_back_and_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "<")
    with pytest.raises(Back):
        ask("Which?", "", short_word)
    with pytest.raises(EOFError):
        ask("Which?", "", short_word)


@pytest.mark.parametrize(("answer", "is_yes"), [("y", True), ("JA", True), ("", True), ("nee", False), ("no", False)])
def test_yes_and_no_are_understood_in_both_languages(
    answer: str, is_yes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    typing(monkeypatch, answer)
    assert ask_yes("Really?") is is_yes
    with speaking("nl"):
        typing(monkeypatch, "maybe", answer or "n")
        assert ask_yes("Echt?") is (is_yes and answer != "")


def test_without_an_answer_the_default_counts_also_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "")
    assert not ask_yes("Really?", default=False)


@pytest.mark.parametrize("answer", ["0", "3", "-1", "one", "", "1.0"])
def test_only_a_number_of_the_list_is_chosen(answer: str) -> None:
    assert numbered(["a", "b"]) == ["1  a", "2  b"]
    assert chosen_number("2", 2) == 2
    with pytest.raises(NotAllowed):
        chosen_number(answer, 2)


def test_what_a_terminal_cannot_show_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, encoding="latin-1"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\n"), encoding="utf-8"))
    take_anything()
    assert ask("How → far?", "", str) == "�"
    sys.stdout.flush()
    assert b"How ? far?" in shown.getvalue()
