"""What does `hersteld init` ask at a terminal, and in which order?

Only what is missing and not given on the command line is asked. Nothing is written here: the last question shows what
would be, and asks whether to.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from hersteld.config.languages import as_language
from hersteld.config.places import expand
from hersteld.config.texts import speech
from hersteld.daemon.cli.printing.terminal import tell
from hersteld.daemon.cli.setup.first_run.alone import paths_of
from hersteld.daemon.cli.setup.first_run.asking import NOTHING, Back, ask, ask_yes, in_talk, numbered
from hersteld.daemon.cli.setup.first_run.said import (
    candidate_in_words,
    tell_difference,
    tell_wearers,
    value_in_words,
)
from hersteld.daemon.cli.setup.first_run.target import ask_target
from hersteld.daemon.setup.chosen import OF_QUANTITY, QUIET_HOURS, Chosen, entries_of
from hersteld.daemon.setup.document import NewTarget, written
from hersteld.daemon.setup.machine.likely_folders import (
    USUAL,
    LikelyFolder,
    can_be_written,
    is_there,
    likely_folders,
    short,
)
from hersteld.daemon.setup.machine.saving import refuse_unwritable
from hersteld.daemon.setup.newest_files import newest_workouts
from hersteld.daemon.setup.proposals import Candidate, Proposals, propose
from hersteld.daemon.setup.standing import KEYS, Standing
from hersteld.daemon.setup.typed import CHOICES, WORDS, NotAllowed, Value, typed, with_value
from hersteld.daemon.system.clock import SystemClock
from hersteld.daemon.system.paths import shown
from hersteld.parsers.line import Line

_QUESTIONS: Mapping[str, str] = {
    "notify.language": "setup.ask_language",
    "watch.folders": "setup.ask_folders",
    "athlete.experience": "setup.ask_experience",
    "athlete.birth_year": "setup.ask_birth_year",
    "athlete.mass_kg": "setup.ask_mass_kg",
    "athlete.max_hr": "setup.ask_max_hr",
    "athlete.resting_hr": "setup.ask_resting_hr",
    "athlete.ftp_w": "setup.ask_ftp_w",
    "athlete.conditions": "setup.ask_conditions",
    "notify.quiet_hours": "setup.ask_quiet_hours",
}


class Declined(Exception):  # noqa: N818 - says what happened
    """The user does not want it to be written."""


class Dialogue:
    """Asks for what is missing.

    Args:
        given: What the command line says of keys.
        targets: Those that the command line names.
        taken: Names of the receivers that there are.

    Attributes:
        chosen: What is to be written.
        targets: Who is to be added.
        to_make: The folders that are to be made once it is written.
        text: The whole configuration as it is to be.
    """

    def __init__(
        self,
        there: Standing,
        given: Mapping[str, Value],
        targets: tuple[NewTarget, ...],
        taken: frozenset[str],
    ) -> None:
        self.chosen = {key: Chosen(value) for key, value in given.items()}
        self.targets = targets
        self.to_make: tuple[Path, ...] = ()
        self.text = there.text or ""
        self._there = there
        self._given = given
        self._taken = taken
        self._year = SystemClock().now().year
        self._found: tuple[LikelyFolder, ...] | None = None
        self._read: tuple[tuple[Path, ...], Proposals] | None = None

    def run(self) -> None:
        """Ask every question, then whether to write.

        Raises:
            Declined: It is not to be written.
            EOFError: Nobody answers any more.
            NotSaved: It could not be written, whatever is answered.
        """
        steps = list(self._steps())
        if steps:
            refuse_unwritable(self._there.path)
            tell(speech.say("setup.how"))
        steps.append(self._confirm)
        at = 0
        while at < len(steps):
            try:
                steps[at]()
            except Back:
                at = max(0, at - 1)
            else:
                at += 1

    def _steps(self) -> Iterator[Callable[[], None]]:
        for key in KEYS:
            if key in self._there.missing and key not in self._given:
                yield partial(self._ask, key)
        if not self._there.has_target and not self.targets:
            yield self._ask_target

    def _ask(self, key: str) -> None:
        if key == "watch.folders":
            self.chosen[key] = Chosen(self._folders())
        elif key in OF_QUANTITY:
            self.chosen[key] = self._quantity(key)
        else:
            self.chosen[key] = self._word(key)
            if key == "notify.language" and (language := as_language(self.chosen[key].value)):
                speech.speak(language, SystemClock().zone())

    def _question(self, key: str) -> str:
        return speech.say(_QUESTIONS[key])

    def _typed(self, key: str, answer: str) -> Value:
        document = {**self._there.document}
        for other, one in self.chosen.items():
            if one.value is not None:
                document = with_value(document, other, one.value)
        try:
            return typed(key, answer, document, self._year)
        except NotAllowed as refused:
            raise in_talk(refused) from refused

    # --- words

    def _word(self, key: str) -> Chosen:
        """Ask for one or several words of a list, or for the quiet hours."""
        choices = CHOICES.get(key, ())
        words = "setup.level" if key == "athlete.experience" else WORDS.get(key, "")
        about = numbered(speech.word(words, choice) for choice in choices)

        def read(answer: str) -> Chosen:
            if answer == NOTHING and key == "athlete.experience":
                return Chosen(None)
            is_none = answer == NOTHING and key in ("athlete.conditions", "notify.quiet_hours")
            return Chosen(self._typed(key, "" if is_none else answer))

        return ask(self._question(key), self._default(key), read, about)

    def _default(self, key: str) -> str:
        """Return what Enter takes: the earlier answer, or else what most take."""
        before = self.chosen.get(key)
        defaults: dict[str, Value] = {
            "notify.language": speech.spoken_language(),
            "athlete.experience": "beginner",
            "athlete.conditions": [],
            "notify.quiet_hours": QUIET_HOURS,
        }
        value = defaults[key] if before is None else before.value
        return value_in_words(key, value) if value else NOTHING

    # --- folders

    def _folders(self) -> list[str]:
        if self._found is None:
            self._found = likely_folders(os.environ)
        found = [short(folder.path, os.environ) for folder in self._found]
        before = self.chosen.get("watch.folders")
        default = ", ".join(before.value) if before is not None and isinstance(before.value, list) else "1"
        about = [self._folder_line(folder) for folder in self._found]
        if not found:
            tell()
            tell(speech.say("setup.no_folder_found"), fg="yellow")
            default = default if before is not None else USUAL

        def read(answer: str) -> list[str]:
            pieces = [piece for piece in answer.replace(",", " ").split() if piece]
            if found and all(piece.isdecimal() for piece in pieces):
                if all(1 <= int(piece) <= len(found) for piece in pieces):
                    return list(dict.fromkeys(found[int(piece) - 1] for piece in pieces))
                raise NotAllowed(Line("setup.choose_number", {"most": len(found)}))
            if before is not None and answer == default:
                return list(before.value) if isinstance(before.value, list) else []
            return [_folder_of(answer)]

        folders = ask(self._question("watch.folders"), default, read, numbered(about))
        missing = [folder for folder in paths_of(folders) if not is_there(folder)]
        self.to_make = tuple(
            folder for folder in missing if ask_yes(speech.say("setup.ask_make", folder=shown(folder)))
        )
        return folders

    @staticmethod
    def _folder_line(folder: LikelyFolder) -> str:
        line_id = "setup.folder_one" if folder.files == 1 else "setup.folder_many"
        values: dict[str, str | int] = {"folder": shown(short(folder.path, os.environ)), "count": folder.files}
        return speech.said(Line(line_id, values))

    # --- numbers

    def _quantity(self, key: str) -> Chosen:
        """Ask for a number, and show what each device says of it."""
        proposals = self._proposals()
        proposal = proposals.of[OF_QUANTITY[key]]
        about = [candidate_in_words(key, candidate) for candidate in proposal.candidates]
        about += [
            speech.say("setup.factory", said=candidate_in_words(key, candidate)) for candidate in proposal.factory
        ]
        by_value: dict[Value, Candidate] = {candidate.value: candidate for candidate in proposal.candidates}
        before = self.chosen.get(key)
        default = NOTHING
        if before is not None:
            default = NOTHING if before.value is None else _number(before.value)
        elif proposal.candidates and not proposals.wearers:
            default = _number(proposal.candidates[0].value)

        def read(answer: str) -> Chosen:
            if answer == NOTHING:
                return Chosen(None)
            value = self._typed(key, answer)
            return Chosen(value, None if isinstance(value, list) else by_value.get(value))

        return ask(self._question(key), default, read, about)

    def _proposals(self) -> Proposals:
        """Return what the files of the chosen folders propose; they are read once."""
        chosen = self.chosen.get("watch.folders")
        folders = paths_of(chosen.value if chosen is not None else self._there.values.get("watch.folders"))
        if self._read is None or self._read[0] != folders:
            tell()
            tell(speech.say("setup.reading"))
            proposals = propose(newest_workouts(folders), self._year)
            self._read = folders, proposals
            if proposals.wearers:
                tell_wearers(proposals.wearers)
            elif not proposals.workouts:
                tell(speech.say("setup.no_workouts"))
        return self._read[1]

    # --- the end

    def _ask_target(self) -> None:
        target = ask_target(self._taken)
        self.targets = () if target is None else (target,)

    def _confirm(self) -> None:
        text = written(self._there.text or "", speech.say("setup.head"), entries_of(self.chosen), self.targets)
        self.text = text
        if text == self._there.text:
            return
        tell()
        tell_difference(self._there.path, self._there.text, text)
        if not ask_yes(speech.say("setup.ask_write")):
            raise Declined


def _number(value: Value) -> str:
    """Return a number as the reader's language writes it, without its unit."""
    return speech.say("setup.number", value=float(value)) if isinstance(value, int | float) else str(value)


def _folder_of(answer: str) -> str:
    """Return a folder that was typed as it is written.

    Raises:
        NotAllowed: It cannot be one.
    """
    path = expand(answer, os.environ)
    if not path.is_absolute() or "://" in answer or "\0" in answer:
        raise in_talk(NotAllowed(Line("problems.must_be_folder")))
    if not can_be_written(path):
        raise NotAllowed(Line("setup.odd_name"))
    if os.path.isfile(path):  # noqa: PTH113 - with Path.is_file() one in a folder closed to us is an error
        raise NotAllowed(Line("setup.is_a_file"))
    return short(path, os.environ)
