"""What does `hersteld init` tell of what it finds and what it writes?"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from hersteld.config.texts import speech
from hersteld.daemon.cli.printing.terminal import say, tell
from hersteld.daemon.setup.chosen import Chosen
from hersteld.daemon.setup.machine.likely_folders import LikelyFolder, is_there, short
from hersteld.daemon.setup.machine.saving import difference
from hersteld.daemon.setup.proposals import Candidate, Proposal, Proposals, Wearer
from hersteld.daemon.setup.standing import KEYS, Standing
from hersteld.daemon.setup.typed import WORDS, Value
from hersteld.daemon.system.paths import shown
from hersteld.parsers.line import Line


def value_in_words(key: str, value: Value) -> str:
    """Return a value as the reader's language says it."""
    if isinstance(value, list):
        words = [speech.word(WORDS[key], one) if key in WORDS else one for one in value]
        return ", ".join(words) if words else speech.say("setup.nothing")
    if isinstance(value, str):
        return speech.word(WORDS[key], value) if key in WORDS else value or speech.say("setup.nothing")
    if key == "athlete.birth_year":
        return str(value)
    unit = speech.word("setup.unit", key.partition(".")[2])
    return speech.say("setup.measure", value=value, unit=unit)


def name_of(key: str) -> str:
    """Return what a key is called."""
    return speech.word("setup.key", key)


def tell_standing(there: Standing, targets: Iterable[str]) -> None:
    """Tell what stands in the configuration; of a receiver only its name."""
    tell(speech.say("setup.standing", file=shown(there.path)))
    for key in KEYS:
        if key in there.values:
            tell(f"  {name_of(key)}: {value_in_words(key, there.values[key])}")
    for target in targets:
        tell(f"  {speech.say('setup.target')}: {target}")


def tell_folders(found: Iterable[LikelyFolder], environ: Mapping[str, str]) -> None:
    """Tell which folders hold FIT files."""
    for folder in found:
        line_id = "setup.folder_one" if folder.files == 1 else "setup.folder_many"
        tell("  " + speech.said(Line(line_id, {"folder": shown(short(folder.path, environ)), "count": folder.files})))


def tell_missing(folders: Iterable[Path]) -> None:
    """Tell which folders are not there."""
    for folder in folders:
        if not is_there(folder):
            tell(speech.say("setup.folder_missing", folder=shown(folder)), fg="yellow")


def tell_wearers(wearers: Iterable[Wearer]) -> None:
    """Tell that the files are of several athletes, and of whom."""
    tell(speech.say("setup.several"), fg="yellow")
    for wearer in wearers:
        traits = []
        if wearer.birth_year is not None:
            traits.append(speech.say("setup.born", year=str(wearer.birth_year)))
        if wearer.mass_kg is not None:
            traits.append(value_in_words("athlete.mass_kg", wearer.mass_kg))
        tell(f"  {device_of(wearer.device)}: {', '.join(traits) or speech.say('setup.nothing')}")


def tell_taken(chosen: Mapping[str, Chosen], proposals: Proposals) -> None:
    """Tell what was taken from files without a question, and what was not."""
    if not proposals.workouts:
        tell(speech.say("setup.no_workouts"))
        return
    tell(speech.say("setup.read_one" if proposals.workouts == 1 else "setup.read_many", count=proposals.workouts))
    for quantity, proposal in proposals.of.items():
        key = f"athlete.{quantity}"
        if key not in chosen:
            continue
        one = chosen[key]
        if one.candidate is not None:
            tell(f"  {name_of(key)}: {candidate_in_words(key, one.candidate)}")
            others = [other for other in proposal.candidates if other.value != one.value]
            for other in others:
                tell(f"    {speech.say('setup.other', said=candidate_in_words(key, other))}")
        tell_factory(key, proposal)


def tell_factory(key: str, proposal: Proposal) -> None:
    """Tell what is a factory setting."""
    for factory in proposal.factory:
        said = candidate_in_words(key, factory)
        tell(f"  {name_of(key)}: {speech.say('setup.factory', said=said)}")


def candidate_in_words(key: str, candidate: Candidate) -> str:
    """Return a value with the device that says it."""
    value, device = value_in_words(key, candidate.value), device_of(candidate.device)
    if candidate.day is None:
        return speech.say("setup.candidate_undated", value=value, device=device)
    day, year = candidate.day, str(candidate.day.year)
    return speech.say("setup.candidate", value=value, device=device, day=day, year=year)


def device_of(name: str) -> str:
    """Return what a device is called."""
    return name or speech.word("setup.device", "unknown")


def tell_difference(path: Path, before: str | None, after: str) -> None:
    """Tell what will stand in the file, or how it will change; no secret is shown."""
    tell(speech.say("setup.will_hold" if before is None else "setup.will_change", file=shown(path)))
    tell_changes(before, after)


def tell_changes(before: str | None, after: str) -> None:
    """Tell the lines that change; of a new file all of them."""
    tell()
    colours = {"+": "green", "-": "red"} if before is not None else {}
    for line in difference(before or "", after):
        say(f"  {line}".rstrip(), fg=colours.get(line[:1]))
    tell()
