"""`hersteld notify-test`: does a message reach every target?"""

import os
import sys
import threading
from dataclasses import replace
from pathlib import Path

import click

from hersteld.config.settings import Target
from hersteld.config.texts import speech
from hersteld.config.texts.catalogue import Texts, load_texts
from hersteld.daemon.card.raster import fault
from hersteld.daemon.cli.options import in_language, json_option, language_option, read_settings, settings_options
from hersteld.daemon.cli.printing.terminal import print_json, say
from hersteld.daemon.delivery.desktop_bus.presses import PRESSES
from hersteld.daemon.delivery.failure_reasons import UNANSWERED_IDS
from hersteld.daemon.delivery.notifiers import Message, Notifier, SendResult, notifier_for
from hersteld.daemon.delivery.pictures.refusals import PictureRefusals
from hersteld.daemon.delivery.pictures.ways import Way
from hersteld.daemon.health.ping import ping
from hersteld.daemon.picture.sample import sample
from hersteld.daemon.replies.trial import Trial, tokens_at
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.logs import keep_secret, secrets_of
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.check_watched import is_started_otherwise
from hersteld.daemon.views.reason_json import reason_json
from hersteld.parsers.line import Line

PRESS_WITHIN_S = 30


@click.command("notify-test")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@json_option
@language_option
@settings_options
def notify_test(
    targets: tuple[str, ...],
    language: str | None,
    config_file: Path | None,
    assignments: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Send one test message to each target, with buttons where it can carry them."""
    settings = in_language(read_settings(config_file, assignments), language)
    notifier = notifier_for(settings.notify.targets, os.environ, picture=settings.notify.picture)
    known = notifier.targets()
    for target in targets:
        if target not in known:
            raise click.BadParameter(speech.say("help.no_target", target=target, targets=", ".join(known)))
    texts, clock, database = (
        load_texts(settings.notify.language, settings.notify.texts),
        SystemClock(),
        database_path(os.environ),
    )
    trial = Trial(settings.notify.targets, texts, tokens_at(database), clock.now(), clock.zone())
    all_arrived = True
    for target in targets or known:
        message = trial.with_buttons(target, _message(texts))
        result, has_picture = _sent(notifier, target, message)
        all_arrived = all_arrived and result.ok
        if has_picture:
            PictureRefusals(database).lift(target)
        if as_json:
            print_json({"target": target, "ok": result.ok, **reason_json(result.reason), "picture": has_picture})
        else:
            _print_result(target, result)
            if result.ok:
                _print_buttons(target, message, is_keyless=trial.has_topic(target) and not message.actions)
    if settings.health.ping_url and not targets:
        reason = ping(settings.health.ping_url.get_secret_value(), None)
        all_arrived = all_arrived and reason is None
        if as_json:
            print_json({"ping": True, "ok": reason is None, **reason_json(reason)})
        else:
            _print_ping(reason)
    if not as_json and is_started_otherwise(settings, database):
        say(speech.say("run.not_the_service"), fg="yellow")
    if not all_arrived:
        raise click.exceptions.Exit(1)


def try_target(target: Target) -> bool:
    """Send a test message to a receiver that is not configured yet; print what came of it, and return whether it is ok.

    Raises:
        ConfigError: The address cannot be used.
    """
    for secret in target.secrets:
        keep_secret(secrets_of(secret.get_secret_value()))
    message = _message(load_texts(speech.spoken_language()))
    result, _ = _sent(notifier_for((target,), os.environ), target.name, message)
    _print_result(target.name, result)
    return result.ok


def _message(texts: Texts) -> Message:
    zone = SystemClock().zone()
    title, body = (texts.sentence(Line(text), zone) for text in ("title_test", "test"))
    return Message(title, body, "test", picture=sample(title, body))


def _sent(notifier: Notifier, target: str, message: Message) -> tuple[SendResult, bool | None]:
    """Send a message, with its picture where the target takes one.

    Returns:
        What became of it, and whether it went with its picture; None where none was to go.
    """
    plain, way = replace(message, picture=None), notifier.picture_way(target)
    if way is Way.NONE:
        return notifier.send(target, plain), None
    if fault() is not None:  # which `check` explains
        return notifier.send(target, plain), False
    if way is Way.WITH_WORDS:
        result = notifier.send(target, message)
        return result, result.ok and result.picture_refused is None
    result = notifier.send(target, plain)
    if not result.ok:
        return result, False
    after = notifier.send(target, replace(message, body=""))
    return replace(result, picture_refused=None if after.ok else after.reason), after.ok


def _print_buttons(target: str, message: Message, *, is_keyless: bool) -> None:
    """Say how the athlete sees that a tap is heard; on a terminal, wait for that of a bubble.

    Only the process that showed a bubble hears of a press on it.
    """
    if message.actions:
        say(speech.say("run.test_tap", target=target))
    elif is_keyless:
        say(speech.say("run.test_no_key", target=target), fg="yellow")
    elif message.choices and sys.stdout.isatty():
        pressed = threading.Event()
        PRESSES.wake = pressed.set
        say(speech.say("run.test_press", target=target, seconds=PRESS_WITHIN_S))
        if PRESSES.first() is not None or pressed.wait(PRESS_WITHIN_S):
            say(speech.say("run.test_pressed", target=target), fg="green")
        else:
            say(speech.say("run.test_not_pressed", target=target), fg="yellow")


def _print_ping(reason: Line | None) -> None:
    if reason is None:
        say(speech.say("run.ping_sent"), fg="green")
    else:
        say(speech.say("run.ping_failed", reason=speech.said(reason)), fg="red")


def _print_result(target: str, result: SendResult) -> None:
    if result.ok:
        say(speech.say("run.test_sent", target=target), fg="green")
        if result.picture_refused is not None:
            reason = speech.said(result.picture_refused)
            say(speech.say("run.test_without_picture", target=target, reason=reason), fg="yellow")
        return
    reason = speech.said(result.reason) if result.reason else ""
    if not result.may_have_arrived:
        say(speech.say("run.test_failed", target=target, reason=reason), fg="red")
    elif result.reason is None or result.reason.id in UNANSWERED_IDS:
        say(speech.say("run.test_unanswered", target=target), fg="yellow")
    else:
        say(speech.say("run.test_not_known", target=target, reason=reason), fg="yellow")
