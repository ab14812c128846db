"""How are the signs of overload printed?"""

from collections.abc import Sequence
from typing import Any

from hersteld.daemon.cli.printing.reason_table import reason_rows
from hersteld.daemon.cli.printing.terminal import print_table, say
from hersteld.daemon.planning.overload import SignalsOfDay
from hersteld.daemon.views.json_values import json_value
from hersteld.daemon.words.voice import Voice
from hersteld.recovery.key_rules import OverloadRules
from hersteld.recovery.overload.signal import Signal
from hersteld.recovery.overload.signals import agreeing


def overload_json(of_day: SignalsOfDay, rules: OverloadRules) -> Any:
    """Return all signals of a day as JSON knows them; docs/commands.md holds the contract."""
    return json_value({"day": of_day.day, "agree": bool(agreeing(of_day.signals, rules)), "signals": of_day.signals})


def print_signals(signals: Sequence[Signal], rules: OverloadRules, voice: Voice) -> None:
    """Print every signal with its numbers, their kinds and sources, and whether enough of them agree."""
    for signal in signals:
        if signal.is_over is None:
            say(f"  {voice.word('overload_sign', signal.id)}: {voice.say('overload_untold')}")
            continue
        verdict = voice.say("overload_over" if signal.is_over else "overload_within")
        say(f"  {voice.line(signal.line)}: {verdict}", fg="yellow" if signal.is_over else None)
        print_table(reason_rows(signal.reasons, voice), indent=4)
    if any(signal.is_over is not None for signal in signals):
        say("  " + voice.say("overload_agree" if agreeing(signals, rules) else "overload_disagree"))


def print_over(signals: Sequence[Signal], rules: OverloadRules, voice: Voice) -> None:
    """Print the signals that are over their limits, or that none is; nothing where none can be told."""
    if all(signal.is_over is None for signal in signals):
        return
    over = [signal for signal in signals if signal.is_over]
    if not over:
        say(voice.say("overload_none"))
        return
    say(voice.say("overload_some_agree" if agreeing(signals, rules) else "overload_some"))
    for signal in over:
        say(f"  {voice.line(signal.line)}")
