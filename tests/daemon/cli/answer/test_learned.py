"""`learned` lists what the answers have taught, and drops it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer
from hersteld.daemon.system.paths import database_path
from tests.support.command_line import call, environment_in, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
CONFIGURED = '[athlete]\nexperience = "trained"\nmax_hr = 188\nmass_kg = 70\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home of five runs, and a ride of today."""
    configure(tmp_path, "")
    runs = [(f"{day}.fit", a_file(NOW - day * DAY, minutes=60, bpm=155)) for day in range(5, 0, -1)]
    take_in(tmp_path, [*runs, ("last.fit", a_file(NOW - DAY / 24, minutes=60, bpm=155))], now=NOW)
    return tmp_path


def configure(home: Path, more: str) -> None:
    folder = home / ".config" / "hersteld"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hersteld.toml").write_text(CONFIGURED + more, encoding="utf-8")


def runs(home: Path) -> Iterator[str]:
    for one in reversed(json.loads(call("history", "--json", home=home).stdout)["workouts"]):
        yield str(one["id"])


def weigh(home: Path, which: str, loss_kg: float) -> None:
    words = ("weigh", "--before", "71", "--after", f"{71 - loss_kg:.2f}", "--workout", which)
    done = call(*words, home=home)
    assert done.exit_code == 0, done.output


def last(home: Path) -> dict[str, Any]:
    found = json.loads(call("explain", "last", "--json", home=home).stdout)
    (hydration,) = [rule for rule in found["rules"] if rule["rule"] == "hydration"]
    return {"plan": found["plan"], "reasons": hydration["reasons"]}


def sweat_of(found: dict[str, Any]) -> dict[str, Any]:
    (reason,) = [one for one in found["reasons"] if one["name"] == "hydration.sweat_ml_per_kcal"]
    return dict(reason)


def test_the_own_sweat_is_learned_used_listed_and_dropped(home: Path) -> None:
    never = last(home)
    assert "Nothing is learned yet." in call("learned", "--language", "en", home=home).stdout
    ids = list(runs(home))
    for which, loss_kg in zip(ids[:3], (0.60, 0.62, 0.64), strict=True):
        weigh(home, which, loss_kg)
    (lesson,) = json.loads(call("learned", "--json", home=home).stdout)["learned"]
    assert (lesson["what"], lesson["number"], lesson["used"]) == ("sweat", 3, True)
    assert lesson["low"] < lesson["value"] < lesson["high"]
    taught = sweat_of(last(home))
    assert taught["value"] == pytest.approx(lesson["value"])
    assert taught["source"].startswith("learned from your scales: 3 answers, from ")
    assert "geleerd van je weegschaal: 3 antwoorden" in call("explain", "last", "--language", "nl", home=home).stdout
    assert "from 3 weigh-ins between" in call("status", "--language", "en", home=home).stdout
    assert "uit 3 wegingen tussen" in call("learned", "--language", "nl", home=home).stdout
    assert call("learned", "--forget", home=home).exit_code == 0
    assert last(home) == never
    assert json.loads(call("learned", "--json", home=home).stdout)["learned"] == []
    assert call("learned", "--undo", "--language", "en", home=home).stdout == "What was learned counts again.\n"
    assert json.loads(call("learned", "--json", home=home).stdout)["learned"] == [lesson]
    assert sweat_of(last(home)) == taught
    nothing = call("learned", "--undo", "--language", "en", home=home)
    assert nothing.exit_code == 1
    assert "Nothing was forgotten" in nothing.stderr
    assert call("learned", "--undo", "--forget", home=home).exit_code == 2


def test_an_answer_that_is_taken_back_has_taught_nothing(home: Path) -> None:
    never = last(home)
    ids = list(runs(home))
    for which, loss_kg in zip(ids[:3], (0.60, 0.62, 0.64), strict=True):
        weigh(home, which, loss_kg)
    assert last(home) != never
    assert call("weigh", "--undo", home=home).exit_code == 0
    assert last(home) == never
    weigh(home, ids[2], 0.64)
    weigh(home, ids[3], 6.5)  # poisoned: nine times as much as the others
    assert json.loads(call("learned", "--json", home=home).stdout)["learned"][0]["number"] == 3


def test_what_is_configured_comes_before_what_was_learned(home: Path) -> None:
    for which in list(runs(home))[:3]:
        weigh(home, which, 0.6)
    configure(home, "[rules.hydration]\nsweat_ml_per_kcal = 1.3\n")
    (lesson,) = json.loads(call("learned", "--json", home=home).stdout)["learned"]
    assert lesson["used"] is False
    assert "What your configuration says counts instead." in call("learned", "--language", "en", home=home).stdout


def test_the_usual_rating_of_a_sport_is_learned_from_five(home: Path) -> None:
    with Store(database_path(environment_in(home))) as store:
        for id_ in range(1, 6):
            values = {"rpe": 7.0}
            add_answer(store, Kind.RPE, values, source=Source.COMMAND, workout_id=id_, at=NOW, now=NOW)
    (lesson,) = json.loads(call("learned", "--json", home=home).stdout)["learned"]
    assert (lesson["what"], lesson["of"], lesson["value"], lesson["number"]) == ("rpe", "running", 7, 5)
    assert "Usual rating (run): 7 of 10, from 5 ratings" in call("learned", "--language", "en", home=home).stdout


def test_forgetting_prints_nothing_for_scripts(home: Path) -> None:
    assert (
        "Say one thing: --forget, --undo or --json."
        in call("learned", "--forget", "--json", "--language", "en", home=home).stderr
    )
