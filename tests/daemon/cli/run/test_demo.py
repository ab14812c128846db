"""`hersteld demo` plays a week and leaves nothing."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call, call_process


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [("en", "Very hard ride, 2 h", "Recovered"), ("nl", "Heel zware rit, 2 u", "Hersteld")],
)
def test_the_demo_plays_a_week_and_leaves_nothing(language: str, first: str, last: str, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    result = call_process("demo", "--language", language, home=tmp_path, extra={"TMPDIR": str(scratch)})
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.index(first) < result.stdout.rindex(last)
    assert list(scratch.iterdir()) == []
    assert list(tmp_path.iterdir()) == [scratch]


def test_the_fortnight_of_too_much_begins_a_week_earlier_and_warns(tmp_path: Path) -> None:
    week, fortnight = call("demo", home=tmp_path).stdout, call("demo", "--overreached", home=tmp_path).stdout
    assert "easier day or two" in fortnight
    assert fortnight.count("  Your week\n") == 2
    said_at: dict[str, list[str]] = {}
    for part in fortnight.split("\n\n"):
        said_at.setdefault(part.strip()[:9], []).append(part)
    for parts in map("".join, said_at.values()):
        assert not ("train hard" in parts and ("take it easy" in parts or "Take it easier" in parts)), parts
    begins = [date.fromisoformat(re.findall(r"\d{4}-\d\d-\d\d", text)[0]) for text in (week, fortnight)]
    assert begins[0] - begins[1] == timedelta(weeks=1)


def test_the_demo_is_for_scripts_too(tmp_path: Path) -> None:
    events = [json.loads(line) for line in call("demo", "--json", home=tmp_path).stdout.splitlines()]
    moments = [event["at"] for event in events]
    assert moments == sorted(moments)
    kinds = [event["kind"] for event in events if event["event"] == "file"]
    assert {kind: kinds.count(kind) for kind in kinds} == {"night": 7, "workout": 9, "calendar": 1}
    assert [event["files"] for event in events if event["event"] == "history"] == [37]
    messages = [event for event in events if event["event"] == "message"]
    bodies = [message["body"].partition("\nInformation, not medical advice")[0] for message in messages]
    assert all(message["title"] for message in messages)
    assert all(0 < len(body) <= 600 for body in bodies)
    assert sum("Information, not medical advice" in message["body"] for message in messages) == 1
