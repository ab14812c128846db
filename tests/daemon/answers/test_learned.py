"""What is forgotten counts no more in any plan, and what was never learned is not missed."""

from pathlib import Path

from hersteld.daemon.answers.learned import Forgetting
from hersteld.daemon.store.answers.lessons import LESSONS, forgotten_at
from tests.support.pipeline import NOON, Pipeline, a_file


def test_all_that_was_learned_is_forgotten_at_once(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.put("run.fit", a_file(NOON))
    pipeline.look()
    before = pipeline.stored()
    Forgetting(pipeline.store, pipeline.settings, pipeline.clock).forget_all()
    assert [forgotten_at(pipeline.store, what) for what in LESSONS] == [pipeline.clock.now()] * 2
    assert pipeline.stored() == before
    assert not pipeline.ingest.reassessment.is_due or not pipeline.ingest.reassessment.assess_next()
    pipeline.store.close()
