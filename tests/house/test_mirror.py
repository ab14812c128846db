"""Is the test of a module where its name says? tests/ mirrors the product, folder by folder and file by file."""

from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
LAYERS = ("parsers", "recovery", "config", "daemon")


def modules() -> set[PurePosixPath]:
    """Return every module of the product, by its path in the project; rooms themselves (`__init__.py`) have no test."""
    files = (path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
    return {PurePosixPath(path.relative_to(ROOT)) for path in files if path.name != "__init__.py"}


def has_test(module: PurePosixPath) -> bool:
    """Return whether `tests/<folder>/test_<name>.py` is there; the name of `import_.py` may stand without its `_`."""
    folder = ROOT / "tests" / module.parent
    return any((folder / f"test_{name}.py").is_file() for name in (module.stem, module.stem.rstrip("_")))


def test_every_module_has_its_test_in_the_same_place() -> None:
    every = modules()
    assert len(every) > 100
    assert sorted(str(module) for module in every if not has_test(module)) == []


def test_a_module_is_found_only_by_its_own_test() -> None:
    assert has_test(PurePosixPath("daemon/inbox/scan.py"))
    assert not has_test(PurePosixPath("daemon/scan.py"))
    assert not has_test(PurePosixPath("daemon/inbox/sca.py"))
