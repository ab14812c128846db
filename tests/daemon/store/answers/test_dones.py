"""What is done needs no reminder, of this workout alone."""

from pathlib import Path

from hersteld.daemon.store.answers.dones import needless_reminders
from hersteld.daemon.store.answers.rows import Kind, Source, add_answer, take_back
from hersteld.recovery.answers.choices import KEY_OF
from hersteld.recovery.messages.draft import MessageKind
from tests.support.pipeline import NOON, Pipeline, a_file


def test_what_is_done_needs_no_reminder_until_it_is_taken_back(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("a.fit", a_file(NOON))
    pipeline.look()
    (workout,) = pipeline.stored()
    assert needless_reminders(pipeline.store, workout.id) == frozenset()
    given = [
        add_answer(
            pipeline.store,
            Kind.DONE,
            {"advice": what},
            source=Source.COMMAND,
            workout_id=workout.id,
            at=NOON,
            now=NOON,
        )
        for what in KEY_OF
    ]
    assert needless_reminders(pipeline.store, workout.id) == {
        MessageKind.PORTION,
        MessageKind.STRETCHED,
        MessageKind.MEAL,
    }
    assert needless_reminders(pipeline.store, workout.id + 1) == frozenset()
    take_back(pipeline.store, given[0], now=NOON)
    assert needless_reminders(pipeline.store, workout.id) == {MessageKind.STRETCHED, MessageKind.MEAL}
    pipeline.store.close()
