"""How does hersteld become a service of the user, by systemd?

The unit is the one of the README; only the program and the configuration that it names are those of this machine.
Nothing here asks, and nothing is done but what a function is named after.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from hersteld.config.places import candidates, home
from hersteld.daemon.setup.machine.own_program import NAME
from hersteld.daemon.setup.machine.saving import save
from hersteld.daemon.system.errors import reason_of
from hersteld.parsers.line import Line

UNIT = f"{NAME}.service"
_USUAL = "ExecStart=%h/.local/bin/hersteld run"
_PATIENCE_S = 60.0
_OPEN = 0o644


@dataclass(frozen=True, slots=True)
class UserUnit:
    """The unit of a user.

    Attributes:
        path: Where it is, or will be.
        before: What stands there; None for nothing.
        text: What is to stand there.
    """

    path: Path
    before: str | None
    text: str

    @property
    def is_there(self) -> bool:
        """Whether it stands there as it is to."""
        return self.before == self.text

    def write(self) -> None:
        """Put it into its place.

        Raises:
            NotSaved: It could not be written.
        """
        save(self.path, self.before, self.text, mode=_OPEN)


def user_unit(program: Path, configuration: Path, environ: Mapping[str, str]) -> UserUnit:
    """Return the unit for this user.

    Args:
        program: The hersteld that is to run.
        configuration: The file that it is to read.
        environ: HOME, XDG_CONFIG_HOME and XDG_STATE_HOME are looked at. A service does not inherit what a shell sets,
            so it is told of a state folder that is another one.
    """
    own = Path(environ.get("XDG_CONFIG_HOME", ""))
    path = (own if own.is_absolute() else home(environ) / ".config") / "systemd" / "user" / UNIT
    text = files("hersteld.daemon.setup.machine").joinpath(UNIT).read_text(encoding="utf-8")
    usual = home(environ) / ".local" / "bin" / NAME
    is_usual = os.path.realpath(usual) == os.path.realpath(program)
    words = ["%h/.local/bin/hersteld" if is_usual else _quoted(str(program)), "run"]
    if configuration not in candidates({"HOME": environ.get("HOME", "")}):
        words += ["--config", _quoted(str(configuration)).replace("$", "$$")]  # only in arguments is it a variable
    lines = [f"ExecStart={' '.join(words)}"]
    state = environ.get("XDG_STATE_HOME", "")
    if state.startswith("/") and Path(state) != home(environ) / ".local" / "state":
        lines.append(f"Environment={_quoted(f'XDG_STATE_HOME={state}')}")
    text = text.replace(_USUAL, "\n".join(lines))
    try:
        before = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        before = None
    return UserUnit(path, before, text)


def has_systemd(environ: Mapping[str, str]) -> bool:
    """Return whether systemd can be spoken to at all."""
    return shutil.which("systemctl", path=environ.get("PATH", "")) is not None


def has_user_bus(environ: Mapping[str, str]) -> bool:
    """Return whether the service manager of the user answers."""
    return _run(["systemctl", "--user", "show-environment"], environ) is None


def is_active(environ: Mapping[str, str]) -> bool:
    """Return whether the service runs, started by systemd."""
    return _run(["systemctl", "--user", "is-active", UNIT], environ) is None


def enable(environ: Mapping[str, str]) -> Line | None:
    """Let systemd start the unit now and with each login; return why it does not, None where it does.

    One that runs already is started anew, so that its unit and its configuration are those that were written.
    """
    for words in (["daemon-reload"], ["enable", UNIT], ["restart", UNIT]):
        if (reason := _run(["systemctl", "--user", *words], environ)) is not None:
            return reason
    return None


def lingers(environ: Mapping[str, str]) -> bool:
    """Return whether services of the user go on while nobody is logged in."""
    command = ["loginctl", "show-user", str(os.getuid()), "--property=Linger", "--value"]
    done = _done(command, environ)
    return isinstance(done, subprocess.CompletedProcess) and done.returncode == 0 and done.stdout.strip() == "yes"


def _run(command: Sequence[str], environ: Mapping[str, str]) -> Line | None:
    """Run a command; return why it failed, or None."""
    done = _done(command, environ)
    if isinstance(done, Line):
        return done
    if done.returncode == 0:
        return None
    said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    return Line("system.quoted", {"words": said[0] if said else " ".join(command)})


def _done(command: Sequence[str], environ: Mapping[str, str]) -> "subprocess.CompletedProcess[str] | Line":
    program = shutil.which(command[0], path=environ.get("PATH", ""))
    if program is None:
        return Line("system.os_error", {"reason": "ENOENT"})
    try:
        return subprocess.run(  # noqa: S603 - words of ours alone
            [program, *command[1:]],
            env={**environ, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Line("system.os_error", {"reason": "ETIMEDOUT"})
    except OSError as error:
        return reason_of(error)


def _quoted(word: str) -> str:
    """Return a word as systemd reads it back, whatever it is made of."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return escaped if escaped.isascii() and not set(escaped) & set(" '\"\\;\t") else f'"{escaped}"'
