"""What stands in the picture, and that nothing in it collides, whatever the plan is."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given

from hersteld.daemon.card.facts import CardFacts
from hersteld.daemon.card.svg import svg_of
from hersteld.daemon.card.theme import HEIGHT_PX, MARGIN_PX, WIDTH_PX
from tests.support.card.drawing import alternative_of, boxes_of, lines_of, root_of, texts_of
from tests.support.card.plans import facts as any_facts
from tests.support.card.samples import LANGUAGES, beginner, each, long_race, ride, strength

SAMPLES = dict(each())


def words_of(facts: CardFacts) -> list[str]:
    return [box.words for box in texts_of(svg_of(facts))]


@given(facts=any_facts())
def test_no_words_ever_touch_others_or_leave_the_picture(facts: CardFacts) -> None:
    boxes = texts_of(svg_of(facts))

    for box in boxes:
        assert box.left >= MARGIN_PX - 3, box
        assert box.right <= WIDTH_PX - MARGIN_PX + 1, box
        assert box.top >= 0, box
        assert box.bottom <= HEIGHT_PX, box
    for one, other in combinations(boxes, 2):
        assert not one.touches(other), (one, other)


@given(facts=any_facts())
def test_no_number_of_the_picture_is_beyond_it(facts: CardFacts) -> None:
    svg = svg_of(facts)

    for box in boxes_of(svg, "z1", "z2", "z3", "z4", "z5", "rest", "easy", "hard", "night"):
        assert box.left >= MARGIN_PX - 0.1, box
        assert box.right <= WIDTH_PX - MARGIN_PX + 0.1, box
        assert box.left <= box.right, box
    assert "nan" not in svg
    assert "inf" not in svg


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_shows_all_its_words(name: str) -> None:
    facts = SAMPLES[name]
    assert facts.staircase is not None
    labels = [word for label in facts.staircase.labels for word in (label.what, label.when)]
    expected = filter(None, (facts.title, facts.right, facts.cause, *facts.sentences, *labels))
    assert set(expected) <= set(words_of(facts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_does_not_see_it_is_told_what_it_says(language: str) -> None:
    facts = replace(ride(language), alternative="Zwaar & <lang>\x00\ud800 🏃: morgen")
    svg = svg_of(facts)

    assert alternative_of(svg) == "Zwaar & <lang> 🏃: morgen"
    assert root_of(svg).attrib["role"] == "img"


def test_colours_stand_only_in_the_style_sheet() -> None:
    for facts in SAMPLES.values():
        body = svg_of(facts).split("</style>")[1]
        assert "#trace" in body or facts.trace is None
        assert "#" not in body.replace("url(#trace)", "")
        assert "fill=" not in body
        assert "stroke=" not in body


def test_the_text_at_the_right_goes_before_the_title_is_shortened() -> None:
    fits = "Very hard mountain bike ride, 12 h 04"
    assert words_of(replace(ride("en"), title=fits))[:2] == [fits, "24 min above threshold"]

    longer = words_of(replace(ride("en"), title="Very hard mountain bike ride through the hills, 12 h 04"))
    assert longer[0] == "Very hard mountain bike ride through the…"
    assert "load 168, grade B" not in longer


def test_without_a_heart_rate_the_question_stands_in_the_place_of_the_trace() -> None:
    svg = svg_of(strength("nl"))
    question = next(box for box in texts_of(svg) if box.words == "Hoe zwaar was het, van 1 tot 10?")

    assert question.name == "q"
    assert 80 < question.top < question.bottom < 200
    assert boxes_of(svg, "z1", "z2", "z3", "z4", "z5") == []


def test_without_a_heart_rate_the_cause_is_not_lost() -> None:
    facts = replace(strength("en"), cause="24 min above threshold", sentences=("How hard was it, 1 to 10?",))
    assert words_of(facts)[2:4] == ["24 min above threshold", "How hard was it, 1 to 10?"]


def test_long_sentences_take_three_lines_and_no_more() -> None:
    one = "Estimated from its length only, as there was neither a heart rate nor power in the file of this workout."
    sentences = [box for box in texts_of(svg_of(replace(strength("en"), sentences=(one, one)))) if box.name == "q"]

    assert [box.words for box in sentences][:2] == [
        "Estimated from its length only, as there was neither a",
        "heart rate nor power in the file of this workout.",
    ]
    assert len(sentences) == 3
    assert sentences[2].words.endswith("…")


def test_without_moments_the_trace_has_the_whole_height() -> None:
    svg = svg_of(replace(ride("en"), staircase=None))
    assert max(box.bottom for box in boxes_of(svg, "z1")) == HEIGHT_PX - MARGIN_PX
    assert boxes_of(svg, "rest", "easy", "hard", "night") == []


def test_without_moments_a_sentence_says_why_under_the_trace() -> None:
    svg = svg_of(replace(ride("en"), staircase=None, sentences=("Your watch had no clock: no times.",)))
    sentence = next(box for box in texts_of(svg) if box.name == "q")

    assert sentence.words == "Your watch had no clock: no times."
    assert max(box.bottom for box in boxes_of(svg, "z1")) < sentence.top
    assert sentence.bottom <= HEIGHT_PX - MARGIN_PX


def test_with_neither_a_trace_nor_moments_the_words_stand_in_the_middle() -> None:
    boxes = texts_of(svg_of(replace(strength("en"), staircase=None)))
    above, below = min(box.top for box in boxes), HEIGHT_PX - max(box.bottom for box in boxes)
    assert abs(above - below) < 10


def test_a_beginner_sees_neither_load_nor_grade() -> None:
    assert words_of(beginner("en"))[:2] == ["Run, 32 min", "You get fitter on the day off"]
    assert lines_of(svg_of(beginner("en")), "l") == []


def test_after_a_marathon_there_are_dates_and_no_nights() -> None:
    svg = svg_of(long_race("en"))
    assert boxes_of(svg, "night") == []
    assert {"20", "30", "1", "7"} <= {box.words for box in texts_of(svg)}


def test_a_name_in_another_script_is_left_out() -> None:
    assert words_of(replace(ride("en"), title="🏃 ריצת בוקר, 2 h 04"))[0] == "2 h 04"
    assert words_of(replace(ride("en"), title="ריצת בוקר"))[0] == "load 168, grade B"
