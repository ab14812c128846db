"""The facts of a picture reach the process that draws it as they are."""

import json

from hersteld.daemon.card.facts import CardFacts, Label, Staircase, Trace

_TRACE = Trace(
    (((0.0, 101.5), (10.0, 120.0)), ((90.0, 140.0),)), 120.0, (111.0, 134.0, 166.0, 175.0), 98.0, 181.0, True
)
_STAIRCASE = Staircase(
    easy_s=54_000.0,
    hard_s=147_600.0,
    labels=(Label(54_000.0, "easy from", "Wed 08:00"), Label(147_600.0, "hard from", "Thu 10:00")),
    rest="rest",
    days=((-61_200.0, "Tue"), (25_200.0, "Wed")),
    nights=((18_000.0, 50_400.0),),
    start="Tue 17:00",
    has_ticks=False,
)


def test_all_facts_come_through_json() -> None:
    facts = CardFacts("Zware rit, 2 u 04", "belasting 168, B", "24 min", (), _TRACE, _STAIRCASE, "…")

    assert CardFacts.from_json(json.loads(json.dumps(facts.as_json()))) == facts


def test_facts_without_a_trace_and_without_moments_come_through_json() -> None:
    facts = CardFacts("Strength session, 52 min", "", "", ("How hard was it, 1 to 10?",), None, None, "Strength")

    assert CardFacts.from_json(json.loads(json.dumps(facts.as_json()))) == facts
