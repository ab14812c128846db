"""`hersteld backup` copies the database and says how to go back to the copy."""

import json
from pathlib import Path

from tests.support.command_line import call, take_in
from tests.support.pipeline import NOON, a_file


def test_it_says_in_the_users_language_what_is_in_the_copy(tmp_path: Path) -> None:
    take_in(tmp_path, [("a.fit", a_file())], now=NOON)
    copy = tmp_path / "copy.db"
    text = call("backup", "--language", "nl", copy, home=tmp_path).stdout
    assert copy.is_file()
    assert f"{copy}: " in text
    assert "met 1 training" in text
    assert "stop hersteld" in text


def test_a_file_that_is_there_is_kept_unless_told_otherwise(tmp_path: Path) -> None:
    take_in(tmp_path, [("a.fit", a_file())], now=NOON)
    copy = tmp_path / "copy.db"
    copy.write_text("precious")
    assert call("backup", copy, home=tmp_path).exit_code == 1
    assert copy.read_text() == "precious"
    result = call("backup", "--replace", "--json", copy, home=tmp_path)
    made = {"path": str(copy), "bytes": copy.stat().st_size, "workouts": 1, "reply_key": None}
    assert json.loads(result.stdout) == made
