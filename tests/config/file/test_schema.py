"""The schema for editors knows every key, range, rule and text id."""

import json
from pathlib import Path

from hersteld.config.file.load import load_settings
from hersteld.config.file.models import AthleteTable, NotifyTable, SettingsFile, Table, TargetTable, WatchTable
from hersteld.config.file.schema import dotted_keys, node_at, settings_schema
from hersteld.config.file.show import settings_shown
from hersteld.config.rules import rule_table
from hersteld.config.texts.catalogue import text_ids

SCHEMA = settings_schema()


def test_every_key_of_the_settings_stands_in_the_schema() -> None:
    keys = set(dotted_keys(SCHEMA))
    tables: dict[str, type[Table]] = {
        "": SettingsFile,
        "athlete.": AthleteTable,
        "watch.": WatchTable,
        "notify.": NotifyTable,
        "notify.targets.": TargetTable,
    }
    for prefix, table in tables.items():
        assert {prefix + name for name in table.model_fields} <= keys
    assert {f"rules.{section}.{name}" for section, entries in rule_table().items() for name in entries} <= keys


def test_what_is_shown_has_the_keys_of_the_schema(tmp_path: Path) -> None:
    settings = load_settings(None, environ={"HOME": str(tmp_path)})
    for table, shown in settings_shown(settings, all_rules=True).items():
        assert set(shown) <= set(node_at(SCHEMA, (table,))["properties"])


def test_every_key_is_explained_and_no_other_is_allowed() -> None:
    for key in dotted_keys(SCHEMA):
        if key.startswith("rules."):
            continue
        place = tuple(key.replace("targets.", "targets.0.").split("."))
        node = node_at(SCHEMA, tuple(int(part) if part == "0" else part for part in place))
        assert node["description"], key
        if "properties" in node:
            assert node["additionalProperties"] is False, key
    assert SCHEMA["additionalProperties"] is False


def test_ranges_choices_and_rules_are_in_it() -> None:
    assert node_at(SCHEMA, ("athlete", "mass_kg"))["minimum"] == 20
    assert node_at(SCHEMA, ("athlete", "mass_kg"))["maximum"] == 300
    assert node_at(SCHEMA, ("notify", "language"))["enum"] == ["en", "nl"]
    portion = node_at(SCHEMA, ("rules", "hydration", "first_portion_ml"))
    assert (portion["minimum"], portion["maximum"], portion["default"]) == (100, 800, 800)
    assert "article key 3" in portion["description"]


def test_every_text_id_is_in_it() -> None:
    assert set(node_at(SCHEMA, ("notify", "texts"))["propertyNames"]["enum"]) == set(text_ids())


def test_it_is_plain_json_without_references_and_null() -> None:
    text = json.dumps(SCHEMA)
    assert "$ref" not in text
    assert '"null"' not in text
