"""`hersteld check` says who gets pictures, who goes without for now, and whether any can be drawn."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.config.texts.speech import said
from hersteld.daemon.cli.setup import check_pictures as module
from hersteld.daemon.cli.setup.check_pictures import check_pictures
from hersteld.daemon.delivery.pictures.refusals import PictureRefusals
from hersteld.daemon.views.check import Finding
from hersteld.parsers.line import Line
from tests.support.command_line import settings_in
from tests.support.pipeline import NOON

TARGETS = (
    Target("phone", SecretStr("ntfys://ntfy.example.org/anna")),
    Target("public", SecretStr("ntfys://ntfy.sh/anna")),
    Target("home", SecretStr("gotify://example.org/tokentokentoken")),
    Target("mail", SecretStr("json://example.org")),
)


def findings(home: Path, *targets: Target) -> list[Finding]:
    settings = settings_in(home)
    settings = replace(settings, notify=replace(settings.notify, targets=targets))
    return list(check_pictures(settings, home / "hersteld.db", {}, NOON))


def test_each_receiver_that_gets_pictures_is_named_and_who_refused_one_until_when(tmp_path: Path) -> None:
    refusals = PictureRefusals(tmp_path / "hersteld.db")
    refusals.keep("mail", Line("delivery.server_answered", {"code": 413, "words": "too_long"}), NOON)
    found = findings(tmp_path, *TARGETS)
    assert [(one.state, one.line.values["name"]) for one in found] == [("ok", "phone"), ("warn", "mail")]
    assert "the server answered 413 (message too long)" in said(found[1].line)
    assert found[1].line.values["until"] == NOON + timedelta(days=1)
    assert found[1].advice is not None


def test_where_none_can_be_drawn_that_is_said_once_and_only_to_who_would_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "fault", lambda: Line("card.not_installed"))
    (found,) = findings(tmp_path, *TARGETS)
    assert found.state == "warn"
    assert "the package resvg-py is not installed" in said(found.line)
    assert findings(tmp_path, TARGETS[1]) == []


def test_an_address_that_cannot_be_used_is_told_elsewhere(tmp_path: Path) -> None:
    assert findings(tmp_path, Target("x", SecretStr("nonsense://x"))) == []
