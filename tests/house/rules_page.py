"""Write the table of all numbers into docs/rules.md: `python -m tests.house.rules_page`."""

from pathlib import Path

from hersteld.config.rules import rule_table

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
MARK = "<!-- numbers: made by python -m tests.house.rules_page -->\n"


def numbers_table() -> str:
    """Return every number of rules.toml as a Markdown table."""
    lines = ["", "| number | value | unit | range | kind | source |", "|---|---|---|---|---|---|"]
    for section, numbers in rule_table().items():
        for name, entry in numbers.items():
            value = entry["value"]
            said = ", ".join(f"{one:g}" for one in value) if isinstance(value, list) else f"{value:g}"
            span = f"{entry['min']:g} – {entry['max']:g}"
            lines.append(
                f"| `{section}.{name}` | {said} | {entry['unit']} | {span} | {entry['kind']} | {entry['source']} |"
            )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text[: text.index(MARK) + len(MARK)] + numbers_table(), encoding="utf-8")
