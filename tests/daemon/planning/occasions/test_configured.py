"""Which occasions are on is for the configuration to say."""

from pathlib import Path

from hersteld.daemon.planning.occasions.configured import configured_occasions
from hersteld.recovery.messages.draft import OF_OCCASIONS, MessageKind
from tests.support.pipeline import Pipeline


def kinds(pipeline: Pipeline) -> list[MessageKind]:
    targets = pipeline.notifier.targets()
    occasions = configured_occasions(pipeline.store, pipeline.settings, targets, pipeline.clock)
    return [occasion.kind for occasion in occasions]


def test_no_two_occasions_have_the_same_kind(tmp_path: Path) -> None:
    found = kinds(Pipeline(tmp_path, notify__morning="07:00"))
    assert len(found) == len(set(found))
    assert OF_OCCASIONS.issuperset(found)


def test_the_morning_word_is_for_who_asks_for_it(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    assert MessageKind.MORNING not in kinds(pipeline)
    pipeline.configure(notify__morning="07:00")
    assert MessageKind.MORNING in kinds(pipeline)


def test_the_question_after_a_silence_can_be_turned_off(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    assert MessageKind.SILENCE in kinds(pipeline)
    pipeline.configure(notify__silence="false")
    assert MessageKind.SILENCE not in kinds(pipeline)


def test_the_word_of_the_week_can_be_turned_off(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.leave_to_default("notify.weekly")
    assert MessageKind.WEEKLY in kinds(pipeline)
    pipeline.configure(notify__weekly="false")
    assert MessageKind.WEEKLY not in kinds(pipeline)
