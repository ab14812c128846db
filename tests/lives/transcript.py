"""How does a life read as a page? A line for each file that came in, and each message as the phone shows it."""

from collections.abc import Iterable, Iterator

from tests.lives.life import ZONE, Life
from tests.lives.play import Happened

_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
}


def transcript(life: Life, language: str, happened: Iterable[Happened]) -> str:
    """Return the page of a life, in Markdown.

    Args:
        language: "en" or "nl": of the names of the days; the messages have theirs already.
    """
    return "\n".join(_lines(life, language, happened)) + "\n"


def _lines(life: Life, language: str, happened: Iterable[Happened]) -> Iterator[str]:
    yield f"# {life.name.capitalize()} ({language})"
    yield ""
    yield life.about
    yield ""
    yield f"Settings: {', '.join(f'`{key} = {value}`' for key, value in life.settings.items())}."
    yield "Made by `make lives`; do not edit."
    day = None
    for event in happened:
        local = event.at.astimezone(ZONE)
        if local.date() != day:
            day = local.date()
            yield ""
            yield f"## {_DAYS[language][day.weekday()]} {day.isoformat()}"
        yield ""
        if event.what == "message":
            yield f"> {local:%H:%M} **{event.title}**  "
            yield from (f"> {line}  " for line in event.body.splitlines())
        elif event.what == "file":
            yield f"{local:%H:%M} `{event.title}`"
        elif event.what == "command":
            yield f"{local:%H:%M} command: `{event.title}`"
        else:
            yield f"{local:%H:%M} settings: `{event.title}`"
