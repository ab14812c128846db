"""`hersteld demo`: how would a week with hersteld be, or a fortnight of too much training?"""

import os
from datetime import timedelta

import click

from hersteld.config.languages import as_language, language_of
from hersteld.config.texts.speech import speak
from hersteld.daemon.cli.options import json_option, language_option
from hersteld.daemon.cli.printing.terminal import print_json, say
from hersteld.daemon.demo import stories
from hersteld.daemon.demo.play import FileArrived, HistoryArrived, MessageSent, demo_settings, play
from hersteld.daemon.system.clock import BUILT_AT, SystemClock
from hersteld.daemon.views.json_values import json_value
from hersteld.daemon.words.voice import Voice


@click.command()
@language_option
@click.option("--overreached", is_flag=True)
@json_option
def demo(language: str | None, *, overreached: bool, as_json: bool) -> None:
    """Play simulated weeks of training through the real pipeline."""
    clock = SystemClock()
    zone = clock.zone()
    settings = demo_settings(as_language(language) or language_of(os.environ))
    speak(settings.notify.language, zone)
    voice = Voice(settings.notify, zone)
    # The last weeks that are over, the recovery of the last Sunday included; but nothing before the day of the build.
    today = max(clock.now(), BUILT_AT + timedelta(days=28)).astimezone(zone).date()
    monday = today - timedelta(days=today.weekday() + (21 if overreached else 14))
    if not as_json:
        begin = "demo_begin_overreached" if overreached else "demo_begin"
        say(voice.say(begin, date=monday.isoformat(), zone=str(zone)))
    story = stories.overreached(monday, zone) if overreached else stories.week(monday, zone)
    workouts = messages = 0
    for event in play(settings, story, monday, zone):
        workouts += isinstance(event, FileArrived) and event.kind == "workout"
        messages += isinstance(event, MessageSent)
        if as_json:
            print_json(_event_json(event))
        else:
            _print_event(event, voice)
    if not as_json:
        say()
        say(voice.say("demo_end", workouts=workouts, messages=messages))


def _event_json(event: HistoryArrived | FileArrived | MessageSent) -> object:
    if isinstance(event, HistoryArrived):
        return json_value({"event": "history", "at": event.at, "files": event.files})
    if isinstance(event, FileArrived):
        return json_value({"event": "file", "at": event.at, "name": event.name, "kind": event.kind})
    message = {"title": event.message.title, "body": event.message.body}
    return json_value({"event": "message", "at": event.at, **message})


def _print_event(event: HistoryArrived | FileArrived | MessageSent, voice: Voice) -> None:
    when = voice.say("when", at=event.at)
    say()
    if isinstance(event, HistoryArrived):
        say(f"{when}  {voice.say('demo_before', files=event.files)}", dim=True)
        return
    if isinstance(event, FileArrived):
        say(f"{when}  {voice.say('demo_arrives', file=event.name)}", dim=True)
        return
    say(f"{when}  {event.message.title}", fg="green", bold=True)
    for line in event.message.body.splitlines():
        say(f"{'':{len(when)}}  {line}")
