"""Settings are complete and cannot be changed, and what is printed of them holds no address."""

from dataclasses import FrozenInstanceError, replace

import pytest
from pydantic import SecretStr

from hersteld.config.file.load import load_settings
from hersteld.config.settings import Target


def test_an_address_is_not_in_what_is_printed_of_a_target() -> None:
    target = Target("phone", SecretStr("ntfys://host/s3cret"), "/home/anna/hersteld.toml")
    assert "s3cret" not in repr(target)
    assert "s3cret" not in str(target)


def test_a_target_is_the_same_wherever_it_was_read() -> None:
    target = Target("phone", SecretStr("ntfys://host/topic"), "/a.toml")
    assert target == replace(target, file="/b.toml")
    assert target != replace(target, url=SecretStr("ntfys://host/other"))


def test_nothing_can_be_changed_afterwards(environ: dict[str, str]) -> None:
    settings = load_settings(None, environ=environ)
    with pytest.raises(FrozenInstanceError):
        settings.watch = settings.watch  # type: ignore[misc]
    with pytest.raises(TypeError):
        settings.notify.texts["ready"] = "x"  # type: ignore[index]
