"""What stands for a word of the user's own is said in the user's language; names of options stay."""

from hersteld.daemon.cli.outline.commands import OutlinedOption
from hersteld.daemon.cli.outline.words import in_words, typed
from tests.support.languages import speaking


def test_what_stands_for_a_word_is_in_the_language_of_the_process() -> None:
    assert in_words("[WORKOUT|FILE]") == "[WORKOUT|FILE]"
    with speaking("nl"):
        assert in_words("[WORKOUT|FILE]") == "[TRAINING|BESTAND]"
        assert in_words("[en|nl]") == "[en|nl]"


def test_an_option_stands_with_all_its_names_and_what_it_takes() -> None:
    assert typed(OutlinedOption(("-v", "--verbose"), "", "help.option_verbose", is_repeatable=False)) == "-v, --verbose"
    with speaking("nl"):
        key = OutlinedOption(("--set",), "KEY=VALUE", "help.option_assignments", is_repeatable=True)
        assert typed(key) == "--set SLEUTEL=WAARDE"
