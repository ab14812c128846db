"""Whatever counts in the files of the configuration shows in what stands there, and nothing else does."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from hersteld.config.file.load import load_settings

PHONE = '[[notify.targets]]\nname = "phone"\nurl = "ntfys://ntfy.example.org/anna-s3cret"\n'
HOME = f'[athlete]\nmass_kg = 72\n[watch]\nfolders = ["~/a"]\n[notify]\nurls_file = "urls"\n{PHONE}'
URLS = "tablet=json://localhost/s3cret\n"


def written(
    folder: Path,
    config: str,
    urls: str = URLS,
    *,
    overrides: Mapping[str, str] | None = None,
    environ: Mapping[str, str] | None = None,
) -> str:
    for name, text in (("hersteld.toml", config), ("urls", urls)):
        (folder / name).touch(mode=0o600)
        (folder / name).write_text(text)
    settings = load_settings(
        folder / "hersteld.toml", overrides=overrides or {}, environ={"HOME": str(folder), **(environ or {})}
    )
    assert "s3cret" not in repr(settings)
    return settings.written.get_secret_value()


@pytest.mark.parametrize(
    ("config", "urls"),
    [
        (HOME.replace("72", "73"), URLS),
        (HOME.replace("mass_kg = 72", 'mass_kg = 72\nfood = ["vegan"]'), URLS),
        (HOME.replace("[notify]", '[notify]\nlanguage = "nl"'), URLS),
        (HOME.replace("[watch]", "[watch]\npoll_every_s = 30"), URLS),
        (HOME.replace("anna", "bert"), URLS),
        (HOME.replace("phone", "telephone"), URLS),
        (HOME.replace(PHONE, ""), URLS),
        (f'{HOME}[health]\nping_url = "https://hc.example.org/s3cret"\n', URLS),
        (f"{HOME}[rules.hydration]\nportion_ml = 250\n", URLS),
        (f'{HOME}[notify.texts]\nomega3 = "Herring"\n', URLS),
        (HOME, URLS.replace("localhost", "example.org")),
        (HOME, URLS.replace("tablet", "bed")),
        (HOME, f"{URLS}json://example.org\n"),
    ],
)
def test_what_counts_shows(config: str, urls: str, tmp_path: Path) -> None:
    assert written(tmp_path, config, urls) != written(tmp_path, HOME)


def test_what_does_not_count_does_not_show(tmp_path: Path) -> None:
    """Nor does what one command has and the next has not: its command line, its locale, systemd's credentials."""
    before = written(tmp_path, HOME)
    assert written(tmp_path, f"# A comment\n\n{HOME}", f"# Another\n{URLS}") == before
    assert written(tmp_path, HOME.replace("~/a", "~/b")) == before
    assert written(tmp_path, HOME.replace('[watch]\nfolders = ["~/a"]\n', "")) == before
    assert written(tmp_path, HOME, overrides={"athlete.mass_kg": "80", "athlete.sex": "female"}) == before
    assert written(tmp_path, HOME, environ={"LC_ALL": "nl_NL.UTF-8"}) == before
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "apprise").write_text("bed=json://localhost/s3cret")
    (credentials / "ping_url").write_text("https://hc.example.org/s3cret")
    assert written(tmp_path, HOME, environ={"CREDENTIALS_DIRECTORY": str(credentials)}) == before
