"""What keeps messages from being sent is trouble, and its reason is named."""

from datetime import timedelta
from pathlib import Path

import pytest

from hersteld.daemon.database.connection import Store
from hersteld.daemon.delivery.notifiers import SendResult
from hersteld.daemon.delivery.threads import DeliveryThreads
from hersteld.daemon.health.sending import REFUSED_S, trouble_of_sending
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.system.clock import SystemClock
from hersteld.parsers.line import Line
from tests.support.machine.waiting import until
from tests.support.measured.figures import Measured
from tests.support.messages import a_message
from tests.support.pipeline import ScriptedNotifier
from tests.support.sentences import sentence


class LaterClock(SystemClock):
    """A clock of which a test says how much later it is."""

    later_s = 0.0

    def monotonic_s(self) -> float:
        return super().monotonic_s() + self.later_s


@pytest.mark.figures("every target refuses its messages", "{targets} targets")
def test_targets_that_all_refuse_for_an_hour_are_trouble(tmp_path: Path, measured: Measured) -> None:
    refused = {"phone", "watch"}
    why = Line("delivery.refused_connection")
    notifier = ScriptedNotifier("phone", "watch", answer=lambda name, _: SendResult(name not in refused, why))
    clock = LaterClock()
    now = clock.now()
    with Store(tmp_path / "a.db") as store:
        outbox = Outbox(store)
        outbox.queue("a", None, [a_message("a", "t", "b", now, now + timedelta(hours=9))], notifier.names, now=now)
        deliverer = DeliveryThreads(tmp_path / "a.db", notifier, clock)
        deliverer.start()
        try:
            until(lambda: len(deliverer.refused_for(0)) == 2)
            assert trouble_of_sending(deliverer) is None
            trouble = trouble_of_sending(deliverer, refused_s=0)
            assert trouble is not None
            assert trouble.id == "delivery_stands"
            assert f"phone: {sentence(why)}, watch: {sentence(why)}" in sentence(trouble.line)
            assert deliverer.refused_for(REFUSED_S) == {}
            clock.later_s = REFUSED_S
            assert set(deliverer.refused_for(REFUSED_S)) == {"phone", "watch"}
            refused.remove("watch")
            store.change("UPDATE outbox SET try_at = due_at")
            deliverer.wake()
            until(lambda: len(notifier.received) == 1)
            until(lambda: trouble_of_sending(deliverer, refused_s=0) is None)
        finally:
            assert deliverer.stop(60)
    measured(targets=len(notifier.names))


def test_it_is_said_why_nothing_can_be_sent(tmp_path: Path) -> None:
    clock = SystemClock()
    now = clock.now()
    with Store(tmp_path / "a.db") as store:
        Outbox(store).queue("a", None, [a_message("a", "t", "b", now, now + timedelta(hours=1))], ["phone"], now=now)
        store.change("UPDATE outbox SET created_at = 'some day'")
        deliverer = DeliveryThreads(tmp_path / "a.db", ScriptedNotifier("phone"), clock)
        deliverer.start()
        try:
            until(lambda: trouble_of_sending(deliverer) is not None)
            trouble = trouble_of_sending(deliverer)
            assert trouble is not None
            assert trouble.id == "delivery_stands"
            assert "phone: Invalid isoformat string: 'some day'" in sentence(trouble.line)
        finally:
            assert deliverer.stop(60)


def test_nobody_to_tell_is_no_trouble(tmp_path: Path) -> None:
    assert trouble_of_sending(DeliveryThreads(tmp_path / "a.db", ScriptedNotifier(), SystemClock())) is None
