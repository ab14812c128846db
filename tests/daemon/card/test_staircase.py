"""The staircase: each label stands at its step, and time runs evenly whatever the clocks do."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from hersteld.daemon.card.facts import Label, Staircase
from hersteld.daemon.card.staircase import drawn_staircase
from hersteld.daemon.card.theme import style_sheet
from tests.support.card.drawing import Box, TextBox, boxes_of, lines_of, texts_of
from tests.support.card.plans import DAY_S, HOUR_S, staircases

RIGHT_PX = 692


def plan(easy_h: float, hard_h: float, *, first: str = "Wed 08:00", last: str = "Thu 10:00") -> Staircase:
    """Return a plan after a workout that ended at 17:00."""
    easy_s, hard_s = easy_h * HOUR_S, hard_h * HOUR_S
    starts = [DAY_S * day - 17 * HOUR_S for day in range(int(3 * hard_s / DAY_S) + 3)]
    return Staircase(
        easy_s=easy_s,
        hard_s=hard_s,
        labels=(Label(easy_s, "easy from", first), Label(hard_s, "hard from", last)),
        rest="rest",
        days=tuple((start_s, str(day + 1)) for day, start_s in enumerate(starts)),
        nights=tuple((start_s - 2 * HOUR_S, start_s + 7 * HOUR_S) for start_s in starts),
        start="Tue 17:00",
        has_ticks=False,
    )


def drawn(staircase: Staircase) -> str:
    style = f"<style>{style_sheet()}</style>"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{style}{drawn_staircase(staircase)}</svg>'


def step(staircase: Staircase, name: str) -> Box:
    (box,) = boxes_of(drawn(staircase), name)
    return box


def word(staircase: Staircase, words: str) -> TextBox:
    return next(box for box in texts_of(drawn(staircase)) if box.words == words)


def holds(staircase: Staircase) -> Sequence[float]:
    """Return where the lines end that hold a label to its step."""
    ends = [re.findall(r"[MH]([\d.]+)", path)[-1] for path in lines_of(drawn(staircase), "l")]
    return [float(end) for end in ends]


def test_height_says_what_may_be_done() -> None:
    rest, easy, hard = (step(plan(15, 41), name) for name in ("rest", "easy", "hard"))

    assert rest.bottom == easy.bottom == hard.bottom
    assert (rest.bottom - rest.top, easy.bottom - easy.top, hard.bottom - hard.top) == (5, 22, 44)
    assert (rest.left, rest.right, easy.right, hard.right) == (28, easy.left, hard.left, RIGHT_PX)


def test_time_runs_evenly() -> None:
    easy, hard = step(plan(15, 41), "easy"), step(plan(15, 41), "hard")
    assert (easy.left - 28) / (hard.left - 28) == pytest.approx(15 / 41, abs=0.001)


@given(staircase=staircases())
def test_the_last_label_begins_at_its_step_and_ends_within_the_picture(staircase: Staircase) -> None:
    last = replace(staircase, labels=(replace(staircase.labels[-1], what="hard from"),))
    label, begin = word(last, "hard from"), step(last, "easy" if last.hard_s is None else "hard")

    assert abs(label.left - begin.left) < 0.6
    assert begin.right == RIGHT_PX
    assert label.right <= RIGHT_PX
    assert begin.right - begin.left >= 120


@given(staircase=staircases())
def test_a_label_away_from_its_step_is_held_to_it(staircase: Staircase) -> None:
    first = replace(staircase.labels[0], what="this one")
    moved = replace(staircase, labels=(first, *staircase.labels[1:]))
    if moved.labels[-1].at_s <= 60:
        return  # all may be done now
    begin = step(moved, "easy" if moved.hard_s is None else "hard")
    at_px = 28 + (begin.left - 28) * first.at_s / moved.labels[-1].at_s

    places = [word(moved, "this one").left, *holds(moved)]
    assert min(abs(place - at_px) for place in places) < 0.6


def test_labels_that_would_touch_keep_apart_and_the_first_is_held_by_a_line() -> None:
    near = plan(36, 40, first="Thu 05:00", last="Thu 09:00")
    first, last = word(near, "Thu 05:00"), word(near, "Thu 09:00")

    assert last.left - first.right > 20
    assert first.left < step(near, "easy").left - 5
    assert holds(near) == [step(near, "easy").left]


def test_labels_with_room_are_held_by_nothing() -> None:
    assert lines_of(drawn(plan(15, 41)), "l") == []


def test_labels_that_are_too_long_beside_each_other_are_smaller() -> None:
    long = plan(15, 41, first="Wednesday 10 June", last="Thursday 11 June")
    assert word(long, "Wednesday 10 June").name == word(long, "Thursday 11 June").name == "c"
    assert word(plan(15, 41), "Wed 08:00").name == "b"


def test_labels_that_fit_in_no_type_are_shortened() -> None:
    longest = plan(15, 41, first="On Wednesday the tenth of June", last="On Thursday the eleventh of June")
    first, last = (box for box in texts_of(drawn(longest)) if box.name == "c")

    assert {first.words, last.words} == {"On Wednesday the…", "On Thursday the…"}
    assert not first.touches(last)


def test_a_long_label_keeps_off_the_least_width_of_the_last_step() -> None:
    for letters in range(20, 40):
        words = "m" * letters
        short = replace(plan(15, 41), labels=(Label(15 * HOUR_S, "easy", words), Label(41 * HOUR_S, "hard", "nu")))
        first, last = (box for box in texts_of(drawn(short)) if box.name in {"b", "c"})
        assert not first.touches(last), letters


def test_a_word_for_rest_stands_only_where_there_is_room() -> None:
    assert word(plan(15, 41), "rest").left == 28
    assert "rest" not in {box.words for box in texts_of(drawn(plan(2, 96)))}
    assert "rest" not in {box.words for box in texts_of(drawn(replace(plan(15, 41), rest="")))}


def test_who_may_train_easily_at_once_sees_no_rest() -> None:
    at_once = plan(0, 30, first="now")
    assert boxes_of(drawn(at_once), "rest") == []
    assert step(at_once, "easy").left == 28
    assert word(at_once, "easy from").left == 28


def test_where_nothing_is_said_of_hard_training_easy_is_the_last_step() -> None:
    easy_only = replace(plan(15, 41), hard_s=None, labels=(Label(15 * HOUR_S, "easy from", "Wed 08:00"),))

    assert boxes_of(drawn(easy_only), "hard") == []
    assert step(easy_only, "easy").right == RIGHT_PX
    assert word(easy_only, "easy from").left == step(easy_only, "easy").left


@pytest.mark.parametrize("wait_s", [0.0, 60.0])
def test_who_may_do_anything_at_once_sees_nothing_but_that(wait_s: float) -> None:
    """A line of rest before "now" would say that there is something to wait for."""
    free = replace(plan(0, 48), hard_s=wait_s, labels=(Label(wait_s, "anything", "now"),))

    assert boxes_of(drawn(free), "rest", "easy") == []
    assert step(free, "hard").left == pytest.approx(28, abs=0.5)
    assert word(free, "anything").left == pytest.approx(28, abs=0.5)
    assert [box.words for box in texts_of(drawn(free))] == ["anything", "now", "1", "2"]


def test_a_day_off_stands_at_its_midnight() -> None:
    off = replace(plan(36, 36), labels=(Label(7 * HOUR_S, "day off", "Wed"), Label(36 * HOUR_S, "train again", "Thu")))
    hard = step(off, "hard")

    assert boxes_of(drawn(off), "easy") == []
    assert word(off, "day off").left == pytest.approx(28 + (hard.left - 28) * 7 / 36, abs=0.1)
    assert word(off, "train again").left == hard.left


def test_a_wait_within_a_day_says_when_it_began() -> None:
    hour = replace(plan(1, 1), labels=(Label(HOUR_S, "anything from", "18:00"),))
    words = [box.words for box in texts_of(drawn(hour))]
    assert words == ["anything from", "18:00", "rest", "Tue 17:00"]


def test_a_wait_over_midnight_names_both_days() -> None:
    late = replace(plan(8, 8), labels=(Label(8 * HOUR_S, "anything from", "Wed 01:00"),))
    assert {"1", "2"} <= {box.words for box in texts_of(drawn(late))}


@pytest.mark.parametrize("days", [6, 10, 14, 20, 30, 60])
def test_long_waits_name_as_many_days_as_there_is_room_for_evenly(days: int) -> None:
    weeks = replace(plan(days * 12, days * 24), has_ticks=True, nights=())
    named = [int(box.words) for box in texts_of(drawn(weeks)) if box.name == "s" and box.words.isdigit()]

    assert len(named) >= 5
    assert len({after - before for before, after in pairwise(named)}) == 1
    assert days + 1 in named  # the day on which hard training begins


def test_a_day_on_which_the_clocks_change_has_its_true_width() -> None:
    starts = (-17 * HOUR_S, 7 * HOUR_S, 32 * HOUR_S, 56 * HOUR_S, 80 * HOUR_S)  # the second day has 25 hours
    autumn = replace(plan(24, 56), days=tuple(zip(starts, "12345", strict=True)), has_ticks=True)
    first, second, third = (float(re.findall(r"M([\d.]+)", path)[0]) for path in lines_of(drawn(autumn), "h")[:3])

    assert (second - first) / (third - second) == pytest.approx(25 / 24, abs=0.005)


def test_nights_are_shaded_as_far_as_they_lie_on_the_axis() -> None:
    first, second, *_ = boxes_of(drawn(plan(15, 41)), "night")
    width = step(plan(15, 41), "hard").left - 28

    assert first.left - 28 == pytest.approx(width * 5 / 41, abs=0.1)
    assert first.right - first.left == pytest.approx(width * 9 / 41, abs=0.1)
    assert second.left - first.left == pytest.approx(width * timedelta(days=1) / timedelta(hours=41), abs=0.1)


def test_a_workout_at_night_begins_in_the_dark() -> None:
    late = replace(plan(10, 20), nights=((-HOUR_S, 6 * HOUR_S), (22 * HOUR_S, 31 * HOUR_S)))
    assert boxes_of(drawn(late), "night")[0].left == 28
