"""Which occasions are on is for the configuration to say."""

from pathlib import Path

from hersteld.daemon.planning.occasions.configured import configured_occasions
from tests.support.pipeline import Pipeline


def test_no_two_occasions_have_the_same_kind(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    kinds = [occasion.kind for occasion in configured_occasions(pipeline.store, pipeline.settings, pipeline.clock)]
    assert len(kinds) == len(set(kinds))
