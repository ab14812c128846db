"""The script says how to install it, in the user's language, and is a script all the same."""

import re
import subprocess

import pytest

from hersteld.config.languages import LANGUAGES, Language
from hersteld.daemon.cli.completion.script import script
from hersteld.daemon.cli.completion.shells import OF_SHELL
from tests.support.languages import speaking
from tests.support.machine.components import require


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shell", OF_SHELL)
def test_the_shell_reads_it(shell: str, language: Language) -> None:
    with speaking(language):
        text = script(shell)
    command = [str(require(shell)), "--no-execute" if shell == "fish" else "-n"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("shell", OF_SHELL)
def test_it_says_how_to_install_it_in_both_languages(shell: str) -> None:
    with speaking("en"):
        english = script(shell)
    with speaking("nl"):
        dutch = script(shell)
    assert "To have it in every new shell:" in english
    assert "Zo werkt ze in elke nieuwe shell:" in dutch
    assert f"hersteld completion {shell}" in english
    plain = [[line for line in text.splitlines() if not re.match(r"# \S", line)] for text in (english, dutch)]
    assert plain[0] == plain[1]


def test_zsh_finds_in_the_first_line_what_the_file_is_for() -> None:
    assert script("zsh").splitlines()[0] == "#compdef hersteld"
