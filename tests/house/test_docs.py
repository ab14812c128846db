"""What the papers say is what the program does."""

import re
from pathlib import Path

from hersteld.config.file.schema import settings_schema
from hersteld.recovery.athlete.profile import CONDITIONS, EXPERIENCES, FOODS
from tests.house.rules_page import MARK, PAGE, numbers_table

ROOT = Path(__file__).parents[2]
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def test_every_number_of_the_rules_stands_in_the_docs() -> None:
    said = PAGE.read_text(encoding="utf-8").partition(MARK)[2]
    assert said == numbers_table(), "write it anew with: python -m tests.house.rules_page"


def test_every_configuration_key_stands_in_the_docs() -> None:
    schema = settings_schema()
    properties = schema["properties"]
    assert set(properties) == {"athlete", "watch", "notify", "rules"}
    for table in ("athlete", "watch", "notify"):
        definition = properties[table]
        if "$ref" in definition:
            definition = schema["$defs"][definition["$ref"].rpartition("/")[2]]
        elif "allOf" in definition:
            definition = schema["$defs"][definition["allOf"][0]["$ref"].rpartition("/")[2]]
        for key in definition["properties"]:
            assert f"`{key}`" in CONFIGURATION, f"docs/configuration.md does not name {table}.{key}"


def test_every_allowed_word_stands_in_the_docs() -> None:
    for word in (*EXPERIENCES, *CONDITIONS, *FOODS):
        assert f'"{word}"' in CONFIGURATION


def test_every_link_between_the_papers_leads_somewhere() -> None:
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    assert len(papers) >= 5
    for paper in papers:
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", paper.read_text(encoding="utf-8")):
            assert (paper.parent / target).exists(), f"{paper.name} links to {target}"


def test_the_readmes_configuration_is_accepted(tmp_path: Path) -> None:
    from hersteld.config.file.load import load_settings

    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 3
    for number, block in enumerate(blocks):
        file = tmp_path / f"{number}.toml"
        file.write_text(re.sub(r"^   ", "", block, flags=re.MULTILINE), encoding="utf-8")
        file.chmod(0o600)
        load_settings(file, environ={"HOME": str(tmp_path)})
