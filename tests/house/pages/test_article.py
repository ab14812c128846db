"""Is every sentence of the article accounted for, by modules and tests that are there?"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "article.md"
SENTENCES = 49
_MODULE = re.compile(r"`((?:parsers|recovery|config|daemon)/[\w/]+\.(?:py|toml))`")
_NAMED = re.compile(r"`(?:(?P<file>tests/[\w/.]+\.py)::)?(?P<test>test_\w+)`")


def rows() -> list[list[str]]:
    """Return the cells of every row that is about sentences."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| (")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def test_every_sentence_stands_there_in_order() -> None:
    numbers = [int(one) for row in rows() for one in re.findall(r"\d+", row[0].partition(")")[0])]
    assert numbers == list(range(1, SENTENCES + 1))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0][:60])
def test_what_a_row_names_is_there(row: list[str]) -> None:
    _, where, held_by, narrowed = row
    missing = [module for module in _MODULE.findall(where) if not (ROOT / module).is_file()]
    assert not missing
    named = list(_NAMED.finditer(held_by))
    assert named or (where == "nowhere as such" and narrowed), "no test holds it, and no reason is given"
    file = None
    for one in named:
        file = one["file"] or file
        assert file is not None, f"{one[0]}: of which file?"
        assert f"def {one['test']}(" in (ROOT / file).read_text(encoding="utf-8"), f"{one[0]} is not in {file}"


def test_the_sections_are_those_of_the_six_keys() -> None:
    keys = re.findall(r"^## Key (\d)", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(key) for key in keys] == list(range(1, 7))


def test_both_sources_of_the_article_stand_among_those_of_the_rules() -> None:
    rules = (ROOT / "config" / "rules.toml").read_text(encoding="utf-8")
    assert "Brophy-Williams, Landers & Wallman 2011" in rules
    assert "Kenttä & Hassmén 1998" in rules
