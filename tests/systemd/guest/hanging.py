"""Does systemd's watchdog end a service that hangs, in whichever thread?"""

import sys
from pathlib import Path

from .tools.athletes import BERT, CEES, Athlete
from .tools.freeze import delivery_thread, freeze
from .tools.looking import RECEIVERS, call, holds, is_watched, journal_of, messages_of, pid_of, shown, start, wait_until

CORES = Path("/var/cores")
_TIMED_OUT = "Watchdog timeout"
_LONGEST_S = 240.0  # a thread is called hung after two minutes, and systemd waits for its own limit on top


def a_delivery_thread_hangs_while_files_are_still_taken_in() -> str:
    CORES.mkdir(mode=0o777)
    CORES.chmod(0o777)
    Path("/proc/sys/kernel/core_pattern").write_text(f"{CORES}/core.%p")
    BERT.make_folder()
    wait_until(lambda: is_watched(pid_of(BERT), BERT.folder), "the folder to be watched")
    freeze(delivery_thread(pid_of(BERT)))
    BERT.drop("a.fit")
    wait_until(lambda: ("first", "pending") in messages_of(BERT), "the workout to be taken in")
    holds(not RECEIVERS["bert"].begun, "it was sent all the same: another thread was frozen")
    holds(shown(BERT.unit, "NRestarts") == "0", "it was started again too early")
    return "taken in, and not sent"


def a_main_loop_hangs() -> str:
    start(CEES)
    freeze(pid_of(CEES))  # the thread that bears the number of the process is the main thread
    CEES.drop("a.fit")
    holds(shown(CEES.unit, "NRestarts") == "0", "it was started again too early")
    return ""


def a_hung_main_loop_is_ended_by_the_watchdog_and_started_again() -> str:
    return _is_started_again(CEES)


def a_hung_delivery_thread_is_ended_by_the_watchdog_and_its_message_sent_once() -> str:
    said = _is_started_again(BERT)
    firsts = [state for rule, state in messages_of(BERT) if rule == "first"]
    wait_until(lambda: messages_of(BERT)[0] == ("first", "sent"), f"the message to be written down, not {firsts}")
    holds(len(RECEIVERS["bert"].accepted) == 1, f"{RECEIVERS['bert'].accepted}")
    return said


def a_service_ended_by_the_watchdog_leaves_no_core_file() -> str:
    holds(not list(CORES.iterdir()), f"{list(CORES.iterdir())}")
    call(
        "systemd-run",
        "--wait",
        "--property=LimitCORE=infinity",
        sys.executable,
        "-c",
        "import os; os.abort()",
        check=False,
    )
    holds(len(list(CORES.iterdir())) == 1, "a process without the limit left none either: nothing is shown by this")
    return ""


def _is_started_again(athlete: Athlete) -> str:
    taken_s = wait_until(lambda: shown(athlete.unit, "NRestarts") == "1", "a new start", _LONGEST_S)
    wait_until(lambda: shown(athlete.unit, "ActiveState") == "active", "the new start to be complete")
    holds(_TIMED_OUT in journal_of(athlete), journal_of(athlete))
    wait_until(lambda: RECEIVERS[athlete.name].accepted, "the file that came meanwhile to be told")
    return f"waited for {taken_s:.0f} s"
