"""Words that bash has divided are one again, and each script is that of click but for what it gets wrong."""

import pytest
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from hersteld.daemon.cli.completion.light_commands import light
from hersteld.daemon.cli.completion.shells import OF_SHELL, PROGRAM, VARIABLE, Bash, Fish, Zsh, completer, joined
from hersteld.daemon.cli.outline.commands import stored


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        (["--set", "a.b", ""], ["--set", "a.b", ""]),
        (["--set", "a.b", "="], ["--set", "a.b="]),
        (["--set", "a.b", "=", "c"], ["--set", "a.b=c"]),
        (["--set", "=", "a.b", "=", "c"], ["--set=a.b=c"]),
        (["--set", "a.b=c", "d"], ["--set", "a.b=c", "d"]),
        (["--set", "a.b", "=", ""], ["--set", "a.b=", ""]),
        (["="], ["="]),
        ([], []),
    ],
)
def test_words_around_an_equals_sign_are_one(words: list[str], whole: list[str]) -> None:
    assert joined(words) == whole


@pytest.mark.parametrize(
    ("words", "at", "told"),
    [
        ("hersteld status --language = n", 4, ["plain,nl"]),
        ("hersteld status --language =", 3, ["plain,en", "plain,nl"]),
        ("hersteld status --language=n", 2, ["plain,--language=nl"]),  # where bash is told not to divide at "="
        ("hersteld status --set athlete.sex = f", 5, ["plain,female"]),
        ("hersteld status --set = athlete.sex = f", 6, ["plain,female"]),
        ("hersteld status --set = athlete.se", 4, ["plain,athlete.sex="]),
    ],
)
def test_bash_is_told_what_stands_in_place_of_its_own_word(
    words: str, at: int, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(at))
    program = light(stored()[0])
    assert completer("bash", program).complete().splitlines() == told


def test_every_change_of_a_script_finds_its_place() -> None:
    """A later click may have another script; completion then works as that of click does."""
    bash, zsh, fish = (completer(shell, light(stored()[0])).source() for shell in OF_SHELL)
    assert bash.startswith(BashComplete.source_template.split("\n")[0] % {"complete_func": "_hersteld_completion"})
    assert "compopt -o nospace" in bash
    assert zsh.count("compset -P '--*='") == 2
    assert "-S '' -a unfinished" in zsh
    assert "--max 1" in fish
    assert "--keep-order" in fish
    assert all(text.count(VARIABLE) == 1 and PROGRAM in text for text in (bash, zsh, fish))
    assert Zsh.source_template != ZshComplete.source_template
    assert Fish.source_template != FishComplete.source_template
    assert issubclass(Bash, BashComplete)


def test_there_is_no_other_shell() -> None:
    with pytest.raises(KeyError):
        completer("powershell", light(stored()[0]))
