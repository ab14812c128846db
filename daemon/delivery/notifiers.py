"""How does a message reach a person, and what is known when it did not?

A `Notifier` sends one message to one named target and returns what became of it. It never raises, and it never tries
twice, which is left to the outbox. Its result holds nothing of the address of the target.
"""

import logging
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TextIO

from pydantic import SecretStr

from hersteld.config.problems import ConfigError, Problem
from hersteld.config.settings import Target
from hersteld.daemon.delivery.apprise_service import fault_of_address, put, service_of
from hersteld.daemon.delivery.call_process import CallProcess
from hersteld.daemon.delivery.message import ANSWER_TIMEOUT_S, Message, SendResult
from hersteld.daemon.delivery.pictures.apart import drawn_apart
from hersteld.daemon.delivery.pictures.ways import Way, way_of
from hersteld.daemon.delivery.turns import MOST_CALLS
from hersteld.daemon.system.logs import LineFormatter, Redactor, disarmed, quieten_libraries, writes_to_journal
from hersteld.parsers.line import Line

if TYPE_CHECKING:  # Apprise is slow to import, and needed by `run` and `notify-test` alone
    from apprise import Apprise

__all__ = ["AppriseNotifier", "LogNotifier", "Message", "Notifier", "SendResult", "Several", "notifier_for"]

LOG_TARGET = "log"
ADDRESS_PROBLEMS = (
    "problems.address_mqtt",
    "problems.address_unusable",
    "problems.address_port",
    "problems.address_nobody",
)
"""The ids of what may be wrong with an address."""


class Notifier(Protocol):
    """Sends messages to targets known by name. One call is one attempt."""

    def targets(self) -> tuple[str, ...]:
        """Return the names of the targets, in the order of the configuration."""
        ...

    def send(self, target: str, message: Message) -> SendResult:
        """Send a message to one target; never raises, and returns within two minutes, mostly far sooner."""
        ...

    def picture_way(self, target: str) -> Way:
        """Return how a picture gets to a target, where one does."""
        ...

    def start_early(self) -> None:
        """Prepare for messages that are probably to come, within seconds; never raises."""
        ...


class LogNotifier:
    """Writes each message into the log: the target called "log".

    Args:
        environment: Tells whether the log is the journal.
        stream: Where to; stderr by default.
    """

    def __init__(self, environment: Mapping[str, str], stream: TextIO | None = None) -> None:
        stream = stream or sys.stderr
        self._log = _RaisingHandler(stream)
        self._log.setFormatter(LineFormatter(Redactor(), journal=writes_to_journal(stream, environment)))

    def targets(self) -> tuple[str, ...]:
        """Return ("log",)."""
        return (LOG_TARGET,)

    def send(self, target: str, message: Message) -> SendResult:
        """Write title and body in one piece, with the lines of the body indented."""
        if target != LOG_TARGET:
            return _no_such(target)
        text = "\n".join((disarmed(message.title), *message.body.splitlines()))
        try:
            self._log.handle(logging.makeLogRecord({"msg": text, "levelno": logging.INFO}))
        except (OSError, ValueError):  # closed, or a pipe without a reader
            return SendResult(ok=False, reason=Line("delivery.log_not_written"))
        return SendResult(ok=True)

    def picture_way(self, target: str) -> Way:  # noqa: ARG002 - no log shows one
        """Return that a log takes no picture."""
        return Way.NONE

    def start_early(self) -> None:
        """Do nothing: the log is always ready."""


class _RaisingHandler(logging.StreamHandler[TextIO]):
    """Raises an error when it cannot write, where others print it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Raise what went wrong."""
        del record
        raise  # noqa: PLE0704 - it is called while an error is handled


class AppriseNotifier:
    """Sends through Apprise, to each target by an Apprise object and a process of its own.

    Args:
        targets: Names and addresses; names are unique.
        picture: Whether pictures are sent to the targets that do not say themselves whether they get any.

    Raises:
        ConfigError: Addresses that Apprise cannot use: one problem each, naming the target only.
    """

    def __init__(self, targets: Iterable[Target], *, picture: bool = True) -> None:
        quieten_libraries()  # before Apprise is imported, since it logs while it loads
        self._services: dict[str, Apprise] = {}
        self._calls: dict[str, CallProcess] = {}
        self._ways: dict[str, Way] = {}
        problems = []
        for target in targets:
            url = target.url.get_secret_value()
            service = service_of(url)
            fault = _unusable(url) if service is None else fault_of_address(service)
            if fault is not None:
                problems.append(Problem(target.file, "notify.targets", None, _line(fault, target.name)))
            elif service is not None:
                self._services[target.name] = service
                way = self._ways[target.name] = way_of(service[0], wanted=target.picture, otherwise=picture)
                # A bubble is no call to a server, and its plugin remembers which earlier one it replaces.
                if not url.startswith("desktop:"):
                    self._calls[target.name] = CallProcess(url, draws=way is not Way.NONE)
        if problems:
            raise ConfigError(problems)

    def targets(self) -> tuple[str, ...]:
        """Return the names of the targets, in the order given."""
        return tuple(self._services)

    def send(self, target: str, message: Message) -> SendResult:
        """Send a message to one target, shortened at a line end to what its service takes."""
        service = self._services.get(target)
        if service is None:
            return _no_such(target)
        process = self._calls.get(target)
        if process is not None:
            return process.call(message)
        pixels = None if message.picture is None else drawn_apart(message.picture)
        return put(service, message, timeout_s=2 * ANSWER_TIMEOUT_S, pixels=pixels)

    def picture_way(self, target: str) -> Way:
        """Return how a picture gets to a target, by its service and the configuration."""
        return self._ways.get(target, Way.NONE)

    def start_early(self) -> None:
        """Start the processes of the first targets, as many as may run."""
        for process in list(self._calls.values())[:MOST_CALLS]:
            process.start_early()


class Several:
    """Several notifiers as one. The name of a target decides which of them sends."""

    def __init__(self, notifiers: Sequence[Notifier]) -> None:
        self._by_target = {name: notifier for notifier in notifiers for name in notifier.targets()}

    def targets(self) -> tuple[str, ...]:
        """Return the names of all targets."""
        return tuple(self._by_target)

    def send(self, target: str, message: Message) -> SendResult:
        """Send a message by the notifier that has the target."""
        notifier = self._by_target.get(target)
        return notifier.send(target, message) if notifier else _no_such(target)

    def picture_way(self, target: str) -> Way:
        """Return how a picture gets to a target, by the notifier that has it."""
        notifier = self._by_target.get(target)
        return notifier.picture_way(target) if notifier else Way.NONE

    def start_early(self) -> None:
        """Let each of them prepare."""
        for notifier in dict.fromkeys(self._by_target.values()):
            notifier.start_early()


def notifier_for(
    targets: Sequence[Target], environment: Mapping[str, str], stream: TextIO | None = None, *, picture: bool = True
) -> Notifier:
    """Return the notifier for the configured targets, or without any, for this desktop if there is one and the log.

    Args:
        targets: From the configuration.
        environment: Tells where the session bus is, and whether the log is the journal.
        stream: Where the log target writes; stderr by default.
        picture: Whether pictures are sent to the targets that do not say themselves whether they get any.

    Raises:
        ConfigError: An address that cannot be used.
    """
    if targets:
        return AppriseNotifier(targets, picture=picture)
    from hersteld.daemon.delivery.desktop_bus.session_bus import session_bus_answers  # noqa: PLC0415 - D-Bus is not for everybody

    console = LogNotifier(environment, stream)
    if not session_bus_answers(environment):
        return console
    desktop = AppriseNotifier([Target("desktop", SecretStr("desktop://"))], picture=picture)
    return Several([desktop, console])


def address_problems(targets: Sequence[Target]) -> tuple[Problem, ...]:
    """Return what is wrong with the addresses of targets, for whom has other mistakes to tell already."""
    try:
        AppriseNotifier(targets)
    except ConfigError as error:
        return error.problems
    return ()


def _unusable(url: str) -> str:
    """Return the id of why Apprise takes no such address."""
    is_mqtt = url.strip().lower().startswith(("mqtt:", "mqtts:"))
    return "problems.address_mqtt" if is_mqtt else "problems.address_unusable"


def _line(fault: str, name: str) -> Line:
    """Return why an address cannot be used, without a word of it."""
    values = {"name": name, "page": "https://appriseit.com/services/", "command": "pip install '.[mqtt]'"}
    return Line(fault, values)


def _no_such(target: str) -> SendResult:
    return SendResult(ok=False, reason=Line("delivery.no_such_target", {"name": disarmed(target)}))
