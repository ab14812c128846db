"""What does not fit the models is a problem with its place as the user would say it."""

from datetime import UTC, time
from typing import Any

import pytest

from hersteld.config.file.validate import validate
from hersteld.config.texts.speech import speak


def problems_of(document: dict[str, Any]) -> list[str]:
    return [str(problem) for problem in validate(document, 2026)[1]]


def test_a_document_without_mistakes_becomes_the_models() -> None:
    model, problems = validate({"athlete": {"mass_kg": 72}}, 2026)
    assert model is not None
    assert (model.athlete.mass_kg, problems) == (72, [])


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            {"notify": {"targets": [{"name": "phone"}]}},
            "notify.targets#1.url: is missing, and must be text in quotes",
        ),
        (
            {"notify": {"targets": [{"name": "a b", "url": "ntfy://s3cret"}]}},
            "notify.targets#1.name: must be one word, without spaces, colons and slashes",
        ),
        (
            {"notify": {"targets": [{"name": "a", "url": "s3cret"}]}},
            "notify.targets#1.url: must be an Apprise address, like ntfys://host/topic or desktop://",
        ),
        ({"notify": {"urls_file": 3}}, "notify.urls_file: must be text in quotes"),
        ({"athlete": {"birth_year": 1800}}, "athlete.birth_year = 1800: must be a whole number, 1900 or more"),
        ({"athlete": {"conditions": 3}}, "athlete.conditions = 3: must be a list of: "),
        ({"notify": {"texts": {"ready": 3}}}, "notify.texts.ready = 3: must be text in quotes"),
        *(
            ({"notify": {"morning": wrong}}, f"notify.morning{shown}: must be a local time like ")
            for wrong, shown in ((7, " = 7"), (time(7), ""), ("7", ' = "7"'))
        ),
        ({"notify": {"quiet_hours": 22}}, "notify.quiet_hours = 22: must be two different times"),
        ({"notify": {"weekly": 7}}, "notify.weekly = 7: must be a day and a local time"),
        ({"plan": {"calendar": ""}}, 'plan.calendar = "": must be a file or a folder of this machine'),
        ({"plan": {"calendar": ["a"]}}, "plan.calendar: must be a file or a folder of this machine"),
        ({"plan": {"attendee": 5}}, "plan.attendee = 5: must be your mail address"),
        ({"plan": {"training_words": [""]}}, 'plan.training_words#1 = "": must be text in quotes, of 1 to 60'),
        ({"plan": {"hard_words": ["ab " * 21]}}, "plan.hard_words#1: must be text in quotes, of 1 to 60 characters"),
        ({"plan": {"hard_words": ["a"] * 201}}, "plan.hard_words: must be a list, of 200 at most"),
        ({"colour": 1}, "key number 1 does not exist; it is not shown, as it may be secret; there are: athlete, watch"),
    ],
)
def test_each_mistake_says_what_is_allowed(document: dict[str, Any], expected: str) -> None:
    (problem,) = problems_of(document)
    assert problem.startswith(expected)
    assert "s3cret" not in problem


@pytest.mark.parametrize(
    ("targets", "places"),
    [
        (["ntfy://s3cret"], ["notify.targets#1"]),
        (["ntfy://s3cret", {"name": "a", "url": "desktop://"}, 3], ["notify.targets#1", "notify.targets#3"]),
        ("ntfy://s3cret", ["notify.targets"]),
        ({"name": "phone", "url": "ntfy://s3cret"}, ["notify.targets"]),
        ({"phone": "ntfy://s3cret"}, ["notify.targets"]),
    ],
)
def test_targets_in_another_shape_are_told_the_one_that_is_wanted(targets: object, places: list[str]) -> None:
    problems = problems_of({"notify": {"targets": targets}})
    assert [problem.partition(":")[0] for problem in problems] == places
    for problem in problems:
        assert all(part in problem for part in ("[[notify.targets]]", 'name = "phone"', 'url = "ntfys://host/topic"'))
        assert "s3cret" not in problem


@pytest.mark.parametrize("table", ["athlete", "watch", "notify", "health", "rules", "notify.texts"])
def test_what_should_be_a_table_is_told_how_one_is_written(table: str) -> None:
    document: dict[str, Any] = {"notify": {"texts": 3}} if table == "notify.texts" else {table: 3}
    assert problems_of(document) == [f"{table} = 3: must be a table: a line [{table}], and its keys below it"]


def test_ages_and_heart_rates_are_compared_even_when_something_else_is_wrong() -> None:
    athlete = {"birth_year": 2025, "resting_hr": 60, "max_hr": 58, "sex": "?"}
    problems = problems_of({"athlete": athlete})
    assert len(problems) == 4  # the maximum is too low in itself, too
    assert "athlete.birth_year = 2025: must be a year from 1900 to 2021" in problems
    assert "athlete.resting_hr = 60: must be lower than max_hr, which is 58" in problems


def test_it_is_said_in_dutch() -> None:
    speak("nl", UTC)
    document = {"athlete": {"mass_kg": 700, "sex": "men", "max_heart": 1}, "watch": {"folders": []}}
    assert (
        problems_of(document)
        == [
            "athlete.mass_kg = 700: moet een getal van 20 tot en met 300 zijn",
            'athlete.sex = "men": moet een van deze zijn: female, male; bedoelde je male?',
            "athlete.max_heart: deze sleutel bestaat niet; bedoelde je max_hr?",
            "watch.folders: moet een lijst zijn die niet leeg is",
        ]
        or len(problems_of(document)) == 4
    )


@pytest.mark.parametrize("word", ["knee", "kidny", "hart", "nut", "diabetis"])
@pytest.mark.parametrize("key", ["conditions", "food"])
def test_a_word_of_health_is_neither_guessed_nor_repeated_and_all_there_are_stand_in_the_answer(
    key: str, word: str
) -> None:
    (problem,) = problems_of({"athlete": {key: ["vegan" if key == "food" else "heart", word]}})
    assert problem.startswith(f"athlete.{key}#2: must be one of: ")
    assert ("vegetarian" if key == "food" else "blood_pressure") in problem
    assert "did you mean" not in problem
    assert word not in problem.replace("nut_allergy", "")


@pytest.mark.parametrize(
    ("table", "meant"),
    [("notifications", "notify"), ("Notify", "notify"), ("planning", "plan"), ("atlete", "athlete")],
)
def test_a_table_that_nobody_knows_is_named_with_the_one_that_is_meant(table: str, meant: str) -> None:
    said = [str(problem) for problem in problems_of({table: {"x": 1}})]
    assert said == [f"{table}: there is no such table; did you mean {meant}?"]


@pytest.mark.parametrize("table", ["tk_9f8e7d6c5b4a39281706", "ntfys://s3cret", "s3cret", "a" * 40, "my secret", "zoo"])
def test_a_table_that_may_be_a_secret_is_not_repeated(table: str) -> None:
    assert all(table not in str(problem) for problem in problems_of({table: {"x": 1}}))


def test_a_word_in_capital_letters_is_told_in_small_ones() -> None:
    (problem,) = problems_of({"notify": {"language": "NL"}})
    assert str(problem).endswith("did you mean nl?")


@pytest.mark.parametrize("key", ["morning", "quiet_hours", "weekly"])
def test_what_comes_at_a_time_is_turned_off_by_false_and_not_on_by_true(key: str) -> None:
    model, problems = validate({"notify": {key: False}}, 2026)
    assert model is not None
    assert (getattr(model.notify, key), problems) == ("", [])
    (problem,) = problems_of({"notify": {key: True}})
    assert str(problem).endswith('or "" or false for none')
