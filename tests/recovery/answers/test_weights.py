"""Which weights are those of a workout, by the law that nobody's answer is used twice or guessed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hersteld.recovery.answers.said import NOTHING, Said, of_brick
from hersteld.recovery.answers.weights import REACH, Weights, distance, nearest, said_by, side_of

START = datetime(2026, 5, 6, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RUN = (START, START + 60 * MINUTE)


def at(minutes: float) -> datetime:
    return START + minutes * MINUTE


def said(*weights: Weights) -> Said:
    return said_by([one for one in weights if nearest(one, [RUN]) == RUN], RUN)


def test_a_measured_mass_is_that_before_or_after_by_its_moment() -> None:
    assert said(Weights(at(-20), 1, mass_kg=72), Weights(at(65), 2, mass_kg=71)) == Said(
        before_kg=72, after_kg=71, weighed_before_at=at(-20)
    )
    assert [side_of(at(minutes), RUN) for minutes in (-1, 29, 31, 200)] == ["before", "before", "after", "after"]


def test_the_mass_nearest_to_the_workout_counts_and_a_second_weighing_corrects_the_first() -> None:
    far, near, again = (
        Weights(at(minute), order, mass_kg=kg) for order, minute, kg in [(1, 180, 73), (2, 62, 17), (3, 70, 71)]
    )
    assert said(far, near, again).after_kg == 71
    assert said(far, near).after_kg == 17
    assert said(far).after_kg == 73
    assert said(Weights(at(-60), 1, mass_kg=72), Weights(at(-5), 2, mass_kg=72.5)).before_kg == 72.5


def test_what_was_told_comes_before_what_was_measured_and_later_before_earlier() -> None:
    measured = Weights(at(62), 9, mass_kg=71)
    assert said(measured, Weights(at(90), 1, after_kg=70.5)).after_kg == 70.5
    assert said(Weights(at(90), 2, after_kg=70.1), Weights(at(95), 1, after_kg=70.5)).after_kg == 70.1


def test_what_was_drunk_before_a_workout_was_not_drunk_during_it() -> None:
    assert said(Weights(at(-5), 1, drunk_ml=500)) == NOTHING
    assert said(Weights(at(30), 1, drunk_ml=500)).drunk_ml == 500
    assert said(Weights(at(60 + 179), 1, drunk_ml=500)).drunk_ml == 500
    assert said(Weights(at(60 + 181), 1, drunk_ml=500)) == NOTHING


def test_a_pair_that_no_body_can_have_is_not_believed_unless_it_was_told() -> None:
    before = Weights(at(-5), 1, mass_kg=72)
    assert said(before, Weights(at(65), 2, mass_kg=25)).weighed_loss_kg is None
    assert said(before, Weights(at(65), 2, mass_kg=76)).weighed_loss_kg is None
    assert said(before, Weights(at(65), 2, mass_kg=66)).weighed_loss_kg == 6
    assert said(Weights(at(65), 2, before_kg=72, after_kg=50)).weighed_loss_kg == 22


def test_of_a_brick_only_the_scales_around_the_whole_say_its_loss() -> None:
    first = Said(before_kg=72, after_kg=71, drunk_ml=200, weighed_before_at=at(-5))
    last = Said(before_kg=71, after_kg=70, drunk_ml=300, weighed_before_at=at(62))
    assert of_brick([first, last]) == Said(before_kg=72, after_kg=70, drunk_ml=500)
    assert of_brick([first, NOTHING]).weighed_loss_kg is None
    assert of_brick([NOTHING, last]).weighed_loss_kg is None
    assert of_brick([NOTHING, Said(before_kg=72, after_kg=70)]).weighed_loss_kg == 2


moments = st.integers(-400, 500)
kinds = st.sampled_from(["mass_kg", "before_kg", "after_kg", "drunk_ml"])


@given(moments, kinds, st.lists(st.tuples(moments, st.integers(1, 200)), min_size=1, max_size=4))
def test_weights_belong_to_the_nearest_workout_and_none_out_of_reach(
    minute: int, kind: str, workouts: list[tuple[int, int]]
) -> None:
    weights = Weights(at(minute), 1, **{kind: 70.0})
    spans = sorted({(at(start), at(start + length)) for start, length in workouts})
    found = nearest(weights, spans)
    if found is None:
        assert all(away is None or away > REACH for away in (distance(weights, span) for span in spans))
    else:
        assert said_by([weights], found) != NOTHING
    for span in spans:
        away = distance(weights, span)
        if found is not None and away is not None:
            own = distance(weights, found)
            assert own is not None
            assert own <= away
