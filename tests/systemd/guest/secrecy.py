"""Where could an address be seen that nobody should see?"""

from pathlib import Path

from .tools.athletes import ANNA, ATHLETES, DORA
from .tools.looking import as_user, ask, call, holds, pid_of


def the_address_is_in_no_environment_and_no_command_line() -> None:
    for athlete in (ANNA, DORA):
        seen = b"".join(Path(f"/proc/{pid_of(athlete)}", name).read_bytes() for name in ("environ", "cmdline"))
        _holds_none(seen.decode(errors="replace"), f"the process of {athlete.name}")
    _holds_none(call("ps", "axeww"), "the list of processes")


def the_address_is_in_nothing_that_systemd_shows() -> None:
    units = [athlete.unit for athlete in (ANNA, DORA)]
    _holds_none(call("systemctl", "show", "--all", *units), "systemctl show")
    _holds_none(call("systemctl", "status", "--full", *units), "systemctl status")
    _holds_none(call("systemctl", "cat", *units), "systemctl cat")


def the_address_can_be_read_by_no_other_user() -> str:
    place = f"/run/credentials/{ANNA.unit}/apprise"
    refused = as_user("bert", "cat", place, check=False)
    _holds_none(refused, "what bert reads")
    holds("denied" in refused, refused)
    return refused.strip()


def the_address_is_not_in_the_database_nor_in_what_hersteld_answers() -> None:
    for file in ANNA.state.iterdir():
        _holds_none(file.read_bytes().decode(errors="replace"), file.name)
    answer = ask(ANNA, "status", "--json")
    _holds_none(answer, "status --json")
    holds("running" in answer, answer)


def the_journal_holds_no_address() -> str:
    journal = call("journalctl", "--no-pager", "--output=export")
    holds("hersteld" in journal, "nothing of hersteld is in the journal")
    _holds_none(journal, "the journal")
    return f"{len(journal)} characters searched"


def _holds_none(text: str, place: str) -> None:
    # The name of what was found, not the line it stands in: this goes to a log as well.
    for athlete in ATHLETES:
        for number, secret in enumerate(athlete.secrets):
            holds(secret not in text, f"secret {number} of {athlete.name} is in {place}")
