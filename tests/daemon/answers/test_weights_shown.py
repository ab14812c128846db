"""`explain` shows what was said of a workout, and its loss without that."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.command_line import call, take_in
from tests.support.pipeline import a_file

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.mark.parametrize(
    ("language", "said", "loss"),
    [
        ("en", "You said: 72.4 kg before, 70.9 kg after, 0.5 l drunk.", " without your answer, 1.5 l with it."),
        ("nl", "Jij zei: 72,4 kg ervoor, 70,9 kg erna, 0,5 l gedronken.", " zonder jouw antwoord, 1,5 l ermee."),
    ],
)
def test_the_loss_is_explained_with_the_answer_and_without_it(
    language: str, said: str, loss: str, tmp_path: Path
) -> None:
    take_in(tmp_path, [("run.fit", a_file(NOW - timedelta(minutes=30), minutes=90))], now=NOW)
    assert said.partition(":")[0] not in call("explain", "--language", language, home=tmp_path).stdout
    assert call("weigh", "--before", "72.4", "--after", "70.9", "--drunk", "500ml", home=tmp_path).exit_code == 0
    explained = call("explain", "--language", language, home=tmp_path).stdout
    assert said in explained
    assert loss in explained
