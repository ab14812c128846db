"""Every reason for which a file is of no use has its words in Dutch."""

import ast
from pathlib import Path

import pytest

from hersteld.daemon.words.reasons import reason_in
from hersteld.parsers import errors
from hersteld.parsers.fit import _KINDS, read_fit

PROJECT = Path(__file__).parents[3]
KINDS = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, errors.ParseError)}


def sentences() -> set[str]:
    """Return what our code may say when it raises an error of the parsers, with a 7 for each part that differs."""
    found = set()
    for path in [*PROJECT.glob("parsers/**/*.py"), *PROJECT.glob("daemon/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.lstrip("_") in MADE_BY:
                found |= {text for argument in node.args[:1] if (text := _text(argument))}
    return found


MADE_BY = {*KINDS, "TooMuch"}


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in node.values)
    return None


def test_there_are_sentences_to_look_at() -> None:
    assert len(sentences()) > 15


@pytest.mark.parametrize("sentence", sorted(sentences()))
def test_a_reason_is_said_in_dutch(sentence: str) -> None:
    assert reason_in("nl", sentence) != sentence
    assert reason_in("en", sentence) == sentence


@pytest.mark.parametrize("kind", sorted({*_KINDS.values(), "a FIT file of type 8", "a FIT file of no known type"}))
def test_each_kind_of_file_is_named_in_dutch(kind: str) -> None:
    said = reason_in("nl", f"This is {kind}, not an activity.")
    assert said == f"Dit is {reason_in('nl', kind)}, geen opname van een training."
    assert kind not in said


@pytest.mark.parametrize(
    ("reason", "dutch"),
    [
        (
            "The file is damaged: it cannot be read beyond byte 751, and only 13 s of records are left.",
            "Het bestand is beschadigd: na byte 751 is het niet te lezen, en er is maar 13 s aan metingen over.",
        ),
        (
            "The file cannot be read: permission denied.",
            "Het bestand kan niet worden gelezen: geen toegang.",
        ),
        (
            "Our reader fails at this file, and the second one cannot be started: permission denied.",
            "Onze lezer kan niets met dit bestand, en de tweede kan niet worden gestart: geen toegang.",
        ),
    ],
)
def test_a_reason_within_a_reason_is_said_in_dutch_too(reason: str, dutch: str) -> None:
    assert reason_in("nl", reason) == dutch


FOREIGN = {
    "a GPX file": b'<?xml version="1.0"?>\n<gpx version="1.1">',
    "a TCX file": b'\xef\xbb\xbf<?xml version="1.0"?>\n   <TrainingCenterDatabase>',
    "a KML file": b"<kml>",
    "a PDF document": b"%PDF-1.7 and so on",
    "a picture": b"\xff\xd8\xff\xe0 and so on",
    "a database": b"SQLite format 3\0",
    "a web page": b"<!DOCTYPE html><html><title>Log in",
    "a text file": "Wat ik vandaag at: één appel.".encode(),
    "a gzip file": b"\x1f\x8b\x08" + bytes(20),
    "a zip archive": b"PK\x03\x04" + bytes(20),
    "not a FIT file": bytes(range(128, 228)),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_no_fit_file_is_called_by_its_name(kind: str) -> None:
    with pytest.raises(errors.NotFit) as raised:
        read_fit(FOREIGN[kind])
    said = str(raised.value)
    assert kind in said
    dutch = reason_in("nl", said)
    assert dutch.startswith("Dit is")
    assert kind not in dutch
