"""The lock holds all that hersteld needs, each by its hash, and says of no place where it is to be got."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENTRIES = [entry for entry in re.split(r"\n(?=\S)", LOCK) if not entry.startswith("#")]
PLATFORMS = [
    {"python_version": version, "python_full_version": f"{version}.1", "platform_machine": machine}
    for version in ("3.11", "3.12", "3.13", "3.14")
    for machine in ("x86_64", "aarch64")
]


def locked(environment: dict[str, str]) -> dict[str, str]:
    """Return the version of each package that the lock gives this machine."""
    requirements = [Requirement(entry.split(" \\\n")[0]) for entry in ENTRIES]
    return {
        canonicalize_name(one.name): str(one.specifier).removeprefix("==")
        for one in requirements
        if one.marker is None or one.marker.evaluate({**environment, "sys_platform": "linux", "os_name": "posix"})
    }


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda one: f"{one['python_version']}-{one['platform_machine']}")
def test_the_lock_satisfies_every_dependency_on_every_machine(platform: dict[str, str]) -> None:
    versions = locked(platform)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for dependency in map(Requirement, project["dependencies"]):
        version = versions.get(canonicalize_name(dependency.name))
        assert version is not None, f"{dependency.name} is not in requirements.lock; run: make lock"
        assert dependency.specifier.contains(version), f"{dependency} is locked to {version}; run: make lock"


def test_every_package_of_the_lock_is_one_version_by_its_hash() -> None:
    assert len(ENTRIES) > 20
    for entry in ENTRIES:
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; .+)? \\\n    --hash=sha256:[0-9a-f]{64}", entry), entry.splitlines()[0]


def test_the_lock_names_no_place_to_get_packages_from() -> None:
    assert "://" not in LOCK
    assert [line for line in LOCK.splitlines() if line.startswith("-")] == []
