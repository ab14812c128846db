"""Which keys and values does hersteld.toml allow, in a form that editors and sentences can use?"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from hersteld.config.file.models import SettingsFile
from hersteld.config.rules import rule_table
from hersteld.config.texts.catalogue import text_ids
from hersteld.parsers.line import Line

Schema = dict[str, Any]

_KINDS = frozenset({"number", "integer", "string", "boolean", "array", "object"})


def settings_schema() -> Schema:
    """Return the JSON Schema (2020-12) of hersteld.toml, with every rule's range and every text id."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **keys_schema()}
    properties = dict(schema["properties"])
    properties["rules"] = _rules_schema(properties["rules"]["description"])
    notify = properties["notify"]
    texts = {**notify["properties"]["texts"], "propertyNames": {"enum": sorted(text_ids())}}
    properties["notify"] = {**notify, "properties": {**notify["properties"], "texts": texts}}
    return {**schema, "properties": properties}


@cache
def keys_schema() -> Schema:
    """Return the schema of the keys alone, without references and without null, which TOML does not have."""
    schema = SettingsFile.model_json_schema()
    definitions = schema.pop("$defs")
    plain: Schema = _plain(schema, definitions)
    plain["title"] = "hersteld.toml"
    return plain


def dotted_keys(schema: Schema, prefix: str = "") -> Iterator[str]:
    """Yield every key of a schema, "athlete.mass_kg"; those of a list's items as "notify.targets.name"."""
    node = schema.get("items", schema)
    for name, child in node.get("properties", {}).items():
        yield prefix + name
        yield from dotted_keys(child, f"{prefix}{name}.")


def node_at(schema: Schema, place: tuple[int | str, ...]) -> Schema:
    """Return the part of a schema that governs a place; {} where anything goes."""
    for part in place:
        if isinstance(part, int):
            schema = schema.get("items", {})
        else:
            schema = schema.get("properties", {}).get(part) or _free(schema)
    return schema


def kind_of(node: Schema) -> str:
    """Return the key of the word list `problems.kind` for what a schema allows."""
    kind = str(node.get("type", ""))
    return kind if kind in _KINDS else "other"


def requirement(node: Schema) -> Line:
    """Return what a value must be by its schema: "must be a number from 20 to 300"."""
    if "enum" in node:
        return Line("problems.must_be_one_of", {"words": ", ".join(map(str, node["enum"]))})
    kind, low, high = kind_of(node), node.get("minimum"), node.get("maximum")
    if low is not None and high is not None:
        return Line("problems.must_be_from_to", {"kind": kind, "low": f"{low:g}", "high": f"{high:g}"})
    if low is not None:
        return Line("problems.must_be_at_least", {"kind": kind, "low": f"{low:g}"})
    if node.get("minItems"):
        return Line("problems.must_be_filled")
    if kind == "array" and "maxItems" in node:
        return Line("problems.must_be_list_up_to", {"most": node["maxItems"]})
    if kind == "string" and "minLength" in node and "maxLength" in node:
        return Line("problems.must_be_letters", {"low": node["minLength"], "high": node["maxLength"]})
    if kind == "array" and "enum" in node.get("items", {}):
        return Line("problems.must_be_list_of", {"words": ", ".join(node["items"]["enum"])})
    return Line("problems.must_be", {"kind": kind})


def _free(schema: Schema) -> Schema:
    """Return what a table allows under names of the user's choice."""
    extra = schema.get("additionalProperties")
    return extra if isinstance(extra, dict) else {}


def _plain(node: Any, definitions: Mapping[str, Schema]) -> Any:
    """Return a schema with references filled in and the choice "or null" taken out."""
    if isinstance(node, list):
        return [_plain(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    node = dict(node)
    if reference := node.pop("$ref", None):
        node = {**definitions[reference.rpartition("/")[2]], **node}
    if choices := node.pop("anyOf", None):
        (only,) = (choice for choice in choices if choice != {"type": "null"})
        node = {**only, **node}
    if node.get("default", ...) is None:
        del node["default"]
    if isinstance(node.get("title"), str):  # pydantic's own wording; a key called "title" would be a dict
        del node["title"]
    return {key: _plain(value, definitions) for key, value in node.items()}


def _rules_schema(description: str) -> Schema:
    """Return the schema of [rules], one table per section of rules.toml."""
    sections: Schema = {}
    for section, numbers in rule_table().items():
        properties: Schema = {}
        for name, entry in numbers.items():
            one: Schema = {"type": "number", "minimum": entry["min"], "maximum": entry["max"]}
            value = entry["value"]
            if isinstance(value, list):
                one = {"type": "array", "items": one, "minItems": len(value), "maxItems": len(value)}
            said = f"{entry['unit']} · {entry['kind']} · {entry['source']}"
            properties[name] = {**one, "default": value, "description": said}
        sections[section] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"type": "object", "description": description, "properties": sections, "additionalProperties": False}
