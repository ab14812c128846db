"""Which test writes which figures: read from the text of the tests, so that none of them needs to be collected."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]
NAME = "figures"


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker above a test, or in what it is parametrized with; also one that the module gives a name.

    Attributes:
        row: How the row begins.
        form: How its figures are written, "{tried} kills".
    """

    path: Path
    test: str
    row: str
    form: str


def pattern_of(form: str) -> str:
    """Return what matches the figures, whatever the numbers are."""
    return re.sub(r"\\{\w+(:.*?)?\\}", r"[\\d.,]*\\d", re.escape(form))


def names_in(form: str) -> tuple[str, ...]:
    """Return the names of the numbers that a form asks for."""
    return tuple(re.findall(r"{(\w+)", form))


@cache
def markers() -> tuple[Marker, ...]:
    """Return all there are."""
    return tuple(marker for path in sorted(TESTS.rglob("*.py")) for marker in _markers_in(path))


def _markers_in(path: Path) -> Iterator[Marker]:
    text = path.read_text(encoding="utf-8")
    if f"pytest.mark.{NAME}(" not in text:
        return
    module = ast.parse(text)
    named = {
        name.id: node.value
        for node in module.body
        if isinstance(node, ast.Assign) and _is_figures(node.value)
        for name in node.targets
        if isinstance(name, ast.Name)
    }
    for test in [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]:
        for above in [node for decorator in test.decorator_list for node in ast.walk(decorator)]:
            call = named.get(above.id) if isinstance(above, ast.Name) else above
            if isinstance(call, ast.Call) and _is_figures(call):
                row, form = map(ast.literal_eval, call.args)
                yield Marker(path, test.name, row, form)


def _is_figures(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == f"pytest.mark.{NAME}"
