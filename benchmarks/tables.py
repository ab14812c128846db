"""How are the results written down?"""

from collections.abc import Iterable, Sequence
from pathlib import Path

README = Path(__file__).with_name("README.md")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, its first column to the left and the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def write(section: str, text: str, path: Path = README) -> None:
    """Put a text between the markers of a section of the page, in the place of what stood there."""
    begin, end = f"<!-- {section} -->", f"<!-- end of {section} -->"
    whole = path.read_text(encoding="utf-8")
    head, rest = whole.split(begin)
    path.write_text(f"{head}{begin}\n{text}\n{end}{rest.split(end)[1]}", encoding="utf-8")
