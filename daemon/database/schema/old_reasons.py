"""Which text is a reason that was stored as an English sentence?

For one migration only: what stands here is how releases before it wrote, and is never changed. `{name}` in a sentence
is a value, `{name:#}` one that is a number, and `{name:word}` or `{name:line}` one with a table of its own below.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

_SENTENCES = {
    "This is not a FIT file.": "files.not_fit",
    "This is {kind:word}, not a FIT file.": "files.foreign",
    "This is {kind:word}, not a FIT file; hersteld reads FIT only: choose the original file when you export.": (
        "files.foreign_track"
    ),
    "There is no FIT file inside.": "files.none_inside",
    "This is {kind:word}, not an activity.": "files.not_an_activity",
    "This is a FIT file of type {name}, not an activity.": "files.not_an_activity_of_type",
    "This is a FIT file of no known type, not an activity.": "files.not_an_activity_of_no_type",
    "The file does not say what it is, and holds no activity.": "files.of_no_kind",
    "The file breaks off within its header.": "files.broken_off_in_header",
    "The file is empty.": "files.empty",
    "The file has only {got:#} bytes so far, less than a FIT header.": "files.less_than_header",
    "The recording was never closed, or is still going on: {got:#} bytes so far.": "files.never_closed",
    "The file is not complete yet: {got:#} of {expected:#} bytes.": "files.incomplete",
    "The file is not complete yet: from byte {offset:#} on there are only zeros.": "files.only_zeros",
    "The file is damaged, and nothing in it is readable.": "files.damaged_all",
    "The file is damaged: {where:line}, and only {span_s:#} s of records are left.": "files.damaged_but",
    "{name} is an archive that breaks off.": "files.archive_broken_off",
    "{name} is a broken gzip file.": "files.broken_gzip",
    "{name} is a broken zip archive.": "files.broken_zip",
    "{name} is locked with a password; unpack it first.": "files.locked",
    "{name} is packed in a way that hersteld does not open; unpack it first.": "files.packed_oddly",
    "{name} is larger than the {size_mib:#} MiB a FIT file may have.": "files.larger_than_fit",
    "{name} holds more than the {count:#} files that are allowed.": "files.too_many_entries",
    "{name} unpacks to more than is allowed: {each_mib:#} MiB per file, {all_mib:#} MiB in all.": (
        "files.unpacks_to_more"
    ),
    "Our reader fails at this file, and the second one found nothing within {seconds:#} s.": (
        "files.second_reader_late"
    ),
    "Our reader fails at this file, and the second one cannot be started: {why:line}.": (
        "files.second_reader_not_started"
    ),
    "Neither our reader nor the second one can make anything of this file.": "files.neither_reader",
    "the same workout as another file, which holds as much or more": "files.duplicate_of_another",
    "the same workout as {path}, which holds as much or more": "files.duplicate",
    "the same workout as {path}, which holds more": "files.replaced",
    "the server answered {code:#} ({words:word})": "delivery.server_answered",
    "the mail server answered {code:#} ({words:word})": "delivery.mail_server_answered",
    "no answer within {seconds:#} seconds": "delivery.no_answer_within",
    "the server answered more than can be read": "delivery.answer_too_long",
    "the server refused the connection": "delivery.refused_connection",
    "the server's name could not be looked up; is there a network?": "delivery.name_unknown",
    "the server could not be reached; is there a network?": "delivery.unreachable",
    "no secure connection to the server; is its certificate valid?": "delivery.not_secure",
    "the server broke the connection off": "delivery.broken_off",
    "the server did not answer in time": "delivery.answered_late",
    "the broker did not take the message; are user, password and topic right?": "delivery.broker_refused",
    "the server takes no password on this connection": "delivery.takes_no_password",
    "no connection to the server": "delivery.no_connection",
    "the service did not accept the message": "delivery.not_accepted",
    "desktop: no answer": "delivery.desktop_no_answer",
    "desktop: the session bus cannot be reached": "delivery.desktop_no_bus",
    "desktop: the notification was refused": "delivery.desktop_refused",
    "desktop: nothing in this session shows notifications": "delivery.desktop_nobody_shows",
    "the call broke off": "delivery.call_broke_off",
    "its plugin failed unexpectedly": "delivery.plugin_failed",
    "the notifier failed unexpectedly": "delivery.notifier_failed",
    "the log cannot be written": "delivery.log_not_written",
    'there is no target called "{name}" any more': "delivery.no_such_target",
    "hersteld was stopped while sending it": "delivery.stopped_while_sending",
    "it did not say why": "delivery.without_reason",
    "its time had passed": "delivery.time_passed",
    "the workout is known better now": "delivery.workout_known_better",
    "a newer workout took its place": "delivery.newer_workout",
    "its target is not in the configuration any more": "delivery.target_gone",
    "an earlier message says it": "delivery.said_earlier",
}

_PARTS = {
    "its checksum is wrong": "files.wrong_checksum",
    "it cannot be read beyond byte {offset:#}": "files.unreadable_beyond",
    "{words}": "reasons.system",
}

_WORDS = {
    "a gzip file that is broken or within another archive": "gzip",
    "a zip archive that is broken or within another archive": "zip",
    "a PDF document": "pdf",
    "a picture": "picture",
    "a database": "database",
    "a text file": "text",
    "a web page": "web_page",
    "a GPX file": "gpx",
    "a TCX file": "tcx",
    "a KML file": "kml",
    "a description of the device": "device",
    "a file of settings": "settings",
    "a file of sport settings": "sport_settings",
    "a planned workout": "planned_workout",
    "a course to follow": "course",
    "a training schedule": "schedule",
    "a file of weigh-ins": "weight",
    "a file of totals": "totals",
    "a file of goals": "goals",
    "a file of blood pressures": "blood_pressure",
    "a file of daily monitoring": "monitoring",
    "a summary of an activity, without the activity": "activity_summary",
    "a segment": "segment",
    "a list of segments": "segment_list",
    "it names another address": "elsewhere",
    "it did not understand the message": "not_understood",
    "not allowed": "not_allowed",
    "no such address there": "no_such_address",
    "message too long": "too_long",
    "too many messages": "too_many",
    "a user and password are needed": "password_needed",
    "it does not know the recipient": "recipient_unknown",
    "it is in trouble itself": "in_trouble",
    "no reason given": "without_reason",
}

_PLACE = re.compile(r"\{(\w+)(?::(#|word|line))?\}")
_SHAPES = {"#": r"\d+(?:\.\d+)?", "word": "|".join(map(re.escape, _WORDS)), "line": ".+", None: ".+"}


def as_line(sentence: str, archives: Iterable[str] = ()) -> str:
    """Return a reason as JSON, `{"id": "files.empty", "values": {}}`, or as it is where no text says it.

    Args:
        archives: See `with_slash`.
    """
    found = _found(sentence, _SENTENCES)
    if found is None:
        return sentence
    if "path" in found["values"]:
        found["values"]["path"] = with_slash(found["values"]["path"], archives)
    return json.dumps(found, ensure_ascii=False)


def with_slash(path: str, archives: Iterable[str]) -> str:
    """Return the path of a file in an archive, "export.zip!/a.fit", as "export.zip/a.fit".

    The name of a folder may end with "!" as well, so what stands before it must be an archive.

    Args:
        archives: Paths that are files: those that end like an archive are known without.
    """
    for found in re.finditer("!/", path):
        outer = path[: found.start()]
        if outer.lower().endswith((".zip", ".gz")) or outer in archives:
            return f"{outer}/{path[found.end() :]}"
    return path


def _found(sentence: str, table: dict[str, str]) -> dict[str, Any] | None:
    if sentence in table:
        return {"id": table[sentence], "values": {}}
    for pattern, shapes, id_ in _patterns(tuple(table.items())):
        if match := pattern.fullmatch(sentence):
            return {"id": id_, "values": dict(_values(match, shapes))}
    return None


def _values(match: re.Match[str], shapes: dict[str, str]) -> Iterator[tuple[str, Any]]:
    for name, text in match.groupdict().items():
        if shapes[name] == "#":
            yield name, float(text) if "." in text else int(text)
        elif shapes[name] == "word":
            yield name, _WORDS[text]
        elif shapes[name] == "line":
            yield name, [_found(text, _PARTS)]
        else:
            yield name, text


@cache
def _patterns(table: tuple[tuple[str, str], ...]) -> list[tuple[re.Pattern[str], dict[str, str], str]]:
    """Return the sentences with values, with the shape of each value and the id."""
    patterns = []
    for sentence, id_ in table:
        places = list(_PLACE.finditer(sentence))
        if not places:
            continue
        literals = map(re.escape, _PLACE.sub("\0", sentence).split("\0"))
        groups = [f"(?P<{place[1]}>{_SHAPES[place[2]]})" for place in places]
        pattern = next(literals) + "".join(group + literal for group, literal in zip(groups, literals, strict=True))
        patterns.append((re.compile(pattern, re.DOTALL), {place[1]: place[2] or "" for place in places}, id_))
    return patterns
