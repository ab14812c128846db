"""The stored outline has what the commands have, and names their texts."""

from hersteld.config.texts.catalogue import load_texts
from hersteld.daemon.cli.main import COMMANDS
from hersteld.daemon.cli.outline.commands import OutlinedCommand, key_of, stored


def test_every_command_is_in_the_order_of_the_help() -> None:
    program, _keys = stored()
    assert [command.name for command in program.commands] == list(COMMANDS)
    (config,) = (command for command in program.commands if command.name == "config")
    assert [command.words for command in config.each()] == [
        ("hersteld", "config"),
        ("hersteld", "config", "schema"),
        ("hersteld", "config", "show"),
    ]


def test_a_command_says_how_it_is_used() -> None:
    program, _keys = stored()
    usages = {each.name: each.usage for each in program.each()}
    assert usages["hersteld"] == "[OPTIONS] COMMAND [ARGS]..."
    assert usages["explain"] == "[OPTIONS] [WORKOUT|FILE]"
    assert usages["status"] == "[OPTIONS]"


def test_a_command_names_its_texts() -> None:
    assert key_of(("hersteld",)) == ""
    assert key_of(("hersteld", "notify-test")) == "_notify_test"
    show = OutlinedCommand(("hersteld", "config", "show"), (), (), ())
    assert (show.text_id, show.more_id) == ("help.command_config_show", "help.about_config_show")


def test_every_text_that_is_named_is_there() -> None:
    texts = load_texts("nl").templates
    program, _keys = stored()
    for command in program.each():
        assert command.text_id in texts
        assert all(option.text_id in texts for option in command.options)


def test_keys_have_the_words_that_they_may_have_and_no_address_is_among_them() -> None:
    _program, keys = stored()
    assert keys["athlete.sex"] == ("male", "female")
    assert keys["notify.silence"] == ("true", "false")
    assert keys["athlete.mass_kg"] == ()
    assert "rules.hydration.portion_ml" in keys
    assert [key for key in keys if "url" in key and key != "notify.urls_file"] == []
    assert not {"athlete", "notify.targets", "notify.targets.url", "notify.texts"} & set(keys)
