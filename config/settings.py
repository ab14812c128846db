"""What did the user decide? Frozen and complete: everything not said has its default here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Literal

from pydantic import SecretStr

from hersteld.config.languages import LANGUAGES, Language, language_of
from hersteld.recovery.athlete.profile import Athlete
from hersteld.recovery.messages.quiet_hours import QuietHours
from hersteld.recovery.rules import Rules

__all__ = [
    "LANGUAGES",
    "Health",
    "HomeAssistant",
    "Language",
    "Notify",
    "Planned",
    "Settings",
    "Style",
    "Target",
    "Watch",
    "language_of",
]

Style = Literal["brief", "coach"]

TRAINING_WORDS = (
    *("*training", "trainingen", "workout", "run", "runs", "running", "jog", "jogging", "parkrun"),
    *(
        "hardlopen",
        "hardloop*",
        "lopen",
        "joggen",
        "duurloop",
        "herstelloop",
        "trailrun",
        "brick",
        "rondje",
        "track",
        "hills",
        "hill session*",
        "hill run*",
    ),
    *("ride", "bike", "biking", "cycle", "cycling", "mountain bike", "mountain biking", "mountainbike*", "mtb"),
    *(
        "spinning*",
        "spinles",
        "fietsen",
        "fietstocht",
        "fietsrit",
        "duurrit",
        "wielrennen",
        "swim",
        "swimming",
        "zwemmen",
        "zwemles",
    ),
    *("rowing", "roeien", "skating", "schaatsen", "gym", "fitness", "crossfit", "strength"),
    *("* km", "*km", "* miles", "5k", "10k", "15k"),
    *("-run errands", "-errand*", "-running late", "-run out", "-running out", "-run by", "-run through"),
    *("-run-through", "-dry run", "-test run", "-trial run", "-school run", "-running costs", "-run for office"),
    *("-excel", "-word training", "-powerpoint", "-sales", "-compliance", "-onboarding", "-safety", "-leadership"),
    *(
        "-media training",
        "-mediatraining",
        "-first aid",
        "-ehbo*",
        "-bhv*",
        "-software",
        "-puppy*",
        "-dog training",
        "-hondentraining",
    ),
    *("-*schoenen", "-shoes", "-buy", "-kopen", "-repair", "-bike shop", "-apk", "-garage", "-taxi", "-uber"),
    *("-billing cycle", "-release cycle", "-track package", "-track parcel", "-on track", "-keep track"),
    *("-rest day", "-rustdag", "-no training", "-geen training"),
)
TRAINING_CATEGORIES = ("training", "workout")
HARD_WORDS = (
    *("race", "wedstrijd", "*interval", "*intervals", "intervallen", "*intervaltraining", "intervalloop"),
    *("tempo", "tempo's", "tempoloop", "tempotraining", "tempoduurloop", "temporun", "threshold", "drempel"),
    *("drempeltraining", "drempelloop", "vo2max", "sprint", "sprints", "sprintjes", "sprinttraining", "repeats"),
    *("hill repeat", "hill reps", "hill sprint", "fartlek", "tijdrit", "time trial", "parkrun", "toertocht"),
    *("*marathon", "*triathlon", "hard", "zwaar", "zware"),
    *("-race report", "-raceverslag", "-f1", "-formula", "-formule", "-grand prix", "-kijken", "-watch party"),
    *("-sprint planning", "-sprint review", "-sprint retro*", "-sprint demo", "-tempo team", "-tempo-team"),
    *("-filmmarathon", "-film marathon", "-movie marathon", "-vergadermarathon"),
)
"""What a title says in either language, as people write their calendars in both."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Where the files of the watch arrive.

    Attributes:
        folders: Absolute; they need not exist yet.
        poll_every_s: How often the folders are looked at, in any case.
    """

    folders: tuple[Path, ...]
    poll_every_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Target:
    """One receiver of messages. The name may be shown, logged and stored; the addresses and the token never.

    Attributes:
        file: Where it was read, for what is said about it; "" when it is nobody's but ours.
        reply: The topic of ntfy to which the buttons of messages send an answer; None where it has no buttons.
        reply_token: With which we read that topic; None where anybody may.
        picture: Whether it gets pictures; None where that is not said of this target.
    """

    name: str
    url: SecretStr
    file: str = field(default="", compare=False)
    reply: SecretStr | None = None
    reply_token: SecretStr | None = None
    picture: bool | None = None

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """All of it that nobody may see."""
        return tuple(secret for secret in (self.url, self.reply, self.reply_token) if secret is not None)


@dataclass(frozen=True, slots=True)
class WeekTime:
    """A local time of one day of the week; Monday is 0."""

    weekday: int
    at: time


SUNDAY_EVENING = WeekTime(6, time(19))


@dataclass(frozen=True, slots=True)
class Notify:
    """How the user wants to be told.

    Attributes:
        quiet_hours: Local time in which nothing is sent, or None.
        style: "brief" sends what is needed; "coach" adds every portion, the end of stretching and the meal.
        targets: In the order of the configuration; names are unique.
        texts: Templates of the user's own, by text id, in place of those of the language.
        morning: Local time of the morning word, or None.
        weekly: When the weekly word comes, or None.
        silence: Whether to ask after a long silence if the files still arrive.
        picture: Whether first messages carry a picture, to each target of which nothing else is said.
    """

    language: Language
    quiet_hours: QuietHours | None
    style: Style
    targets: tuple[Target, ...]
    texts: Mapping[str, str]
    morning: time | None = None
    weekly: WeekTime | None = SUNDAY_EVENING
    silence: bool = True
    picture: bool = True


@dataclass(frozen=True, slots=True)
class Health:
    """Who is told that the service is well, so that its silence is noticed.

    Attributes:
        ping_url: A web address, as secret as that of a target; None for nobody.
        ping_every_s: The time between two pings while all is well.
    """

    ping_url: SecretStr | None = None
    ping_every_s: float = 300.0


@dataclass(frozen=True, slots=True)
class Planned:
    """Where the training stands that the user plans, and how it is told from all else in a calendar.

    Attributes:
        calendar: An iCalendar file, or a folder of them, absolute; None where none is read.
        training_words: Words of a title by which an event is training; a `*` stands for any letters. With one that has
            a `-` before it no event is training, whatever other words it has.
        training_categories: Categories by which an event is training, whatever its title.
        hard_words: Words of a title by which a training is hard, and by which an event is training; likewise.
        attendee: The user's mail address in invitations; None where a single attendee is the user.
        recovery: Whether the user's own recovery is written as a calendar, beside the database.
    """

    calendar: Path | None = None
    training_words: tuple[str, ...] = TRAINING_WORDS
    training_categories: tuple[str, ...] = TRAINING_CATEGORIES
    hard_words: tuple[str, ...] = HARD_WORDS
    attendee: str | None = None
    recovery: bool = False


@dataclass(frozen=True, slots=True)
class HomeAssistant:
    """Who shows the athlete's recovery at home.

    Attributes:
        broker: The address of an MQTT broker, mqtt:// or mqtts://, with user and password if it asks for them; None
            where nobody is told.
        ca_file: Certificates of who may vouch for the broker, absolute; None for those of this machine.
        discovery_prefix: The beginning of the topics in which Home Assistant looks for devices.
        node_id: Tells the devices of several athletes apart: letters, digits, "_" and "-".
        name: What the device is called.
        file: Where the address was read; "" when it is nobody's but ours.
    """

    broker: SecretStr | None = None
    ca_file: Path | None = None
    discovery_prefix: str = "homeassistant"
    node_id: str = "hersteld"
    name: str = "hersteld"
    file: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the user configured.

    Attributes:
        source: The file it was read from, None when there was none.
        written: What stands in the files of the configuration; "" where it comes of none.
    """

    athlete: Athlete
    watch: Watch
    notify: Notify
    rules: Rules
    source: Path | None
    health: Health = field(default=Health())
    planned: Planned = field(default=Planned())
    home_assistant: HomeAssistant = field(default=HomeAssistant())
    written: SecretStr = field(default=SecretStr(""), compare=False)
