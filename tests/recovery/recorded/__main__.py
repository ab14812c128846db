"""`python -m tests.recovery.recorded`: record anew what the rules make of many workouts.

It refuses where the results differ and `recovery.rules.VERSION` is the recorded one, because stored workouts are then
not assessed anew. `--unreleased` is for a version that no user has yet.
"""

import sys

from tests.recovery.recorded.many import many
from tests.recovery.recorded.messages import said_line_of
from tests.recovery.recorded.written import MANY, RECORD, SAID, all_made, head, line_of


def main() -> None:
    """Write the record."""
    lines = [*head(), *(line_of(made) for made in all_made())]
    before = RECORD.read_text(encoding="utf-8").splitlines() if RECORD.exists() else []
    if before[:2] == lines[:2] and before != lines and "--unreleased" not in sys.argv:
        sys.exit("The results differ. Raise recovery.rules.VERSION, or give --unreleased if no user has this version.")
    SAID.write_text("".join(f"{said_line_of(made)}\n" for made in many(MANY)), encoding="utf-8")
    RECORD.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
