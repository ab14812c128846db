"""How does a message reach a person, and what do we know when it did not?

A `Notifier` sends one message to one named target and says in plain words what became of it. It never raises, it never
tries twice (that is the outbox's part), and what it says holds nothing of the target's address.
"""

import logging
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TextIO

from pydantic import SecretStr

from hersteld.config.problems import ConfigError, Problem
from hersteld.config.settings import Target
from hersteld.daemon.logs import LineFormatter, Redactor, disarmed, quieten_libraries, writes_to_journal
from hersteld.daemon.reasons import reason_of

if TYPE_CHECKING:  # Apprise is slow to import, and needed by `run` and `notify-test` alone
    from apprise import Apprise
    from apprise.plugins.base import NotifyBase

log = logging.getLogger(__name__)

CALL_TIMEOUT_S = 30.0
_SOCKET_TIMEOUT_S = 10.0
LOG_TARGET = "log"


@dataclass(frozen=True, slots=True)
class Message:
    """What a person reads.

    Attributes:
        title: One line.
        body: Lines, the most important first.
        tag: What it is about, "workout-17": on a desktop it replaces the earlier message with the same tag.
    """

    title: str
    body: str
    tag: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message.

    Attributes:
        ok: Whether the receiver accepted it.
        reason: When not: why, in plain words and without secrets, "the server answered 401 (not allowed)".
    """

    ok: bool
    reason: str | None = None


class Notifier(Protocol):
    """Sends messages to targets known by name. One call, one try."""

    def targets(self) -> tuple[str, ...]:
        """Return the names of the targets, in the order of the configuration."""
        ...

    def send(self, target: str, message: Message) -> Delivery:
        """Send a message to one target; never raises, and returns within about half a minute."""
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

    def send(self, target: str, message: Message) -> Delivery:
        """Write title and body at once, the lines of the body set in."""
        if target != LOG_TARGET:
            return _no_such(target)
        said = "\n".join((disarmed(message.title), *message.body.splitlines()))
        try:
            self._log.handle(logging.makeLogRecord({"msg": said, "levelno": logging.INFO}))
        except (OSError, ValueError):  # closed, or a pipe without a reader
            return Delivery(ok=False, reason="the log cannot be written")
        return Delivery(ok=True)


class _RaisingHandler(logging.StreamHandler[TextIO]):
    """Lets its caller know when it cannot write."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Raise what went wrong."""
        del record
        raise  # noqa: PLE0704 - it is called while an error is handled


class AppriseNotifier:
    """Sends through Apprise, to each target by an Apprise object of its own.

    Args:
        targets: Names and addresses; names are unique.

    Raises:
        ConfigError: Addresses that Apprise cannot use: one problem each, naming the target only.
    """

    def __init__(self, targets: Iterable[Target]) -> None:
        quieten_libraries()  # before Apprise is imported: it talks while it loads
        self._services: dict[str, Apprise] = {}
        problems = []
        for target in targets:
            service = _service(target.url.get_secret_value())
            if service is None:
                sentence = (
                    f'the address of "{target.name}" is none that Apprise can use; compare it with the form for its '
                    "service on https://appriseit.com/services/, and see there whether the service needs a package of "
                    "its own (MQTT needs paho-mqtt)"
                )
                problems.append(Problem(target.file, "notify.targets", None, sentence))
            else:
                self._services[target.name] = service
        if problems:
            raise ConfigError(problems)

    def targets(self) -> tuple[str, ...]:
        """Return the names of the targets, in the order given."""
        return tuple(self._services)

    def send(self, target: str, message: Message) -> Delivery:
        """Send a message to one target, shortened at a line end to what its service takes."""
        from hersteld.daemon.desktop import BUBBLE_TAG  # noqa: PLC0415 - imports Apprise

        service = self._services.get(target)
        if service is None:
            return _no_such(target)
        title, body = fitted(message.title, message.body, service[0])
        tag = BUBBLE_TAG.set(message.tag)
        try:
            result = service.notify(
                body=body, title=title, body_format="text", timeout=CALL_TIMEOUT_S, log_level=logging.DEBUG
            )
        except Exception:  # noqa: BLE001 - a plugin may raise anything, and its words may hold the address
            return Delivery(ok=False, reason="its plugin failed unexpectedly")
        finally:
            BUBBLE_TAG.reset(tag)
        if result:
            return Delivery(ok=True)
        said = [entry.message for one in result.results for entry in one.logs()]
        return Delivery(ok=False, reason=reason_of(result.status.name, said, CALL_TIMEOUT_S))


class Several:
    """Several notifiers as one; the name of a target decides."""

    def __init__(self, notifiers: Sequence[Notifier]) -> None:
        self._by_target = {name: notifier for notifier in notifiers for name in notifier.targets()}

    def targets(self) -> tuple[str, ...]:
        """Return the names of all targets."""
        return tuple(self._by_target)

    def send(self, target: str, message: Message) -> Delivery:
        """Send a message by the notifier that has the target."""
        notifier = self._by_target.get(target)
        return notifier.send(target, message) if notifier else _no_such(target)


def notifier_for(targets: Sequence[Target], environment: Mapping[str, str], stream: TextIO | None = None) -> Notifier:
    """Return the notifier for the configured targets, or without any, for this desktop if there is one and the log.

    Args:
        targets: From the configuration.
        environment: Tells where the session bus is, and whether the log is the journal.
        stream: Where the log target writes; stderr by default.

    Raises:
        ConfigError: An address that cannot be used.
    """
    if targets:
        return AppriseNotifier(targets)
    from hersteld.daemon.session_bus import session_bus_answers  # noqa: PLC0415 - D-Bus is not for everybody

    console = LogNotifier(environment, stream)
    if not session_bus_answers(environment):
        return console
    return Several([AppriseNotifier([Target("desktop", SecretStr("desktop://"))]), console])


def fitted(title: str, body: str, plugin: "NotifyBase") -> tuple[str, str]:
    """Return title and body shortened to what a plugin's service takes, so that Apprise neither cuts nor splits."""
    if plugin.title_maxlen > 0:
        return shortened(title, plugin.title_maxlen), shortened(body, plugin.body_maxlen, plugin.body_max_line_count)
    # Such a service has no title: Apprise puts ours on a line of its own before the body, with "\r\n" between.
    title = shortened(title, plugin.body_maxlen // 2)
    return title, shortened(body, plugin.body_maxlen - len(title) - 2, max(0, plugin.body_max_line_count - 1))


def shortened(text: str, limit: int, most_lines: int = 0) -> str:
    """Return as many whole lines as fit; of a first line that does not, as many whole words.

    Args:
        text: Any text.
        limit: Characters, 1 or more.
        most_lines: 0 is any number.
    """
    lines = text.split("\n")
    if most_lines:
        lines = lines[:most_lines]
    while len(lines) > 1 and len("\n".join(lines)) > limit:
        lines.pop()
    kept = "\n".join(lines).rstrip()
    if len(kept) <= limit:
        return kept
    cut = kept[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:") + "…"


def _service(url: str) -> "Apprise | None":
    """Return an Apprise object with the one service of an address, or None when it is none."""
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415 - slow

    from hersteld.daemon.apprise_plugins import make_known  # noqa: PLC0415 - imports Apprise

    # No picture from the web: a phone that fetched it would tell a stranger when its owner trains.
    asset = AppriseAsset(app_id="hersteld", app_desc="hersteld", app_url="", image_url_mask="", image_url_logo="")
    make_known(url.partition("://")[0].strip().lower())
    try:
        plugin = Apprise.instantiate(url, asset=asset)
    except Exception:  # noqa: BLE001 - a plugin may raise anything, and its words may hold the address
        plugin = None
    if plugin is None or not plugin.enabled:
        return None
    # The outbox retries, and "optional" would call a failure a success.
    plugin.retry, plugin.optional = 0, False
    # Apprise would sleep up to 5.5 s between two messages, with ours in its hands: a daemon that was stopped meanwhile
    # could not note that it was sent, and would send it again. We send a few a day; one too many is refused and waits.
    plugin.request_rate_per_sec = 0
    plugin.socket_connect_timeout = min(plugin.socket_connect_timeout, _SOCKET_TIMEOUT_S)
    plugin.socket_read_timeout = min(plugin.socket_read_timeout, _SOCKET_TIMEOUT_S)
    service = Apprise(asset=asset)
    service.add(plugin)
    return service


def _no_such(target: str) -> Delivery:
    return Delivery(ok=False, reason=f'there is no target called "{disarmed(target)}" any more')
