"""What older releases stored as a sentence is named by a text of today, or kept word for word."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC
from pathlib import Path

import pytest

from hersteld.config.settings import LANGUAGES
from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.line_column import line_of
from hersteld.daemon.database.schema.old_reasons import _SENTENCES, _WORDS, as_line, with_slash
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.store.files import file_known, files_seen
from hersteld.parsers.line import Line

SCHEMAS = Path(__file__).with_name("frozen")
SAMPLES = {"#": "4711", "word": "a picture", "line": "its checksum is wrong"}
OTHER_WORDS = {"a file of weigh-ins": "a file of a scale"}
"""What is said in other words today."""
STORED = [
    re.sub(r"\{\w+(?::(#|word|line))?\}", lambda place: SAMPLES.get(place[1], "/in/a box.zip"), sentence)
    for sentence in _SENTENCES
]


def read(sentence: str) -> Line:
    line = line_of(as_line(sentence))
    assert line is not None
    return line


@pytest.mark.parametrize("sentence", STORED)
def test_a_stored_sentence_is_said_in_every_language_with_all_that_was_in_it(sentence: str) -> None:
    line = read(sentence)
    assert line.id != "reasons.as_stored"
    english, dutch = (load_texts(language).sentence(line, UTC) for language in LANGUAGES)
    assert english != dutch
    told = sentence.removeprefix("/in/a box.zip ")  # the file itself is named before its reason
    for value in ("4711", "/in/a box.zip"):
        assert told.count(value) == english.count(value) == dutch.count(value)


@pytest.mark.parametrize("word", _WORDS)
def test_a_word_within_a_sentence_is_one_of_a_list_of_today(word: str) -> None:
    lists = (load_texts("en").words["files.kind"], load_texts("en").words["delivery.answer"])
    assert any(OTHER_WORDS.get(word, word) == words.get(_WORDS[word]) for words in lists)


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        (
            "The file is damaged: it cannot be read beyond byte 751, and only 13 s of records are left.",
            Line("files.damaged_but", {"where": (Line("files.unreadable_beyond", {"offset": 751}),), "span_s": 13}),
        ),
        (
            "Our reader fails at this file, and the second one cannot be started: [Errno 12] Cannot allocate memory.",
            Line(
                "files.second_reader_not_started",
                {"why": (Line("reasons.system", {"words": "[Errno 12] Cannot allocate memory"}),)},
            ),
        ),
        (
            "the server answered 401 (not allowed)",
            Line("delivery.server_answered", {"code": 401, "words": "not_allowed"}),
        ),
        ("no answer within 7.5 seconds", Line("delivery.no_answer_within", {"seconds": 7.5})),
        (
            "the same workout as /in/export.zip!/a.fit, which holds more",
            Line("files.replaced", {"path": "/in/export.zip/a.fit"}),
        ),
        ("/in/odd\nname.zip is a broken zip archive.", Line("files.broken_zip", {"name": "/in/odd\nname.zip"})),
    ],
)
def test_the_values_are_those_that_were_in_the_sentence(sentence: str, line: Line) -> None:
    assert read(sentence) == line


@pytest.mark.parametrize(
    "sentence",
    ["", "This is not a FIT file: its header lacks the letters.", "This is a poem, not a FIT file.", '{"id": "x"}'],
)
def test_what_no_text_says_is_kept_and_shown_as_it_is(sentence: str) -> None:
    assert as_line(sentence) == sentence
    for language in LANGUAGES:
        assert load_texts(language).sentence(read(sentence), UTC) == sentence


@pytest.mark.parametrize(
    ("path", "now"),
    [
        ("/in/export.zip!/a.fit", "/in/export.zip/a.fit"),
        ("/in/export.ZIP!/b/a.fit", "/in/export.ZIP/b/a.fit"),
        ("/in/Go!/ride.fit", "/in/Go!/ride.fit"),
        ("/in/Go!/export.zip!/a.fit", "/in/Go!/export.zip/a.fit"),
        ("/in/export!/a.fit", "/in/export/a.fit"),
    ],
)
def test_a_file_in_an_archive_gets_a_slash_and_a_folder_keeps_its_name(path: str, now: str) -> None:
    assert with_slash(path, {"/in/export"}) == now


def test_the_migration_converts_files_and_messages_and_nothing_else(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    with closing(sqlite3.connect(database)) as old:
        old.executescript((SCHEMAS / "0004_what_was_told.sql").read_text(encoding="utf-8"))
        for sha256, path, reason in (
            ("a", "/in/export.zip!/a.fit", "the same workout as /in/export.zip!/b.fit, which holds as much or more"),
            ("b", "/in/b.fit", "something that nobody says any more"),
        ):
            values = (sha256, path, 1, "duplicate", reason, "2026-05-06T12:00:00.000000Z")
            old.execute("INSERT INTO files (sha256, path, size, status, reason, seen_at) VALUES (?,?,?,?,?,?)", values)
        old.execute("UPDATE outbox SET cancel_reason = 'a newer workout took its place' WHERE state = 'sending'")
        old.commit()
    with Store(database) as store:
        packed, unknown, workout = file_known(store, "a"), file_known(store, "b"), files_seen(store, "workout")[0]
        assert packed is not None
        assert unknown is not None
        assert (packed.path, packed.reason) == (
            "/in/export.zip/a.fit",
            Line("files.duplicate", {"path": "/in/export.zip/b.fit"}),
        )
        assert unknown.reason == Line("reasons.as_stored", {"sentence": "something that nobody says any more"})
        assert workout.reason is None
        sending = Outbox(store).rows("state = 'sending'")
        assert {
            (row.reason, row.cancel_reason) == (Line("delivery.refused_connection"), Line("delivery.newer_workout"))
            for row in sending
        } == {True}
        (stored,) = {row["reason"] for row in store.rows("SELECT reason FROM outbox WHERE state = 'failed'")}
        assert json.loads(stored) == {"id": "delivery.refused_connection", "values": {}}
