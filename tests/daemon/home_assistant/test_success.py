"""The log says once what is wrong and once that it is over, and two of the same name are found out."""

import logging

import pytest

from hersteld.daemon.home_assistant import success as module
from hersteld.daemon.home_assistant.refusals import BAD_LOGIN, BROKEN_OFF, NO_ANSWER, NOT_ALLOWED, TAKEN_OVER
from hersteld.daemon.home_assistant.success import LASTS_S, Success


class Time:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr(module, "time", time)
    return time


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


def holds_for(success: Success, time: Time, seconds: float) -> None:
    success.begins()
    success.connected()
    success.told()
    time.now_s += seconds
    success.told()


def test_an_outage_is_logged_once_and_its_end_once(time: Time, log: pytest.LogCaptureFixture) -> None:
    success = Success()
    holds_for(success, time, 5 * LASTS_S)
    for _ in range(50):
        success.failed(BROKEN_OFF)
        success.begins()
        success.failed(NO_ANSWER)
    assert success.trouble == NO_ANSWER
    holds_for(success, time, LASTS_S)
    assert success.trouble is None
    assert log.messages == [
        "Home Assistant is told how recovered you are.",
        "Home Assistant is not told: the server broke the connection off",
        "Home Assistant is not told: the broker does not answer",
        "Home Assistant is told again.",
    ]
    success.failed(NO_ANSWER)
    assert len(log.messages) == 5


def test_a_broker_that_is_away_at_first_and_comes_is_no_trouble_any_more_at_once(
    time: Time, log: pytest.LogCaptureFixture
) -> None:
    success = Success()
    success.begins()
    success.failed(NO_ANSWER)
    holds_for(success, time, 0)
    assert success.trouble is None
    assert log.messages[-1] == "Home Assistant is told how recovered you are."


def test_two_of_the_same_name_who_drive_each_other_out_are_told_so_until_one_stays(
    time: Time, log: pytest.LogCaptureFixture
) -> None:
    success = Success()
    for _ in range(100):
        holds_for(success, time, 30)
        success.failed(BROKEN_OFF)
    assert success.trouble is not None
    assert success.trouble.id == "home_assistant.broken_off_again"
    assert len(log.messages) == 3
    holds_for(success, time, LASTS_S - 1)
    assert success.trouble is not None
    holds_for(success, time, LASTS_S)
    assert success.trouble is None


def test_who_is_told_by_the_broker_that_another_came_says_so_until_it_lasts(time: Time) -> None:
    success = Success()
    holds_for(success, time, 1)
    success.failed(TAKEN_OVER)
    holds_for(success, time, 1)
    assert success.trouble == TAKEN_OVER
    holds_for(success, time, LASTS_S)
    assert success.trouble is None


def test_connections_that_last_and_break_now_and_then_are_no_row(time: Time) -> None:
    success = Success()
    for _ in range(20):
        holds_for(success, time, LASTS_S)
        success.failed(BROKEN_OFF)
        assert success.trouble == BROKEN_OFF


def test_a_topic_that_may_not_be_written_to_is_trouble_while_the_connection_holds(
    time: Time, log: pytest.LogCaptureFixture
) -> None:
    success = Success()
    success.begins()
    success.connected()
    success.failed(NOT_ALLOWED)
    success.told()
    time.now_s += 10 * LASTS_S
    success.told()
    assert success.trouble == NOT_ALLOWED
    assert log.messages == [
        "Home Assistant is not told: the broker does not let this user write to the topics of hersteld"
    ]


def test_a_wrong_password_after_a_break_is_named_as_what_it_is(time: Time) -> None:
    success = Success()
    holds_for(success, time, 1)
    success.failed(BROKEN_OFF)
    success.begins()
    success.failed(BAD_LOGIN)
    assert success.trouble == BAD_LOGIN
