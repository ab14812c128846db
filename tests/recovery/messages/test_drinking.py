"""How the timetable reads, and what of it is left out before the quiet hours."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.languages import Language
from hersteld.config.rules import load_rules
from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.line import Line
from hersteld.recovery.advice import Advice
from hersteld.recovery.keys import hydration
from hersteld.recovery.messages.drinking import Drink, drink_lines, portions_before
from tests.support.fit.recoveries import AMSTERDAM, shipped_rules
from tests.support.fit.workouts import NOON

RULES = shipped_rules().hydration


def timetable(*volumes_ml: int, estimated: bool = True) -> list[Advice]:
    quarter = timedelta(minutes=15)
    return [
        Advice(
            "drink_portion",
            "hydration",
            NOON + number * quarter,
            NOON + (number + 1) * quarter,
            {"volume_ml": volume_ml, "total_ml": sum(volumes_ml), "portion": number + 1, "estimated": estimated},
        )
        for number, volume_ml in enumerate(volumes_ml)
    ]


def drinks_of(*volumes_ml: int) -> list[Drink]:
    return [Drink(NOON + number * timedelta(minutes=15), volume_ml) for number, volume_ml in enumerate(volumes_ml)]


def test_without_quiet_hours_every_portion_is_told() -> None:
    drinks = portions_before(drinks_of(800, 200, 200), None, RULES)
    assert [drink.volume_ml for drink in drinks] == [800, 200, 200]


def test_what_would_come_in_the_quiet_hours_is_left_out() -> None:
    drinks = portions_before(drinks_of(800, 200, 200, 200, 200), NOON + timedelta(minutes=70), RULES)
    assert [drink.volume_ml for drink in drinks] == [800, 200, 200], "the last hour begins at 12:10"
    late = portions_before(drinks_of(200, 200, 200), NOON + timedelta(minutes=20), RULES)
    assert [drink.volume_ml for drink in late] == [200, 200]


def test_no_more_than_400_ml_in_the_last_hour_before_the_quiet_hours() -> None:
    drinks = portions_before(drinks_of(800, 200), NOON + timedelta(minutes=50), RULES)
    assert [drink.volume_ml for drink in drinks] == [400]


def test_how_long_before_the_quiet_hours_little_is_drunk_is_a_number_of_the_rules() -> None:
    rules = load_rules({"hydration": {"last_hour_h": 2}}).hydration
    drinks = portions_before(drinks_of(800, 200), NOON + timedelta(minutes=100), rules)
    assert [drink.volume_ml for drink in drinks] == [400]


def test_the_line_tells_what_fits_and_an_estimate_is_about() -> None:
    whole = drink_lines(timetable(800, 200), NOON, None, RULES)
    assert [line.id for line in whole] == ["drink_about"]
    assert whole[0].values["total_ml"] == 1000
    assert drink_lines(timetable(800, 200), NOON, NOON + timedelta(minutes=50), RULES) == [
        Line("drink_once_about", {"volume_ml": 400})
    ]
    assert [line.id for line in drink_lines(timetable(800, 200, estimated=False), NOON, None, RULES)] == ["drink"]
    assert drink_lines(timetable(800), NOON, NOON, RULES) == []


@pytest.mark.parametrize("text_id", ["drink_with_meal", "drink_total"])
@pytest.mark.parametrize(("quiet_min", "told_ml"), [(10, 400), (60, 400), (61, 800), (None, 800)])
def test_a_volume_without_a_timetable_is_smaller_in_the_last_hour_before_the_quiet_hours(
    text_id: str, quiet_min: int | None, told_ml: int
) -> None:
    plan = [Advice(text_id, "hydration", NOON, NOON + timedelta(hours=4), {"total_ml": 800})]
    quiet_from = None if quiet_min is None else NOON + timedelta(minutes=quiet_min)
    assert drink_lines(plan, NOON, quiet_from, RULES) == [Line(text_id, {"total_ml": told_ml})]


@given(
    volumes_ml=st.lists(st.integers(1, 16).map(lambda steps: 50 * steps), min_size=1, max_size=12),
    quiet_min=st.integers(0, 300),
)
def test_nothing_in_the_quiet_hours_and_little_before_them(volumes_ml: list[int], quiet_min: int) -> None:
    quiet_from = NOON + timedelta(minutes=quiet_min)
    drinks = portions_before(drinks_of(*volumes_ml), quiet_from, RULES)
    assert all(drink.due_at < quiet_from for drink in drinks)
    last_hour = [drink for drink in drinks if drink.due_at >= quiet_from - timedelta(hours=1)]
    assert sum(drink.volume_ml for drink in last_hour) <= 400
    assert sum(drink.volume_ml for drink in drinks) <= sum(volumes_ml)


# --- as it is spoken

NEXT_PART = re.compile(r", (?=[^,]*\d+ ml)")


def spoken_parts_ml(sentence: str) -> list[int]:
    """Return each portion that a sentence names, as its reader adds them up."""
    _, _, named = sentence.partition(": ")
    portions: list[int] = []
    for part in NEXT_PART.split(named):
        clocks = [60 * int(clock[:2]) + int(clock[3:]) for clock in re.findall(r"\d\d:\d\d", part)]
        every = re.search(r"(?:every|elke) (\d+) min", part)
        count = (clocks[1] - clocks[0]) // int(every[1]) + 1 if every else max(1, len(clocks))
        portions += [int(volume) for volume in re.findall(r"(\d+) ml", part)] * count
    return portions


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("quiet_min", [None, 25, 70, 130])
@pytest.mark.parametrize("mass_kg", [40, 47, 50, 70, 110])
def test_what_is_spoken_adds_up_to_the_total_and_no_part_is_a_sip(
    language: Language, quiet_min: int | None, mass_kg: float
) -> None:
    texts, quiet_from = load_texts(language), None if quiet_min is None else NOON + timedelta(minutes=quiet_min)
    for wanted_ml in range(200, 6001, 50):
        plan = timetable(*(portion.volume_ml for portion in hydration.timetable(wanted_ml, mass_kg, NOON, RULES)))
        for late_min in (0, 20, 40):
            for line in drink_lines(plan, NOON + timedelta(minutes=late_min), quiet_from, RULES):
                sentence = texts.sentence(line, AMSTERDAM)
                if line.id.startswith("drink_once"):
                    assert int(str(line.values["volume_ml"])) >= 150, sentence
                    continue
                total = re.search(r"(\d+(?:[.,]\d+)?) l\b", sentence)
                assert total is not None, sentence
                parts_ml = spoken_parts_ml(sentence)
                assert sum(parts_ml) == round(1000 * float(total[1].replace(",", "."))), sentence
                assert min(parts_ml) >= 150, sentence


@pytest.mark.parametrize(("language", "litres"), [("en", "0.85 l"), ("nl", "0,85 l")])
def test_a_volume_is_spoken_as_exactly_as_it_is_asked_for(language: Language, litres: str) -> None:
    texts = load_texts(language)
    for text_id in ("drink_with_meal", "drink_total"):
        assert litres in texts.sentence(Line(text_id, {"total_ml": 850}), AMSTERDAM)
