"""What may stand in hersteld.toml? One model per table; the descriptions are what an editor shows.

The models check each key by itself. What needs two keys, a clock or the file system is checked in `load`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import time
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from hersteld.config.file.day_times import TIME_PATTERN, WEEK_TIME_PATTERN, parse_time, parse_week_time
from hersteld.config.settings import HARD_WORDS, TRAINING_CATEGORIES, TRAINING_WORDS, Language, Style
from hersteld.recovery.athlete.profile import Condition, Experience, Food, Sex
from hersteld.recovery.messages.quiet_hours import QuietHours

_QUIET_HOURS = re.compile(r"(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)")

NAME_PATTERN = r"^[^\s/:=\x00-\x1f\x7f]+$"
"""Of the name of a target."""
LONGEST_NAME = 40
REPLY_PATTERN = r"^https?://[A-Za-z0-9._\[\]:-]+(/[\x21-\x2e\x30-\x3e\x40-\x7e]+)*/[-_A-Za-z0-9]{1,64}$"
"""Of a topic of ntfy as a web address: no login, no question mark, and a topic at its end."""

CalendarWord = Annotated[str, Field(min_length=1, max_length=60)]


def parse_quiet_hours(text: str) -> QuietHours | None:
    """Return the quiet hours a text like "22:00-07:00" means; None for "".

    Raises:
        ValueError: It is no such text.
    """
    if not text.strip():
        return None
    if match := _QUIET_HOURS.fullmatch(text.strip()):
        from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
        if from_hour < 24 and to_hour < 24 and from_minute < 60 and to_minute < 60:
            start, end = time(from_hour, from_minute), time(to_hour, to_minute)
            if start != end:
                return QuietHours(start, end)
    raise ValueError("no quiet hours")


_OR_FALSE: dict[str, Any] = {"type": ["string", "boolean"], "not": {"const": True}}
"""For the schema: what is turned off by false, and never on by true."""
_PARSERS: Mapping[str, Callable[[str], object]] = {
    "quiet_hours": parse_quiet_hours,
    "morning": parse_time,
    "weekly": parse_week_time,
}


class Table(BaseModel):
    """A table of hersteld.toml: no unknown keys, no values of another type, no infinities."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, protected_namespaces=())


class AthleteTable(Table):
    """Who trains. Everything is optional: what is not told comes from the file, your history, or a cautious guess."""

    experience: Experience = Field(
        default="beginner", description="How long you have trained; beginners get more rest."
    )
    sex: Sex | None = Field(default=None, description="For the heart rate load; without it, the mean of both formulas.")
    birth_year: int | None = Field(default=None, ge=1900, description="Four digits; for your maximal heart rate.")
    mass_kg: float | None = Field(default=None, ge=20, le=300, description="Body mass in kilograms.")
    resting_hr: float | None = Field(default=None, ge=25, le=120, description="Resting heart rate in beats per minute.")
    max_hr: float | None = Field(default=None, ge=100, le=230, description="Maximal heart rate in beats per minute.")
    lthr: float | None = Field(
        default=None, ge=60, le=220, description="Heart rate at lactate threshold, beats per minute."
    )
    ftp_w: float | None = Field(default=None, ge=30, le=700, description="Functional threshold power in watts.")
    conditions: list[Condition] = Field(
        default=[], description="What advice must take care of; it removes or softens advice."
    )
    food: list[Food] = Field(default=[], description="What you do not eat or drink.")


class WatchTable(Table):
    """Where the watch's files arrive."""

    folders: list[str] = Field(
        default=["~/Workouts"],
        min_length=1,
        description="Folders to watch, with their sub-folders; absolute or from ~/.",
    )
    poll_every_s: float = Field(
        default=60,
        ge=5,
        le=600,
        description="How often the folders are looked at, in seconds, in any case.",
    )


class TargetTable(Table):
    """One receiver of messages."""

    name: str = Field(
        max_length=LONGEST_NAME, pattern=NAME_PATTERN, description="What you call it: phone, desktop; no spaces."
    )
    url: str = Field(
        pattern=r"^[A-Za-z][A-Za-z0-9+.-]*://[^\x00-\x1f\x7f]*$",
        description="An Apprise address. Secret: the file must then be readable by you alone (chmod 600).",
    )
    reply: str | None = Field(
        default=None,
        pattern=REPLY_PATTERN,
        description="A second topic of ntfy, as a web address, to which the buttons of messages send your answer; it "
        "is not the topic of url. Secret, like url.",
    )
    reply_token: str | None = Field(
        default=None,
        pattern=r"^[\x21-\x7e]+$",
        max_length=1000,
        description="The access token of ntfy with which hersteld reads the topic of reply. Secret; it stands in no "
        "button.",
    )
    picture: bool | None = Field(
        default=None,
        description="Whether it gets pictures; without it, as notify.picture says, and none on a public server.",
    )


class NotifyTable(Table):
    """How you are told."""

    language: Language | None = Field(
        default=None, description="Language of the messages; without it, that of the system."
    )
    quiet_hours: str = Field(
        default="22:00-07:00",
        description='Local time in which nothing is sent; "" or false for none.',
        json_schema_extra={**_OR_FALSE, "pattern": rf"^$|^{_QUIET_HOURS.pattern}$"},
    )
    style: Style = Field(
        default="brief", description="brief: what is needed. coach: also each portion, stretch and meal."
    )
    morning: str = Field(
        default="",
        description='When a word on training hard today comes, "07:00", outside the quiet hours; "" or false for none.',
        json_schema_extra={**_OR_FALSE, "pattern": TIME_PATTERN},
    )
    weekly: str = Field(
        default="sunday 19:00",
        description='When a word on your week comes, outside the quiet hours; "" or false for none.',
        json_schema_extra={**_OR_FALSE, "pattern": WEEK_TIME_PATTERN},
    )
    silence: bool = Field(
        default=True, description="Whether you are asked, once, if all is well when no workout comes for long."
    )
    picture: bool = Field(
        default=True,
        description="Whether the first message of a workout carries a picture of it, where the receiver takes one.",
    )
    targets: list[TargetTable] = Field(default=[], description="Who gets the messages; none: this desktop and the log.")
    urls_file: str | None = Field(
        default=None,
        min_length=1,
        description="A file with one address per line, as name=address; readable by you alone.",
    )
    texts: dict[str, str] = Field(default={}, description="Your own words, by text id.")

    @field_validator("quiet_hours", "morning", "weekly", mode="before")
    @classmethod
    def _is_a_time_or_none(cls, value: object, info: ValidationInfo) -> object:
        if value is False:
            return ""
        _PARSERS[info.field_name or ""](value if isinstance(value, str) else "?")
        return value


class HealthTable(Table):
    """Who is told that the service is well: a dead man's switch, which raises the alarm when the pings stay away."""

    ping_url: str | None = Field(
        default=None,
        description="An address that is called while all is well, and with /fail behind it otherwise. Secret: the file "
        "must then be readable by you alone (chmod 600).",
        json_schema_extra={"pattern": "^https?://"},
    )
    ping_every_s: float = Field(
        default=300,
        ge=60,
        le=86400,
        description="The time between two pings, in seconds.",
    )


class PlanTable(Table):
    """The training that you plan in a calendar."""

    calendar: str | None = Field(
        default=None,
        min_length=1,
        description="An iCalendar file (.ics) or a folder of them; absolute or from ~/.",
    )
    training_words: list[CalendarWord] = Field(
        default=[*TRAINING_WORDS],
        max_length=200,
        description="Words of a title by which an event is training; * stands for any letters, alone for any title, "
        "and with a - before it a word says that an event is none.",
    )
    training_categories: list[CalendarWord] = Field(
        default=[*TRAINING_CATEGORIES],
        max_length=200,
        description="Categories by which an event is training, whatever its title.",
    )
    hard_words: list[CalendarWord] = Field(
        default=[*HARD_WORDS],
        max_length=200,
        description="Words of a title by which an event is hard training; * and - as in training_words. "
        "hard, zwaar and zware only count beside a word of training.",
    )
    attendee: str | None = Field(
        default=None,
        max_length=200,
        description="Your mail address in invitations, so that those you decline are left out.",
    )
    recovery: bool = Field(
        default=False,
        description="Whether your own recovery is written as a calendar, recovery.ics beside the database.",
    )


class HomeAssistantTable(Table):
    """Home Assistant, which shows your recovery; an MQTT broker stands between."""

    broker: str | None = Field(
        default=None,
        description="The address of the broker, mqtts://user:password@host. Secret: with a password in it, the file "
        "must be readable by you alone (chmod 600).",
        json_schema_extra={"pattern": "^mqtts?://"},
    )
    broker_file: str | None = Field(
        default=None, description="A file with that address and nothing else; readable by you alone."
    )
    ca_file: str | None = Field(
        default=None,
        min_length=1,
        description="Certificates (PEM) of who may vouch for the broker; without it, those of the system.",
    )
    discovery_prefix: str = Field(
        default="homeassistant", description="The discovery prefix of Home Assistant's MQTT integration."
    )
    node_id: str = Field(
        default="hersteld",
        description="Tells athletes on one broker apart: letters, digits, _ and -.",
        json_schema_extra={"pattern": "^[A-Za-z0-9_-]{1,64}$"},
    )
    name: str | None = Field(default=None, description="What the device is called; without it, as node_id says.")


class SettingsFile(Table):
    """The configuration of hersteld (hersteld.toml)."""

    athlete: AthleteTable = AthleteTable()
    watch: WatchTable = WatchTable()
    notify: NotifyTable = NotifyTable()
    health: HealthTable = HealthTable()
    plan: PlanTable = PlanTable()
    home_assistant: HomeAssistantTable = HomeAssistantTable()
    rules: dict[str, Any] = Field(
        default={}, description="Numbers of the rules in your own measure, each within its range."
    )
