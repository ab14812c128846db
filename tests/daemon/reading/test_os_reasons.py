"""What the system refuses is told in the words of the reader, and in its own where we have none."""

import errno
import os
from datetime import UTC

import pytest

from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.reading.os_reasons import why_refused
from hersteld.parsers.line import Line


@pytest.mark.parametrize(
    ("number", "english", "dutch"),
    [
        (errno.ENOENT, "no such file or directory", "dat bestand of die map is er niet"),
        (errno.EACCES, "permission denied", "geen toegang"),
        (errno.EIO, "input/output error", "lees- of schrijffout van de schijf"),
        (errno.ENAMETOOLONG, "file name too long", "de naam is te lang"),
        (errno.ENOTCONN, "the server it is on does not answer", "de server waar het op staat antwoordt niet"),
    ],
)
def test_what_happens_to_files_is_said_in_both_languages(number: int, english: str, dutch: str) -> None:
    reason = why_refused(OSError(number, os.strerror(number)))
    assert (load_texts("en").sentence(reason, UTC), load_texts("nl").sentence(reason, UTC)) == (english, dutch)


def test_what_is_rare_is_in_the_words_of_the_system() -> None:
    rare = OSError(errno.EUCLEAN, "Structure needs cleaning")
    assert why_refused(rare) == Line("reasons.system", {"words": "structure needs cleaning"})
    assert why_refused(OSError()) == Line("reasons.unknown")
