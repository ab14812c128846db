"""What did the user decide, or what is wrong with it? One file and the command line in, Settings out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import SecretStr

from hersteld.config.file.day_times import parse_time, parse_week_time
from hersteld.config.file.known_keys import dotted, known_in, showable_part
from hersteld.config.file.models import AthleteTable, SettingsFile, parse_quiet_hours
from hersteld.config.file.own_texts import own_text_problems
from hersteld.config.file.ping import KEY as PING_URL
from hersteld.config.file.ping import read_health
from hersteld.config.file.tables.home_assistant import KEYS as BROKER_KEYS
from hersteld.config.file.tables.home_assistant import read_home_assistant
from hersteld.config.file.tables.plan import planned, read_calendar
from hersteld.config.file.targets import read_targets
from hersteld.config.file.validate import validate
from hersteld.config.file.written import written
from hersteld.config.languages import Language, as_language, language_of
from hersteld.config.places import expand, find_settings_file
from hersteld.config.problems import ConfigError, Problem, unreadable
from hersteld.config.rules import load_rules
from hersteld.config.settings import Notify, Settings, Target, Watch
from hersteld.config.showable import holds_address
from hersteld.config.texts.catalogue import load_texts
from hersteld.config.toml_text import NotToml, NotUsable, parse, read_text
from hersteld.parsers.line import Line
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.rules import Rules

OVERRIDE = "--set"
_NOT_HERE = Line("problems.secret_here")  # everybody on the machine can read a command line
_OF_ADDRESSES = re.compile(r"notify(?:\.(?:targets|urls_file|texts)\b.*)?|health\b.*|.*://.*")
_NO_OVERRIDES: Mapping[str, str] = MappingProxyType({})
_WRITTEN_IN = 2026


class SettingsError(ConfigError):
    """The settings cannot be used.

    Attributes:
        targets: Those that can be read nevertheless, so that mistakes in their addresses can be told at once, too.
    """

    def __init__(self, problems: Iterable[Problem], targets: tuple[Target, ...]) -> None:
        super().__init__(problems)
        self.targets = targets


def load_settings(
    path: Path | None,
    *,
    overrides: Mapping[str, str] = _NO_OVERRIDES,
    environ: Mapping[str, str],
    this_year: int | None = None,
) -> Settings:
    """Return the settings of a file, or of the first file found, or the defaults.

    Args:
        path: The file the user named, which must exist; None looks in $CONFIGURATION_DIRECTORY,
            $XDG_CONFIG_HOME/hersteld and ~/.config/hersteld.
        overrides: Dotted keys and values of the command line, "athlete.mass_kg": "72"; each wins over the file.
        environ: The environment, for the paths above, HOME, $CREDENTIALS_DIRECTORY and the locale.
        this_year: For the plausibility of the year of birth; None asks the clock.

    Raises:
        SettingsError: With every problem there is, but for addresses that Apprise cannot use.
        ConfigError: The file cannot be read at all.
    """
    source = (path.absolute() if path else None) or find_settings_file(environ)
    document = _read(source) if source else {}
    as_read = deepcopy(document)
    problems = list(_override(document, overrides))
    # A machine without a battery may not know the year yet; that makes no configuration wrong.
    model, mistakes = validate(document, this_year or max(_WRITTEN_IN, datetime.now(UTC).year))
    problems += mistakes
    notify = document.get("notify")
    notify = notify if isinstance(notify, dict) else {}
    targets, mistakes = read_targets(notify, source, environ)
    problems += mistakes
    health, mistakes = read_health(document.get("health"), source, environ)
    problems += mistakes
    home_assistant, mistakes = read_home_assistant(document.get("home_assistant"), source, environ)
    problems += mistakes
    folders = _folders(document.get("watch"), environ, problems)
    calendar, mistakes = read_calendar(document.get("plan"), environ)
    problems += mistakes
    language = as_language(notify.get("language")) or language_of(environ)
    texts = _texts(notify.get("texts"), language, problems)
    rules = _rules(document.get("rules"), problems)
    if problems or model is None or rules is None:
        raise SettingsError((_place(problem, source, overrides) for problem in problems), targets)
    addresses = [*targets]
    if home_assistant.broker is not None:
        addresses.append(Target("home_assistant", home_assistant.broker, home_assistant.file))
    return Settings(
        athlete=_athlete(model.athlete),
        watch=Watch(folders, model.watch.poll_every_s),
        notify=Notify(
            language=language,
            quiet_hours=parse_quiet_hours(model.notify.quiet_hours),
            style=model.notify.style,
            targets=targets,
            texts=MappingProxyType(texts),
            morning=parse_time(model.notify.morning),
            weekly=parse_week_time(model.notify.weekly),
            silence=model.notify.silence,
            picture=model.notify.picture,
        ),
        rules=rules,
        source=source,
        health=health,
        planned=planned(model.plan, calendar),
        home_assistant=home_assistant,
        written=SecretStr(written(as_read, _in_a_file_of_addresses(addresses, source, environ))),
    )


def _in_a_file_of_addresses(
    targets: Iterable[Target], source: Path | None, environ: Mapping[str, str]
) -> Iterator[Target]:
    """Yield the targets that stand neither in the configuration nor in a credential."""
    credentials = environ.get("CREDENTIALS_DIRECTORY")
    for target in targets:
        is_credential = credentials and Path(target.file).parent == Path(credentials)
        if not is_credential and target.file != str(source or ""):
            yield target


def _read(source: Path) -> dict[str, Any]:
    """Return what a TOML file says."""
    try:
        return parse(read_text(source))
    except FileNotFoundError:
        line = Line("problems.no_such_file")
    except OSError as error:
        line = unreadable(error)
    except NotToml as error:
        line = error.line
    raise ConfigError([Problem(str(source), "", None, line)])


def _override(document: dict[str, Any], overrides: Mapping[str, str]) -> Iterator[Problem]:
    """Put the values of the command line into a document."""
    for key, text in overrides.items():
        *tables, name = key.split(".")
        seen = showable_part(place := (*tables, name))
        try:
            value = _value(text)
        except NotUsable as error:
            yield Problem(OVERRIDE, dotted(seen), None, error.line)
            continue
        about_targets = key.startswith("notify.targets") or (key == "notify" and _changes_targets(document, value))
        about_pings = key.startswith(PING_URL) or (key == "health" and isinstance(value, dict) and "ping_url" in value)
        about_broker = _is_about_broker(key, value)
        is_misplaced = len(seen) < len(place) or _OF_ADDRESSES.fullmatch(key) is not None
        if about_broker:
            yield Problem(OVERRIDE, "home_assistant.broker", None, Line("problems.broker_here"))
            continue
        if about_targets or about_pings or (is_misplaced and holds_address([key, value])):
            yield Problem(OVERRIDE, PING_URL if about_pings else "notify.targets", None, _NOT_HERE)
            continue
        if len(seen) < len(place):
            yield Problem(OVERRIDE, dotted(seen), None, _no_such_key(seen))
            continue
        table: Any = document
        for part in tables:
            table = table.setdefault(part, {}) if isinstance(table, dict) else None
        if isinstance(table, dict):
            table[name] = value
        else:
            yield Problem(OVERRIDE, key, None, Line("problems.not_a_key"))


def _is_about_broker(key: str, value: object) -> bool:
    """Return whether this would say where the broker is."""
    if key == "home_assistant":
        return isinstance(value, dict) and not set(BROKER_KEYS).isdisjoint(value)
    return any(key == f"home_assistant.{one}" or key.startswith(f"home_assistant.{one}.") for one in BROKER_KEYS)


def _no_such_key(table: tuple[int | str, ...]) -> Line:
    """Return what is said of a key of the command line that is not shown."""
    known = known_in(table)
    if not known:
        return Line("problems.not_a_key")
    if table[:1] == ("rules",) or table == ("notify", "texts"):
        return Line("problems.no_such_key")
    return Line("problems.no_such_key_of", {"keys": ", ".join(known)})


def _changes_targets(document: Mapping[str, Any], value: object) -> bool:
    """Return whether this in place of the whole table [notify] would add, change or remove targets."""
    before = document.get("notify")
    targets = before.get("targets", []) if isinstance(before, dict) else []
    return isinstance(value, dict) and value.get("targets", []) != targets


def _value(text: str) -> Any:
    """Return a value of the command line: a TOML value, or the text itself where it is none."""
    try:
        parsed = parse(f"value = {text}")
    except NotUsable:
        raise
    except NotToml:
        return text
    return parsed["value"] if len(parsed) == 1 else text


def _athlete(table: AthleteTable) -> Athlete:
    return Athlete(
        experience=table.experience,
        experience_assumed="experience" not in table.model_fields_set,
        sex=table.sex,
        birth_year=table.birth_year,
        mass_kg=table.mass_kg,
        resting_hr_bpm=table.resting_hr,
        max_hr_bpm=table.max_hr,
        lthr_bpm=table.lthr,
        ftp_w=table.ftp_w,
        conditions=frozenset(table.conditions),
        food=frozenset(table.food),
    )


def _folders(watch: object, environ: Mapping[str, str], problems: list[Problem]) -> tuple[Path, ...]:
    """Return the watched folders, absolute, each once."""
    default = SettingsFile().watch.folders
    folders = watch.get("folders", default) if isinstance(watch, dict) else default
    expanded: dict[Path, None] = {}
    for number, folder in enumerate(folders if isinstance(folders, list) else (), 1):
        if not isinstance(folder, str):
            continue  # the models say so
        path = expand(folder, environ)
        if not path.is_absolute() or "://" in folder or "\0" in folder:
            problems.append(Problem("", f"watch.folders#{number}", None, Line("problems.must_be_folder")))
        expanded[path] = None
    return tuple(expanded)


def _texts(own: object, language: Language, problems: list[Problem]) -> dict[str, str]:
    """Return the user's own templates, checked against those of the language."""
    if not isinstance(own, dict) or not own:
        return {}
    problems += own_text_problems(own, load_texts(language))
    return {text_id: template for text_id, template in own.items() if isinstance(template, str)}


def _rules(own: object, problems: list[Problem]) -> Rules | None:
    """Return the rules; None with a problem."""
    try:
        return load_rules(own if isinstance(own, dict) else {})
    except ConfigError as error:
        problems += error.problems
    return None


def _place(problem: Problem, source: Path | None, overrides: Mapping[str, str]) -> Problem:
    """Return a problem with the place it comes from: its own, the command line, or the file."""
    if problem.file:
        return problem
    key = problem.key.partition("#")[0]
    if any(key == own or key.startswith(f"{own}.") or own.startswith(f"{key}.") for own in overrides):
        return replace(problem, file=OVERRIDE)
    return replace(problem, file=str(source) if source else "")
