"""Where are the real FIT files, and what is known of them?

They lie beside the project in `../shared/fit-corpus`, or in the folder that `$HERSTELD_FIT_CORPUS` names. They hold
positions and heart rates of real people and are never copied into the project. Where they are absent, the tests that
need them are skipped and say so.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

Row = dict[str, Any]


def corpus_folder() -> Path | None:
    """Return the folder of the corpus, or None where there is none."""
    configured = os.environ.get("HERSTELD_FIT_CORPUS")
    folder = Path(configured) if configured else Path(__file__).resolve().parents[4] / "shared" / "fit-corpus"
    return folder if (folder / "expected.jsonl").is_file() else None


ABSENT = "the corpus of real FIT files is absent: set HERSTELD_FIT_CORPUS to its folder"
needs_corpus = pytest.mark.skipif(corpus_folder() is None, reason=ABSENT)
"""Marks a module or test that needs the corpus."""


def expected_rows(*conditions: str) -> list[Row]:
    """Return the lines of `expected.jsonl` of these conditions ("intact", "damaged", "not_fit"), all without any.

    The list is empty where the corpus is absent; `pytest.mark.parametrize` then skips the test and says so.
    """
    folder = corpus_folder()
    if folder is None:
        return []
    lines = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    rows: list[Row] = [json.loads(line) for line in lines if line]
    return [row for row in rows if not conditions or row["condition"] in conditions]


def corpus_bytes(path: str) -> bytes:
    """Return a file of the corpus by the path `expected.jsonl` gives it; skip the test where the corpus is absent."""
    folder = corpus_folder()
    if folder is None:
        pytest.skip(ABSENT)
    return (folder / path).read_bytes()
