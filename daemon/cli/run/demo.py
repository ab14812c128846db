"""`hersteld demo`: how would a week with hersteld be?"""

import os
from datetime import timedelta

import click

from hersteld.config.languages import as_language, language_of
from hersteld.config.texts.speech import speak
from hersteld.daemon.cli.options import json_option, language_option
from hersteld.daemon.cli.printing.terminal import print_json, say
from hersteld.daemon.demo.play import FileArrived, MessageSent, demo_settings, play
from hersteld.daemon.system.clock import BUILT_AT, SystemClock
from hersteld.daemon.views.json_values import json_value
from hersteld.daemon.words.voice import Voice


@click.command()
@language_option
@json_option
def demo(language: str | None, *, as_json: bool) -> None:
    """Play a simulated training week through the real pipeline."""
    clock = SystemClock()
    zone = clock.zone()
    settings = demo_settings(as_language(language) or language_of(os.environ))
    speak(settings.notify.language, zone)
    voice = Voice(settings.notify, zone)
    # The last week that is over, its Sunday's recovery included; but nothing is sent before the day of the build.
    today = max(clock.now(), BUILT_AT + timedelta(days=28)).astimezone(zone).date()
    monday = today - timedelta(days=today.weekday() + 14)
    if not as_json:
        say(voice.say("demo_begin", date=monday.isoformat(), zone=str(zone)))
    workouts = messages = 0
    for event in play(settings, monday, zone):
        workouts += isinstance(event, FileArrived)
        messages += isinstance(event, MessageSent)
        if as_json:
            print_json(_event_json(event))
        else:
            _print_event(event, voice)
    if not as_json:
        say()
        say(voice.say("demo_end", workouts=workouts, messages=messages))


def _event_json(event: FileArrived | MessageSent) -> object:
    if isinstance(event, FileArrived):
        return json_value({"event": "file", "at": event.at, "name": event.name})
    message = {"title": event.message.title, "body": event.message.body}
    return json_value({"event": "message", "at": event.at, **message})


def _print_event(event: FileArrived | MessageSent, voice: Voice) -> None:
    when = voice.say("when", at=event.at)
    if isinstance(event, FileArrived):
        say()
        say(f"{when}  {voice.say('demo_arrives', file=event.name)}", dim=True)
        return
    say()
    say(f"{when}  {event.message.title}", fg="green", bold=True)
    for line in event.message.body.splitlines():
        say(f"{'':{len(when)}}  {line}")
