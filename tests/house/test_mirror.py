"""Is the test of a module where its name says? tests/ mirrors the product, folder by folder and file by file."""

from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
LAYERS = ("parsers", "recovery", "config", "daemon")
WITHOUT_TEST = ROOT / "tests" / "house" / "modules_without_test.txt"
"""The modules that had no test of their own when this rule began. The list may only become shorter."""


def modules() -> set[PurePosixPath]:
    """Return every module of the product, by its path in the project; rooms themselves (`__init__.py`) have no test."""
    files = (path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
    return {PurePosixPath(path.relative_to(ROOT)) for path in files if path.name != "__init__.py"}


def has_test(module: PurePosixPath) -> bool:
    """Return whether `tests/<folder>/test_<name>.py` is there; the name of `import_.py` may stand without its `_`."""
    folder = ROOT / "tests" / module.parent
    return any((folder / f"test_{name}.py").is_file() for name in (module.stem, module.stem.rstrip("_")))


def listed() -> set[PurePosixPath]:
    """Return the modules that are allowed to be without a test of their own."""
    return {PurePosixPath(line) for line in WITHOUT_TEST.read_text(encoding="utf-8").split()}


def test_every_module_has_its_test_in_the_same_place() -> None:
    every = modules()
    assert len(every) > 100
    without = {module for module in every if not has_test(module)}
    print("to be taken off the list:", *sorted(map(str, listed() - without)))  # noqa: T201 - pytest -rP shows it
    assert sorted(map(str, without - listed())) == []


def test_a_module_is_found_only_by_its_own_test() -> None:
    assert has_test(PurePosixPath("daemon/inbox/scan.py"))
    assert not has_test(PurePosixPath("daemon/scan.py"))
    assert not has_test(PurePosixPath("daemon/inbox/sca.py"))
