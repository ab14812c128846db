"""`make validate`: compare with the makers' values, and write the figures into docs/validation.md."""

from collections.abc import Callable, Iterator, Sequence
from math import log
from pathlib import Path

from benchmarks.tables import table, write
from benchmarks.validation.makers import Compared, compared
from benchmarks.validation.statistics import agreement

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"
_WORST = 10
Value = Callable[[Compared], float | None]
_PAIRS: tuple[tuple[str, Value, Value], ...] = (
    ("load, EPOC", lambda workout: workout.load, lambda workout: workout.epoc),
    ("load, the maker's load", lambda workout: workout.load, lambda workout: workout.load_peak),
    ("load, stress score by power", lambda workout: workout.load, lambda workout: workout.stress_score),
    ("hours, the maker's hours as they stand", lambda workout: workout.hours, lambda workout: workout.recovery_h),
    (
        "hours, the maker's hours of this workout alone",
        lambda workout: workout.hours,
        lambda workout: workout.own_recovery_h if workout.carry_over_h is not None else None,
    ),
)


def main() -> None:
    """Compare, write, and print what was written."""
    workouts = list(compared())
    figures = table(("ours, theirs, sport", "workouts", "rank", "level", "typical error"), _figures(workouts))
    worst = table(("file", "sport", "ours", "theirs", "load", "from", "decided by"), _worst(workouts))
    write("figures", figures, PAGE)
    write("worst", worst, PAGE)
    print(figures, worst, sep="\n\n")


def _figures(workouts: Sequence[Compared]) -> Iterator[Sequence[str]]:
    for name, ours, theirs in _PAIRS:
        for family in ("all", "cycling", "running", "swimming", "walking"):
            pairs = [
                (a, b)
                for workout in workouts
                if family in ("all", workout.family)
                and (a := ours(workout)) is not None
                and (b := theirs(workout)) is not None
            ]
            found = agreement([a for a, _ in pairs], [b for _, b in pairs])
            if found is not None:
                yield (
                    f"{name}, {family}",
                    str(found.pairs),
                    str(found.rank),
                    str(found.level),
                    str(found.typical_error),
                )


def _worst(workouts: Sequence[Compared]) -> Iterator[Sequence[str]]:
    """Yield the workouts whose hours differ most from the maker's, by their ratio."""
    known = [
        (abs(log(workout.hours / own_h)), own_h, workout)
        for workout in workouts
        if (own_h := workout.own_recovery_h) is not None and workout.hours > 0
    ]
    for _, own_h, workout in sorted(known, key=lambda item: item[0], reverse=True)[:_WORST]:
        yield (
            workout.name,
            workout.family,
            f"{workout.hours:.1f} h",
            f"{own_h:.1f} h",
            f"{workout.load:.0f}",
            workout.rung,
            workout.decided_by,
        )


if __name__ == "__main__":
    main()
