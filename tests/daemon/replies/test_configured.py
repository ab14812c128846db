"""Who configures no topic for answers loads nothing that listens, and is asked to use the command."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from hersteld.config.settings import Target
from hersteld.daemon.replies.configured import Replies
from hersteld.daemon.replies.key import read_key
from hersteld.daemon.system.paths import reply_key_file
from tests.support.pipeline import Pipeline, a_file

LISTENS = Target(
    "phone",
    SecretStr("ntfy://127.0.0.1:9/anna"),
    reply=SecretStr("http://127.0.0.1:9/w8woord"),
)


def replies(pipeline: Pipeline, *targets: Target) -> Replies:
    settings = replace(pipeline.settings, notify=replace(pipeline.settings.notify, targets=targets))
    return Replies(pipeline.store, settings, pipeline.clock, lambda: None)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return Pipeline(tmp_path)


def test_without_a_topic_there_is_no_key_nothing_to_take_and_a_question_all_the_same(pipeline: Pipeline) -> None:
    made = replies(pipeline, Target("phone", LISTENS.url))
    made.start()
    assert not made.take()
    assert read_key(pipeline.store.path) is None
    pipeline.ask = made.asking(pipeline.store)
    pipeline.put("w.fit", a_file(bpm=None, sport="training", sub_sport="strength_training"))
    pipeline.look()
    ((_, message),) = pipeline.notifier.received
    assert "hersteld rpe 8" in message.body
    made.close()


def test_with_a_topic_there_is_a_key_and_the_message_has_buttons(pipeline: Pipeline) -> None:
    made = replies(pipeline, LISTENS)
    assert read_key(pipeline.store.path) is not None
    pipeline.ask = made.asking(pipeline.store)
    pipeline.put("w.fit", a_file(bpm=None, sport="training", sub_sport="strength_training"))
    pipeline.look()
    ((_, message),) = pipeline.notifier.received
    assert message.actions
    made.start()
    assert not made.take()
    made.close()


def test_where_no_key_can_be_made_messages_go_without_buttons(
    pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    reply_key_file(pipeline.store.path).symlink_to("/nowhere")
    made = replies(pipeline, LISTENS)
    assert "messages have no buttons" in caplog.text
    assert not made.take()
    made.close()


def test_what_listens_is_loaded_for_nobody_else() -> None:
    """In an interpreter of its own, as this one has loaded everything."""
    code = (
        "import sys; import hersteld.daemon.service.lifecycle;"
        "print([name for name in sys.modules if name.startswith('hersteld.daemon.replies.listening.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
