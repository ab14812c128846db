"""A shell asks what may be typed next: what is it told?

Whoever presses Tab wants a word, and has no use for an error: what cannot be known is left out in silence.
"""

import os
import sys
from collections.abc import Mapping

from hersteld.config.languages import language_before_settings
from hersteld.config.texts.speech import speak_when_needed


def reply(asked: str, environment: Mapping[str, str]) -> int:
    """Print what a shell asked for; return the exit code of this process, 1 where nothing could be told.

    Args:
        asked: "bash_complete" for what may be typed, "bash_source" for the script; likewise zsh and fish.
        environment: COMP_WORDS and COMP_CWORD say what is typed already.
    """
    try:
        answer = _answer(asked, environment)
    except (Exception, KeyboardInterrupt):  # noqa: BLE001 - as said above
        return 1
    if answer is None or sys.stdout is None:
        return 1
    try:
        sys.stdout.buffer.write(f"{answer}\n".encode(errors="surrogateescape"))
        sys.stdout.buffer.flush()
    except OSError:
        _leave_stdout()
        return 1
    return 0


def _answer(asked: str, environment: Mapping[str, str]) -> str | None:
    """Return what is to be printed, or None for what no script of ours asks."""
    from hersteld.daemon.cli.completion.light_commands import light  # noqa: PLC0415 - an error there is no traceback
    from hersteld.daemon.cli.completion.script import script  # noqa: PLC0415 - as above
    from hersteld.daemon.cli.completion.shells import OF_SHELL, completer  # noqa: PLC0415 - as above
    from hersteld.daemon.cli.outline.commands import stored  # noqa: PLC0415 - as above

    shell, _, wanted = asked.partition("_")
    if shell not in OF_SHELL:
        return None
    words = environment.get("COMP_WORDS", "").split()
    speak_when_needed(lambda: language_before_settings(words, environment))
    if wanted == "source":
        return script(shell)
    if wanted == "complete":
        return completer(shell, light(stored()[0])).complete()
    return None


def _leave_stdout() -> None:
    """Let what was not written go nowhere: Python flushes it once more at its end, which must not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
