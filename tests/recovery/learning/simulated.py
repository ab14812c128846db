"""How near to the truth does what is learned come, of simulated athletes whose sweat is known?

`python -m tests.recovery.learning.simulated` writes the table of `docs/weighing.md` anew.
"""

import random
from pathlib import Path
from statistics import mean, quantiles

from hersteld.config.rules import load_rules
from hersteld.recovery.athlete.history import SweatSample
from hersteld.recovery.learning.sweat import learned_sweat

PAGE = Path(__file__).parents[3] / "docs" / "weighing.md"
BEGIN, END = "<!-- simulated athletes -->\n", "<!-- end -->\n"
ATHLETES = 400
KCAL = 700.0
SCALES_OFF_KG = 0.1
"""Each weighing is off by so much (standard deviation), and so is each sweat by a tenth from day to day."""
DAY_TO_DAY = 0.10
MILD_C = 20.0


def errors(number: int, *, one_odd: bool = False) -> list[float]:
    """Return by which share what is used after so many weigh-ins is off the true sweat, of each athlete."""
    rules, dice = load_rules(), random.Random(number)
    model = float(rules.hydration.sweat_ml_per_kcal)
    found = []
    for _ in range(ATHLETES):
        truth = dice.lognormvariate(0.0, 0.3) * model
        measured = []
        for _ in range(number):
            off_ml = 1000 * (dice.gauss(0, SCALES_OFF_KG) - dice.gauss(0, SCALES_OFF_KG))
            measured.append(truth * dice.gauss(1, DAY_TO_DAY) + off_ml / KCAL)
        if one_odd and measured:
            measured[dice.randrange(number)] *= dice.choice((0.3, 3.0))
        own = learned_sweat([SweatSample(one, MILD_C) for one in measured], MILD_C, rules.learning)
        found.append(abs((model if own is None else own.value) / truth - 1))
    return found


def table() -> str:
    """Return the table of the docs."""
    lines = [
        "| weigh-ins | mean error | nine in ten below | with one odd weigh-in among them |",
        "|---|---|---|---|",
    ]
    for number in (0, 2, 3, 4, 5, 8, 12, 20):
        plain, odd = errors(number), errors(number, one_odd=True)
        most = quantiles(plain, n=10)[-1]
        with_odd = f"{mean(odd):.0%}" if number else ""
        lines.append(f"| {number} | {mean(plain):.0%} | {most:.0%} | {with_odd} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the table anew."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(before + BEGIN + table() + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
