"""`hersteld completion` prints a script and nothing else."""

from pathlib import Path

import pytest

from hersteld.daemon.cli.completion.values import SHELLS
from tests.support.command_line import call


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_goes_to_stdout_alone(shell: str, tmp_path: Path) -> None:
    done = call("completion", shell, home=tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "_HERSTELD_COMPLETE" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_its_comment_is_in_the_language_of_the_user(tmp_path: Path) -> None:
    assert (
        "# Aanvulling van hersteld in bash"
        in call("completion", "bash", home=tmp_path, extra={"LC_ALL": "nl_NL.UTF-8"}).stdout
    )


@pytest.mark.parametrize(("words", "said"), [([], "Missing argument 'SHELL'."), (["tcsh"], "'tcsh' is not one of")])
def test_another_shell_is_refused(words: list[str], said: str, tmp_path: Path) -> None:
    done = call("completion", *words, home=tmp_path)
    assert done.exit_code == 2
    assert said in done.stderr
