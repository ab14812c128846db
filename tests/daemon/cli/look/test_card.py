"""`hersteld card` and `plan --card` draw a workout, and say what is wrong where they cannot."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.command_line import call, take_in
from tests.support.pipeline import NOON, a_file

PNG = b"\x89PNG\r\n\x1a\n"
_NAMED = "{http://www.w3.org/2000/svg}title"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    take_in(tmp_path, [("ride.fit", a_file(sport="cycling", minutes=120, bpm=176))], now=NOON)
    return tmp_path


def title_of(path: Path) -> str:
    found = ElementTree.fromstring(path.read_text(encoding="utf-8")).find(_NAMED)
    assert found is not None
    assert found.text is not None
    return found.text


def test_the_last_workout_is_drawn_as_the_kind_that_the_name_says(home: Path) -> None:
    png, svg = home / "ride.png", home / "ride.SVG"
    said = call("card", "-o", png, home=home)
    assert said.exit_code == 0, said.output
    assert png.read_bytes().startswith(PNG)
    assert said.stdout == f"{png}: {png.stat().st_size / 1000:.1f} kB\n"
    assert call("card", "1", "--output", svg, "--language", "nl", home=home).exit_code == 0
    assert title_of(svg).startswith("Heel zware rit, 2 u")


def test_scripts_read_what_the_picture_says(home: Path) -> None:
    path = home / "ride.svg"
    said = json.loads(call("card", "last", "-o", path, "--json", home=home).stdout)
    assert said == {"path": str(path), "bytes": path.stat().st_size, "workout": 1, "text": title_of(path)}


def test_a_file_is_drawn_beside_its_plan(tmp_path: Path) -> None:
    fit, svg = tmp_path / "run.fit", tmp_path / "run.svg"
    fit.write_bytes(a_file(minutes=60, bpm=170))
    said = call("plan", fit, "--card", svg, "--set", "athlete.experience=trained", home=tmp_path)
    assert said.exit_code == 0, said.output
    assert said.stdout.splitlines()[-1].startswith(str(svg))
    assert title_of(svg).startswith("Hard run, 1 h. ")
    assert len(call("plan", fit, "--card", svg, "--json", home=tmp_path).stdout.splitlines()) == 1


def test_a_file_is_sent_to_the_other_command_also_where_nothing_was_ever_stored(tmp_path: Path) -> None:
    said = call("card", "ride.fit", "-o", tmp_path / "ride.svg", home=tmp_path)
    assert said.exit_code == 2
    assert "hersteld plan --card" in said.stderr


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("card",), 2, "--output"),
        (("card", "-o", "ride.jpg"), 2, "says neither .png nor .svg"),
        (("card", "-o", "missing/ride.svg"), 1, "cannot be written to missing/ride.svg"),
        (("card", "17", "-o", "ride.svg"), 1, "17"),
        (("card", "ride.fit", "-o", "ride.svg"), 2, "hersteld plan --card"),
        (("card", "9" * 30, "-o", "ride.svg"), 2, "WORKOUT"),
        (("plan", "a.fit", "b.fit", "--card", "ride.svg"), 2, "name one FIT file"),
        (("plan", "none.fit", "--card", "ride.svg"), 65, "no workout to draw"),
        (("plan", "a.fit", "--card", "ride.gif"), 2, "says neither .png nor .svg"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_drawn_is_said(
    words: tuple[str, ...], code: int, says: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    for name in ("a.fit", "b.fit"):
        Path(name).write_bytes(a_file(minutes=60, bpm=170))
    Path("none.fit").write_bytes(b"no FIT file at all")
    said = call(*words, home=home)
    assert said.exit_code == code, said.output
    assert says in said.output
    assert "Traceback" not in said.output
    assert not Path("ride.svg").exists()
