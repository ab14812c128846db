"""Both units on a real systemd: a Debian boots in an emulated machine without a network, and looks after itself.

`make test-systemd` runs this. It takes minutes, so plain `make test` does not collect it.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.support.measured.figures import Measured
from tests.systemd.guest.checks import CHECKS
from tests.systemd.machine import Outcome, lives_between_cuts, outcomes


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Outcome]]:
    place = tmp_path_factory.mktemp("machine")
    return place, outcomes(place)


@pytest.mark.parametrize("name", [check.__name__ for check in CHECKS])
def test_on_the_booted_machine(results: tuple[Path, dict[str, Outcome]], name: str) -> None:
    place, found = results
    assert name in found, f"it was not reached; the console ended with:\n{(place / 'console.log').read_text()[-3000:]}"
    assert found[name].ok, found[name].said


@pytest.mark.figures("the power of a whole machine", "{cuts} cuts, {workouts} workouts: lost 0, repeated {repeated}")
def test_a_machine_whose_power_is_cut_three_times_loses_nothing_and_repeats_one_message(
    tmp_path: Path, measured: Measured
) -> None:
    """After the commit of a workout, after the receiver had a message whole, and while a file was read.

    qemu is killed, so that what the machine had not written is lost, and the machine boots again on the same disk.
    """
    lives = lives_between_cuts(tmp_path)
    said = [line for life in lives for line in life]
    moments = [line["moment"] for line in said if "moment" in line]
    assert moments == ["stored", "accepted", "reading"], said
    (end,) = [line["end"] for line in said if "end" in line]
    assert (end["code"], end["verdict"], end["workouts"]) == (0, "ok", 3)
    assert end["stored"] == ["one.fit", "three.fit", "two.fit"]
    assert [state for _, state in end["messages"]] == ["sent"] * 3
    heard = Counter(line["heard"] for line in said if "heard" in line)
    first, accepted_at_the_cut, third = (title for title, _ in end["messages"])
    assert heard == {first: 1, accepted_at_the_cut: 2, third: 1}
    measured(cuts=len(moments), workouts=end["workouts"], repeated=heard.total() - len(heard))
