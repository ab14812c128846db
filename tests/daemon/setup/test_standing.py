"""What stands in the configuration is not missing, wherever it is and however its targets are named."""

from pathlib import Path

from hersteld.config.file.load import load_settings
from hersteld.daemon.setup.standing import KEYS, Standing, place_of, standing


def stands(tmp_path: Path, text: str) -> Standing:
    file = tmp_path / "hersteld.toml"
    file.touch(mode=0o600)
    file.write_text(text)
    return standing(file, load_settings(file, environ={"HOME": str(tmp_path)}))


def test_where_there_is_no_file_everything_is_missing(tmp_path: Path) -> None:
    there = standing(tmp_path / "hersteld.toml", None)
    assert there.missing == KEYS
    assert there.text is None
    assert not there.has_target


def test_what_stands_there_is_not_missing(tmp_path: Path) -> None:
    there = stands(tmp_path, 'notify.quiet_hours = ""\n[athlete]\nmax_hr = 188\nconditions = []\n')
    assert there.values == {"notify.quiet_hours": "", "athlete.max_hr": 188, "athlete.conditions": []}
    assert set(KEYS) - set(there.missing) == set(there.values)


def test_a_target_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "urls").touch(mode=0o600)
    (tmp_path / "urls").write_text("desktop://\n")
    assert stands(tmp_path, '[notify]\nurls_file = "urls"\n').has_target
    assert not stands(tmp_path, "[notify]\n").has_target


def test_the_place_is_the_file_named_or_the_one_found_or_the_users_own(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path)}
    own = tmp_path / ".config" / "hersteld" / "hersteld.toml"
    assert place_of(None, environ) == own
    assert place_of(None, {**environ, "XDG_CONFIG_HOME": "/x"}) == Path("/x/hersteld/hersteld.toml")
    assert place_of(tmp_path / "my.toml", environ) == tmp_path / "my.toml"
    own.parent.mkdir(parents=True)
    own.touch()
    assert place_of(None, {**environ, "CONFIGURATION_DIRECTORY": "/nowhere"}) == own
