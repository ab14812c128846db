"""How long does a stop take, and what becomes of a message that is on its way?"""

from .tools.athletes import ANNA, DORA
from .tools.looking import RECEIVERS, call, holds, journal_of, messages_of, shown, stop_s, wait_until

LONGEST_S = 5.0


def a_stop_takes_less_than_five_seconds_with_a_message_on_its_way() -> str:
    receiver = RECEIVERS["dora"]
    wait_until(lambda: "sending" not in dict(messages_of(DORA)).values(), "earlier messages")
    begun = receiver.begun
    receiver.drips.set()
    DORA.drop("b.fit")
    wait_until(lambda: receiver.begun > begun, "the message to be on its way")
    taken_s = stop_s(DORA)
    holds(shown(DORA.unit, "Result") == "success", f"Result is {shown(DORA.unit, 'Result')}")
    holds("sent again at the next start" in journal_of(DORA), "nothing is said of it in the journal")
    holds([state for _, state in messages_of(DORA)].count("sending") == 1, f"{messages_of(DORA)}")
    holds(taken_s < LONGEST_S, f"it took {taken_s:.1f} s")
    return f"{taken_s:.1f} s"


def what_the_stop_cut_off_is_sent_at_the_next_start() -> str:
    receiver = RECEIVERS["dora"]
    receiver.drips.clear()
    before = len(receiver.accepted)
    call("systemctl", "start", DORA.unit)
    wait_until(lambda: len(receiver.accepted) > before, "the message")
    wait_until(lambda: "sending" not in dict(messages_of(DORA)).values(), "the message to be written down")
    firsts = [state for rule, state in messages_of(DORA) if rule == "first"]
    holds(firsts == ["sent", "sent"], f"{messages_of(DORA)}")
    return ""


def an_idle_service_stops_in_less_than_five_seconds() -> str:
    taken_s = stop_s(ANNA)
    holds(shown(ANNA.unit, "Result") == "success", f"Result is {shown(ANNA.unit, 'Result')}")
    holds(taken_s < LONGEST_S, f"it took {taken_s:.1f} s")
    return f"{taken_s:.1f} s"
