"""What is in force? The settings as a hersteld.toml one could have written, with every address masked."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from hersteld.config.file.day_times import WEEKDAYS
from hersteld.config.rules import rule_table
from hersteld.config.settings import Settings, Target
from hersteld.config.texts.speech import say, spoken_source
from hersteld.parsers.line import Line
from hersteld.recovery.numbers import Number, Numbers

MASK = "***"

Shown = dict[str, Any]


def settings_shown(settings: Settings, *, all_rules: bool = False) -> Shown:
    """Return the settings with the keys of hersteld.toml; of a target only its name.

    Args:
        all_rules: Also the rules the user left as they are.
    """
    athlete, notify, planned, home = settings.athlete, settings.notify, settings.planned, settings.home_assistant
    quiet = notify.quiet_hours
    told = {
        "experience": athlete.experience,
        "sex": athlete.sex,
        "birth_year": athlete.birth_year,
        "mass_kg": athlete.mass_kg,
        "resting_hr": athlete.resting_hr_bpm,
        "max_hr": athlete.max_hr_bpm,
        "lthr": athlete.lthr_bpm,
        "ftp_w": athlete.ftp_w,
        "conditions": sorted(athlete.conditions),
        "food": sorted(athlete.food),
    }
    return {
        "athlete": {key: value for key, value in told.items() if value is not None},
        "watch": {
            "folders": [str(folder) for folder in settings.watch.folders],
            "poll_every_s": settings.watch.poll_every_s,
        },
        "notify": {
            "language": notify.language,
            "quiet_hours": f"{quiet.start:%H:%M}-{quiet.end:%H:%M}" if quiet else "",
            "style": notify.style,
            "morning": f"{notify.morning:%H:%M}" if notify.morning else "",
            "weekly": f"{WEEKDAYS[notify.weekly.weekday]} {notify.weekly.at:%H:%M}" if notify.weekly else "",
            "silence": notify.silence,
            "picture": notify.picture,
            "targets": [_target_shown(target) for target in notify.targets],
            "texts": dict(notify.texts),
        },
        "health": {
            **({"ping_url": MASK} if settings.health.ping_url else {}),
            "ping_every_s": settings.health.ping_every_s,
        },
        "plan": {
            **({"calendar": str(planned.calendar)} if planned.calendar else {}),
            "training_words": list(planned.training_words),
            "training_categories": list(planned.training_categories),
            "hard_words": list(planned.hard_words),
            **({"attendee": planned.attendee} if planned.attendee else {}),
            "recovery": planned.recovery,
        },
        "home_assistant": {
            **({"broker": MASK} if home.broker else {}),
            **({"ca_file": str(home.ca_file)} if home.ca_file else {}),
            "discovery_prefix": home.discovery_prefix,
            "node_id": home.node_id,
            "name": home.name,
        },
        "rules": dict(_rules_shown(settings, all_rules=all_rules)),
    }


def _target_shown(target: Target) -> Shown:
    return {
        "name": target.name,
        "url": MASK,
        **({"reply": MASK} if target.reply else {}),
        **({"reply_token": MASK} if target.reply_token else {}),
        **({} if target.picture is None else {"picture": target.picture}),
    }


def settings_toml(settings: Settings, *, all_rules: bool = False) -> str:
    """Return the settings as TOML, each rule with its unit, range, kind and source; see `settings_shown`.

    The comments are in the language of this process.
    """
    source = str(settings.source) if settings.source else say("numbers.no_file")
    lines = [f"# {source}"]
    for name, table in settings_shown(settings, all_rules=all_rules).items():
        if name != "rules":
            lines += _table_toml(name, table)
            continue
        for section, numbers in table.items():
            lines += ["", f"[rules.{section}]"]
            standing = rule_table()[section]
            lines += [f"{key} = {_toml(value)}  # {_standing(standing[key])}" for key, value in numbers.items()]
    return "\n".join(lines) + "\n"


def _rules_shown(settings: Settings, *, all_rules: bool) -> Iterator[tuple[str, Shown]]:
    """Yield the sections of the rules that have something to show."""
    for section in fields(settings.rules):
        numbers = getattr(settings.rules, section.name)
        shown: Shown = {}
        for field in fields(numbers):
            number: Number | Numbers = getattr(numbers, field.name)
            if all_rules or number.kind == "input":
                shown[field.name] = float(number) if isinstance(number, Number) else list(number)
        if shown:
            yield section.name, shown


def _standing(entry: Mapping[str, Any]) -> str:
    """Return a rule's range, kind and source."""
    span = {"low": f"{entry['min']:g}", "high": f"{entry['max']:g}", "unit": entry["unit"]}
    source = spoken_source(entry["source"])
    standing = say("numbers.standing", range=(Line("numbers.range", span),), kind=entry["kind"], source=source)
    return standing.replace("\n", " ")


def _table_toml(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a table: its keys, then its tables, then its lists of tables."""
    yield ""
    yield f"[{name}]"
    inner = {key: value for key, value in table.items() if isinstance(value, dict)}
    tables = {key: value for key, value in table.items() if _is_tables(value)}
    for key, value in table.items():
        if key not in inner and key not in tables:
            yield f"{_key(key)} = {_toml(value)}"
    for key, value in inner.items():
        if value:
            yield from _table_toml(f"{name}.{_key(key)}", value)
    for key, values in tables.items():
        for value in values:
            yield ""
            yield f"[[{name}.{_key(key)}]]"
            yield from (f"{_key(own)} = {_toml(one)}" for own, one in value.items())


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").replace("-", "").isalnum() else _toml(key)


def _toml(value: object) -> str:
    """Return one value as TOML."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    # A JSON string is a TOML string, but for one control character that JSON lets stand.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
