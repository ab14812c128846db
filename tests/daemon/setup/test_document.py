"""Values are added to a configuration in whatever way it is written, and nothing else in it changes."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from hersteld.config.file.load import load_settings
from hersteld.daemon.setup.document import Entry, NewTarget, NotAmended, value_at, written

PHONE = NewTarget("phone", SecretStr("ntfys://ntfy.example.org/topic"), "A topic.")
ENTRIES = (
    Entry("athlete.max_hr", 188, "Maximum heart rate."),
    Entry("athlete.ftp_w", None, "Threshold power."),
    Entry("watch.folders", ["~/Workouts"], "Folders."),
    Entry("notify.language", "nl", "Language."),
    Entry("notify.quiet_hours", "22:00-07:00", "Quiet hours."),
)

STANDING = {
    "tables": '# mine\n[athlete]  # me\nmass_kg = 72.5  # the scales\n# the end\n\n[watch]\nfolders = ["~/a"] # one\n',
    "no end of line": "[athlete]\nmass_kg = 72.5",
    "a table of one line": "athlete = { mass_kg = 72.5 }\n# mine\n",
    "dotted keys": "athlete.mass_kg = 72.5 # mine\nnotify.style = 'coach'\n",
    "targets first": '[[notify.targets]] # mine\nname = "a"\nurl = "desktop://"\n\n[athlete]\nmass_kg = 72.5\n',
    "targets in a list": '[notify]\ntargets = [{name = "a", url = "desktop://"}] # mine\n[athlete]\nmass_kg = 72.5\n',
    "notify in one line": 'notify = {style = "coach"} # mine\n[athlete]\nmass_kg = 72.5\n',
    "own texts": '[notify.texts]\nready = """Up\n[athlete]\nand on"""  # mine\n[athlete]\nmass_kg = 72.5\n',
    "a list of many lines": '[watch]\nfolders = [\n  "~/Workouts", # mine\n  "~/b",\n]\n[athlete]\nmass_kg = 72.5\n',
    "rules in the middle": "[athlete]\nmass_kg = 72.5\n[rules.hydration]\nportion_ml = 250 # mine\n[notify]\n",
    "comments alone": "# mine\n",
    "Windows": "[athlete]\r\nmass_kg = 72.5 # mine\r\n[notify]\r\nstyle = 'coach'\r\n",
}


def comments(text: str) -> list[str]:
    return [line.partition("#")[2].strip() for line in text.splitlines() if "#" in line]


@pytest.mark.parametrize("name", STANDING)
def test_what_stands_there_survives_with_its_comments(name: str) -> None:
    before = STANDING[name]
    after = written(before, "", ENTRIES, (PHONE,))
    found, stood = tomllib.loads(after), tomllib.loads(before)
    assert found["athlete"] == {**stood.get("athlete", {}), "max_hr": 188}
    assert found["notify"]["quiet_hours"] == "22:00-07:00"
    assert found["notify"]["language"] == "nl"
    assert found["watch"] == {"folders": ["~/Workouts"]}
    assert found["notify"]["targets"][-1] == {"name": "phone", "url": "ntfys://ntfy.example.org/topic"}
    assert found["notify"]["targets"][:-1] == stood.get("notify", {}).get("targets", [])
    assert found.get("rules") == stood.get("rules")
    assert {one for one in comments(before) if "mine" in one or "scales" in one} <= set(comments(after))


@pytest.mark.parametrize("name", STANDING)
def test_only_lines_are_added_where_no_value_changes(name: str) -> None:
    before = STANDING[name]
    entries = [Entry("athlete.max_hr", 188, "Maximum heart rate."), Entry("notify.quiet_hours", "", "None.")]
    after = written(before, "", entries).splitlines()
    is_one_line = {"a table of one line": "athlete", "notify in one line": "notify"}.get(name, "nothing")
    assert [line for line in before.splitlines() if line not in after and not line.startswith(is_one_line)] == []


def test_a_changed_value_keeps_the_comment_behind_it() -> None:
    after = written(STANDING["tables"], "", [Entry("athlete.mass_kg", 71, "Body mass.")])
    assert "mass_kg = 71  # the scales\n" in after
    assert "Body mass" not in after
    after = written(STANDING["tables"], "", [Entry("watch.folders", ["~/b", "/c"], "")])
    assert 'folders = ["~/b", "/c"] # one\n' in after


def test_a_new_file_has_a_place_for_what_is_left_out_and_that_is_filled_later(tmp_path: Path) -> None:
    new = written("", "Made by init.\nA second line.", ENTRIES, (PHONE,))
    assert new.startswith("# Made by init.\n# A second line.\n\n[athlete]\n# Maximum heart rate.\nmax_hr = 188\n")
    assert "\n# Threshold power.\n# ftp_w =\n" in new
    later = written(new, "", [Entry("athlete.ftp_w", 241, "Threshold power.")])
    assert later == new.replace("# ftp_w =\n", "ftp_w = 241\n")
    file = tmp_path / "hersteld.toml"
    file.touch(mode=0o600)
    file.write_text(later)
    assert load_settings(file, environ={"HOME": str(tmp_path)}).athlete.ftp_w == 241


@pytest.mark.parametrize("name", [*STANDING, ""])
def test_a_topic_for_answers_stands_below_its_target(name: str) -> None:
    url, reply = SecretStr("ntfys://ntfy.example.org/topic"), SecretStr("https://ntfy.example.org/answers")
    after = written(STANDING.get(name, ""), "", (), [NewTarget("phone", url, "A topic.", reply, "For answers.")])
    assert tomllib.loads(after)["notify"]["targets"][-1] == {
        "name": "phone",
        "url": "ntfys://ntfy.example.org/topic",
        "reply": "https://ntfy.example.org/answers",
    }
    assert ("For answers." in comments(after)) == (name not in ("targets in a list", "notify in one line"))


def test_the_windows_end_of_a_line_is_kept() -> None:
    after = written(STANDING["Windows"], "", ENTRIES, (PHONE,))
    assert after.count("\n") == after.count("\r\n")


def test_what_cannot_be_done_safely_is_not_done() -> None:
    with pytest.raises(NotAmended):
        written("athlete = 3\n", "", [Entry("athlete.max_hr", 188, "")])


def test_a_long_comment_is_folded() -> None:
    new = written("", "Head.", [Entry("athlete.max_hr", 188, "word " * 60)])
    assert max(map(len, new.splitlines())) <= 115
    assert new.count("word") == 60


def test_a_value_is_found_by_its_key() -> None:
    assert value_at({"athlete": {"max_hr": 188}}, "athlete.max_hr") == 188
    assert value_at({"athlete": {}}, "athlete.max_hr") is None
    assert value_at({"athlete": 3}, "athlete.max_hr") is None


words = st.text(st.characters(codec="utf-8"), max_size=20)
values = st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | words | st.lists(words)


@given(st.sampled_from([*STANDING.values(), ""]), values, words.filter(str.isprintable))
def test_whatever_is_written_is_read_again(before: str, value: int | float | str | list[str], comment: str) -> None:
    after = written(before, "Head.", [Entry("notify.morning", value, comment)])
    assert tomllib.loads(after)["notify"]["morning"] == value
