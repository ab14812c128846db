"""Of all that is written to a topic, only what this database signed reaches the service, and each of it once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hersteld.daemon.replies.listening import listener_program
from hersteld.daemon.replies.listening.listener_program import MOST_TOLD, Follower
from hersteld.daemon.replies.listening.pace import Pace
from hersteld.daemon.replies.tokens import COUNTS_FOR, Reply, Tokens
from hersteld.daemon.system.channel import Closed, Json
from tests.support.ntfy.server import NtfyServer

TOPIC = "w8woord-topic"
TOKENS = Tokens(bytes(32), "a database")
PACE = Pace(silent_s=5.0, first_s=1.0, last_s=60.0, refused_s=3600.0)


def token(workout_id: int = 17, rpe: int = 8, *, counts_for: timedelta = COUNTS_FOR) -> str:
    return TOKENS.made(Reply(workout_id, rpe, datetime.now(UTC) + counts_for))


class Following:
    """A follower that is stepped by hand, and what the service hears of it."""

    def __init__(self, ntfy: NtfyServer, reader: str | None = None) -> None:
        self.ntfy = ntfy
        self.told: list[Json] = []
        topic = {"name": "phone", "url": f"{ntfy.url}/{TOPIC}", "token": reader}
        self.follower = Follower(topic, TOKENS, PACE, self.hear, chance=lambda: 0.5)
        self.enough = 0

    def hear(self, what: Json) -> None:
        self.told.append(what)
        if "token" in what and len(self.tokens) >= self.enough:
            self.ntfy.cut()

    @property
    def tokens(self) -> list[Any]:
        return [what["token"] for what in self.told if "token" in what]

    @property
    def faults(self) -> list[Any]:
        return [what["fault"] for what in self.told if what.get("fault")]

    def step(self, enough: int = 0) -> float:
        """Read until so many tokens were heard, or the connection ends; return the pause after it."""
        self.enough = enough
        return self.follower.step()


@pytest.fixture
def ntfy() -> Iterator[NtfyServer]:
    with NtfyServer() as server:
        yield server


def test_a_tap_is_told_with_its_moment(ntfy: NtfyServer) -> None:
    following = Following(ntfy)
    given = ntfy.publish(TOPIC, token())
    following.step(enough=1)
    (said,) = [what for what in following.told if "token" in what]
    assert (said["name"], said["token"]) == ("phone", given.body)
    assert datetime.fromisoformat(str(said["sent_at"])) == datetime.fromtimestamp(given.at_s, UTC)


@pytest.mark.parametrize("kind", ["forged", "doubled", "late", "of another athlete", "no token at all"])
def test_ten_thousand_others_are_not_told(ntfy: NtfyServer, kind: str) -> None:
    following = Following(ntfy)
    doubled = token(1, 3)
    ntfy.publish(TOPIC, doubled)
    late = token(counts_for=timedelta(minutes=-5))
    others = Tokens(bytes(32), "another database").made(Reply(17, 8, datetime.now(UTC) + COUNTS_FOR))
    for number in range(10_000):
        forged = f"{number:034d}"
        text = {"forged": forged, "doubled": doubled, "late": late, "of another athlete": others}.get(kind, f"{number}")
        ntfy.publish(TOPIC, text)
    last = ntfy.publish(TOPIC, token())
    following.step(enough=2)
    assert following.tokens == [doubled, last.body]


def test_the_same_token_is_told_again_after_another_of_the_same_question_but_not_for_ever(ntfy: NtfyServer) -> None:
    following = Following(ntfy)
    eight, three, other = token(1, 8), token(1, 3), token(2, 3)
    for _ in range(MOST_TOLD + 5):
        for text in (eight, other, eight, three):
            ntfy.publish(TOPIC, text)
    last = ntfy.publish(TOPIC, token(9))
    following.step(enough=2 * MOST_TOLD + 2)
    assert following.tokens == [eight, other, three, *[eight, three] * (MOST_TOLD - 1), last.body]


def test_after_a_lost_connection_it_goes_on_where_it_was(ntfy: NtfyServer) -> None:
    following = Following(ntfy)
    one = ntfy.publish(TOPIC, token(1))
    following.step(enough=1)
    two = ntfy.publish(TOPIC, token(2))
    following.step(enough=2)
    assert ntfy.asked[-1].query["since"] == one.id
    assert following.tokens == [one.body, two.body]


def test_at_the_start_it_asks_for_what_would_still_count(ntfy: NtfyServer) -> None:
    ntfy.publish(TOPIC, token())
    Following(ntfy).step(enough=1)
    since = datetime.fromtimestamp(int(ntfy.asked[0].query["since"]), UTC)
    assert abs(datetime.now(UTC) - COUNTS_FOR - since) < timedelta(minutes=1)


def test_a_server_that_keeps_nothing_is_read_as_any_other(ntfy: NtfyServer) -> None:
    ntfy.caches = False
    following = Following(ntfy)
    ntfy.publish(TOPIC, token(1))  # nobody read, and nobody kept it
    ntfy.cut()
    heard = token(2)
    ntfy.raw = b'{"id":"abc123","time":1,"event":"message","topic":"t","message":"%s"}\n' % heard.encode()
    following.step(enough=1)
    assert following.tokens == [heard]


@pytest.mark.parametrize("status", [401, 403])
def test_a_server_that_refuses_is_told_at_once_and_left_alone_for_an_hour(ntfy: NtfyServer, status: int) -> None:
    ntfy.refusals.append((status, {}))
    following = Following(ntfy)
    assert following.step() == 3600.0
    assert len(following.faults) == 1
    assert str(status) in following.faults[0]


def test_a_server_that_asks_to_be_left_alone_is(ntfy: NtfyServer) -> None:
    ntfy.refusals.append((429, {"Retry-After": "120"}))
    assert Following(ntfy).step() >= 120


def test_a_server_that_is_down_is_tried_ever_more_seldom_and_told_from_the_second_failure_on(ntfy: NtfyServer) -> None:
    following = Following(ntfy)
    ntfy.down()
    assert [following.step() for _ in range(8)] == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    assert len(following.faults) == 7
    ntfy.up()
    ntfy.publish(TOPIC, token())
    following.step(enough=1)
    assert [what["fault"] for what in following.told if "fault" in what][7] is None


def test_what_breaks_down_while_reading_ends_no_follower(ntfy: NtfyServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """With two topics nobody would notice that one of them is not read any more."""

    def broken(*_: object, **__: object) -> None:
        raise MemoryError

    following = Following(ntfy)
    with monkeypatch.context() as patched:
        patched.setattr(listener_program, "read_topic", broken)
        assert [following.step() for _ in range(3)] == [1.0, 2.0, 4.0]
    assert len(following.faults) == 2
    sound = ntfy.publish(TOPIC, token())
    following.step(enough=1)
    assert following.tokens == [sound.body]


def test_a_server_that_breaks_off_at_once_is_no_server_that_is_heard_again(ntfy: NtfyServer) -> None:
    """Or the log would say so at each try, for as long as that lasts."""
    following = Following(ntfy)
    ntfy.down()
    for _ in range(2):
        following.step()
    ntfy.up()
    ntfy.breaks_off = True
    for _ in range(5):
        following.step()
    assert len(following.faults) == 6
    assert [what for what in following.told if what.get("fault") is None] == []
    ntfy.breaks_off = False
    ntfy.publish(TOPIC, token())
    following.step(enough=1)
    assert [what["fault"] for what in following.told if "fault" in what][6] is None


def test_a_clock_that_was_wrong_at_the_start_asks_for_the_right_time_later(
    ntfy: NtfyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("time.time", lambda: 86_400.0)  # a board without a clock wakes up in 1970
        following = Following(ntfy)
        ntfy.refusals.append((400, {}))
        following.step()
    ntfy.publish(TOPIC, token())
    following.step(enough=1)
    first, second = (int(asked.query["since"]) for asked in ntfy.asked)
    assert first > 0
    assert abs(datetime.now(UTC) - COUNTS_FOR - datetime.fromtimestamp(second, UTC)) < timedelta(minutes=1)


def test_it_ends_when_the_service_has_gone(ntfy: NtfyServer) -> None:
    def gone(what: Json) -> None:
        raise Closed(what)

    topic = {"name": "phone", "url": f"{ntfy.url}/{TOPIC}", "token": None}
    Follower(topic, TOKENS, PACE, gone).run()
    assert len(ntfy.asked) == 1
