"""What stands in the manual page? What `--help` says of every command, then exit codes, environment, files, examples.

`make man` writes the pages, and so does the build of a wheel, where neither click nor another dependency is installed:

    python -m hersteld.daemon.cli.man.page FOLDER
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from hersteld import __version__
from hersteld.config.languages import LANGUAGES, Language
from hersteld.config.texts.speech import say, speak, text_exists, word
from hersteld.daemon.cli.man.roff import bold, escaped, item, lines, macro, paragraph
from hersteld.daemon.cli.outline.commands import OutlinedCommand, OutlinedOption, stored
from hersteld.daemon.cli.outline.words import in_words, typed

EXIT_CODES = ("0", "1", "2", "65", "69", "74", "78", "130")
VARIABLES = (
    *("LC_ALL", "LC_MESSAGES", "LANG", "TZ", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "CONFIGURATION_DIRECTORY"),
    *("STATE_DIRECTORY", "CREDENTIALS_DIRECTORY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "TMPDIR", "NO_COLOR"),
)
FILES = {
    "~/.config/hersteld/hersteld.toml": "man.file_configuration",
    "~/Workouts": "man.file_workouts",
    "~/.local/state/hersteld/hersteld.db": "man.file_database",
    "~/.local/state/hersteld/hersteld.db.reply-key": "man.file_reply_key",
    "~/.local/state/hersteld/recovery.ics": "man.file_recovery",
    "~/.config/systemd/user/hersteld.service": "man.file_unit",
    "/etc/hersteld/NAME/hersteld.toml": "man.file_service_configuration",
    "/var/lib/hersteld/NAME": "man.file_service_state",
}
EXAMPLES = {
    "hersteld init": "man.example_init",
    "hersteld plan ~/Downloads/ride.fit": "man.example_plan",
    "hersteld rpe 8": "man.example_rpe",
    "hersteld weigh --before 72.4 --after 71.6 --drunk 0.5l": "man.example_weigh",
    "hersteld explain last": "man.example_explain",
    "hersteld pause ill": "man.example_pause",
}
OTHER_PAGES = (("journalctl", 1), ("loginctl", 1), ("systemctl", 1))
_OF_ONE = 1


def main(folder: Path) -> None:
    """Write the page in every language: English into the folder, any other into one of the language's name."""
    for language in LANGUAGES:
        path = page_path(folder, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(language, stored()[0]), encoding="ascii")
        print(path)  # noqa: T201 - whoever called make is told where to look


def page_path(folder: Path, language: Language) -> Path:
    """Return where the page of a language stands, below the folder of all pages."""
    return folder / ("" if language == LANGUAGES[0] else language) / "hersteld.1"


def page(language: Language, program: OutlinedCommand) -> str:
    """Return the manual page; this process speaks its language from then on."""
    speak(language, UTC)
    return "\n".join([*_head(program), *_commands(program), *_options(program), *_surroundings()]) + "\n"


def _head(program: OutlinedCommand) -> Iterator[str]:
    date = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or datetime.now(UTC).timestamp()), UTC)
    yield f'.TH HERSTELD 1 {date:%Y-%m-%d} "hersteld {__version__}" "{escaped(say("man.manual"))}"'
    yield ".nh"  # troff would divide Dutch words as English ones
    yield macro("SH", say("man.name"))
    yield lines(rf"hersteld \- {escaped(say('man.in_a_line'))}")
    yield macro("SH", say("man.synopsis"))
    yield _usage(program)
    yield macro("SH", say("man.description"))
    yield paragraph(say(program.text_id))
    for text_id in ("man.description_files", "man.description_service", program.more_id):
        yield ".PP"
        yield paragraph(say(text_id))


def _commands(program: OutlinedCommand) -> Iterator[str]:
    yield macro("SH", say("man.commands"))
    yield paragraph(say("man.commands_about"))
    shared = _shared(program)
    for command in program.each():
        if command is program:  # the rest of the page is about it
            continue
        yield macro("SS", " ".join(command.words))
        yield _usage(command)
        yield ".PP"
        yield paragraph(say(command.text_id))
        if text_exists(command.more_id):
            yield ".PP"
            yield paragraph(say(command.more_id))
        for option in command.options:
            if option not in shared:
                yield _option(option)
        also = [bold(name) for option in command.options if option in shared for name in option.names[-1:]]
        if also:
            yield ".PP"
            yield lines(f"{escaped(say('man.also'))} {', '.join(also)}.")


def _options(program: OutlinedCommand) -> Iterator[str]:
    yield macro("SH", say("man.options"))
    yield paragraph(say("man.options_of_the_program"))
    for option in program.options:
        yield _option(option)
    yield ".PP"
    yield paragraph(say("man.options_of_many"))
    for option in _shared(program):
        if option not in program.options:
            yield _option(option)


def _surroundings() -> Iterator[str]:
    yield macro("SH", say("man.exit_status"))
    yield from (item(bold(code), word("man.exit", code)) for code in EXIT_CODES)
    yield macro("SH", say("man.environment"))
    yield from (item(bold(name), word("man.variable", name)) for name in VARIABLES)
    yield macro("SH", say("man.files"))
    yield from (item(rf"\fI{escaped(path)}\fR", say(text_id)) for path, text_id in FILES.items())
    yield macro("SH", say("man.examples"))
    yield from (item(bold(line), say(text_id)) for line, text_id in EXAMPLES.items())
    yield macro("SH", say("man.see_also"))
    yield lines(", ".join(rf"{bold(name)}({section})" for name, section in OTHER_PAGES))
    yield ".PP"
    yield paragraph(say("man.see_docs"))


def _shared(program: OutlinedCommand) -> Mapping[OutlinedOption, int]:
    """Return the options that more than one command has, in the same words; the program's own are among them."""
    counted = Counter(option for command in program.each() for option in command.options)
    return {option: count for option, count in counted.items() if count > _OF_ONE}


def _usage(command: OutlinedCommand) -> str:
    return lines(f"{bold(' '.join(command.words))} {escaped(in_words(command.usage))}")


def _option(option: OutlinedOption) -> str:
    return item(bold(typed(option)), say(option.text_id))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
