"""`python -m tests.parsers.activity.drawn`: record anew what is read of the drawn recordings."""

from tests.parsers.activity.drawn.written import RECORD, lines


def main() -> None:
    """Write the record."""
    RECORD.write_text("".join(f"{line}\n" for _, line in lines()), encoding="utf-8")


if __name__ == "__main__":
    main()
