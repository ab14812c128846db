"""How the timetable reads, and what of it is left out before the quiet hours."""

import re
from datetime import UTC, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hersteld.config.languages import LANGUAGES, Language
from hersteld.config.rules import load_rules
from hersteld.config.texts.catalogue import load_texts
from hersteld.parsers.line import Line
from hersteld.recovery.advice import Advice
from hersteld.recovery.keys import hydration
from hersteld.recovery.messages.drinking import Drink, Drunk, drink_lines, drinks_from, portions_before
from tests.support.fit.recoveries import AMSTERDAM, recovery_of, shipped_rules
from tests.support.fit.workouts import NOON, a_workout

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
    assert drink_lines(plan, NOON + timedelta(hours=4), quiet_from, RULES) == [], "it is out of date"


@pytest.mark.parametrize(
    ("minutes", "equal", "words"),
    [(15, 4, "at 12:15, 12:30, 12:45 and 13:00"), (15, 5, "every 15 min from 12:15 to 13:15"), (45, 5, "every 45 min")],
)
def test_up_to_four_times_are_named_and_more_are_told_by_their_interval(minutes: int, equal: int, words: str) -> None:
    rules = load_rules({"hydration": {"interval_min": minutes}}).hydration
    (line,) = drink_lines(timetable(800, *[200] * equal), NOON, None, rules)
    assert words in load_texts("en").sentence(line, UTC)


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


# --- however late the file comes, and after what was told before

RIDE = a_workout(124, hr=172, sport="cycling", kcal=1290, temperature_c=30, ended_at=NOON)
LOST_50_G = st.integers(15, 60)
LATE = st.integers(0, 299)
WINDOW = timedelta(hours=float(RULES.expires_h))


@cache
def plan_after(lost_50_g: int) -> tuple[Advice, ...]:
    return recovery_of(RIDE, weighed_loss_kg=lost_50_g / 20).plan


def asked_ml(plan: tuple[Advice, ...]) -> int:
    return sum(drink.volume_ml for drink in drinks_from(plan, NOON, None, RULES))


def told(minutes: float, *, drunk: Drunk | None = None) -> tuple[Drink, ...]:
    return drinks_from(plan_after(20), NOON + timedelta(minutes=minutes), None, RULES, drunk)


@given(lost_50_g=LOST_50_G, late_min=LATE, later_min=LATE)
def test_a_late_file_asks_for_the_same_within_the_time_that_is_left(
    lost_50_g: int, late_min: int, later_min: int
) -> None:
    plan = plan_after(lost_50_g)
    whole, late_min, later_min = asked_ml(plan), min(late_min, later_min), max(late_min, later_min)
    volumes = []
    for minutes in (late_min, later_min):
        at = NOON + timedelta(minutes=minutes)
        drinks = drinks_from(plan, at, None, RULES)
        volumes.append(sum(drink.volume_ml for drink in drinks))
        assert all(at <= drink.due_at <= NOON + WINDOW for drink in drinks)
        assert all(drink.volume_ml <= 800 for drink in drinks[:1])
        assert all(drink.volume_ml <= 200 for drink in drinks[1:])
        assert len({drink.due_at for drink in drinks}) == len(drinks), "never two at once"
        has_time = at + len(drinks) * timedelta(minutes=float(RULES.interval_min)) < NOON + WINDOW - timedelta(
            minutes=8
        )
        assert volumes[-1] == whole or not has_time, "less only because the time for drinking is over"
    assert whole >= volumes[0] >= volumes[1]


@pytest.mark.parametrize("late_min", range(0, 240, 7))
def test_the_first_amount_is_the_same_however_late_and_nothing_is_called_more(late_min: int) -> None:
    plan, at = plan_after(20), NOON + timedelta(minutes=late_min)
    assert told(late_min)[0] == Drink(at, 800)
    languages: dict[Language, str] = {"en": r"more|in all", "nl": r"\bnog\b|totaal"}
    for language, more in languages.items():
        for without_times in (False, True):
            (line,) = drink_lines(plan, at, None, RULES, without_times=without_times)
            assert not re.search(more, load_texts(language).sentence(line, AMSTERDAM))


def test_what_was_drunk_is_left_out_and_the_rest_is_called_more() -> None:
    plan, at = plan_after(20), NOON + timedelta(minutes=5)
    before = Drunk(800, NOON + timedelta(minutes=15))
    assert [drink.volume_ml for drink in told(5, drunk=before)] == [200, 200, 150, 150]
    assert told(5, drunk=before)[0].due_at == NOON + timedelta(minutes=15), "not a litre at once"
    (line,) = drink_lines(plan, at, None, RULES, before)
    assert (line.id, line.values["total_ml"]) == ("drink_more", 700)
    assert drink_lines(plan, at, None, RULES, before, without_times=True) == [
        Line("drink_total_more", {"total_ml": 700})
    ]
    assert drink_lines(plan, at, None, RULES, Drunk(1500)) == []


def test_what_was_told_and_not_drunk_is_told_in_all_without_times() -> None:
    plan, before = plan_after(20), Drunk(told=True)
    for without_times in (False, True):
        (line,) = drink_lines(plan, NOON, None, RULES, before, without_times=without_times)
        assert line == Line("drink_total_in_all", {"total_ml": 1500})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", ["", "_about"])
def test_what_is_told_in_all_names_no_portion_as_nobody_knows_which_is_left(language: Language, about: str) -> None:
    said = load_texts(language).sentence(Line(f"drink_total_in_all{about}", {"total_ml": 1400}), AMSTERDAM)
    assert re.findall(r"[\d.,:]*\d", said) == ["1.4" if language == "en" else "1,4"]
    assert ("Stop" in said) is bool(about), "an estimate says when it is enough"


@given(lost_50_g=LOST_50_G, drunk_ml=st.integers(0, 60).map(lambda steps: 50 * steps), late_min=LATE)
def test_what_is_drunk_and_what_is_told_then_are_never_more_than_is_asked_for(
    lost_50_g: int, drunk_ml: int, late_min: int
) -> None:
    plan = plan_after(lost_50_g)
    drinks = drinks_from(plan, NOON + timedelta(minutes=late_min), None, RULES, Drunk(drunk_ml))
    assert sum(drink.volume_ml for drink in drinks) <= max(0, asked_ml(plan) - drunk_ml)
    assert all(drink.volume_ml >= RULES.min_portion_ml for drink in drinks)
