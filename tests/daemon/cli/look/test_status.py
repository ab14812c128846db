"""`status` tells whether the daemon runs, what was missed, and what it has no room for."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hersteld.daemon.cli.look.explain import _print_explained
from hersteld.daemon.cli.look.status import _told_in_the_morning, refuted_lines
from hersteld.daemon.cli.readiness import readiness_said
from hersteld.daemon.database.connection import Store
from hersteld.daemon.database.lock import AlreadyRunning, DatabaseLock, daemon_at
from hersteld.daemon.health.record import Health, HealthFile
from hersteld.daemon.outbox.queue import Outbox
from hersteld.daemon.store.workouts import Workouts
from hersteld.daemon.system.paths import database_path
from hersteld.daemon.views.explained import Explained
from hersteld.daemon.views.status import how_things_stand
from hersteld.daemon.words.voice import Voice
from hersteld.parsers.line import Line
from hersteld.recovery.messages.readiness import announced_readiness
from tests.support.command_line import call, environment_in, settings_in, take_in
from tests.support.fit.messages import RIDER, hard_ride
from tests.support.fit.recoveries import AMSTERDAM, recovery_of
from tests.support.messages import a_message
from tests.support.pipeline import NOON, a_file

NOW = datetime.now(UTC)


def test_a_daemon_is_seen_while_it_has_the_lock_and_nobody_is_kept_out_by_looking(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    assert daemon_at(database) is None
    with DatabaseLock(database) as lock:
        lock.looked(NOW - timedelta(minutes=3))
        daemon = daemon_at(database)
        assert daemon is not None
        assert abs(daemon.looked_at - (NOW - timedelta(minutes=3))) < timedelta(seconds=1)
        with pytest.raises(AlreadyRunning), DatabaseLock(database):
            pass
    assert daemon_at(database) is None
    with DatabaseLock(database):
        assert daemon_at(database) is not None


def test_status_tells_whether_hersteld_runs_and_how_long_ago_it_looked(tmp_path: Path) -> None:
    database = database_path(environment_in(tmp_path))
    with Store(database):
        pass
    assert "hersteld is not running" in call("status", "--language", "en", home=tmp_path).stdout
    assert json.loads(call("status", "--json", home=tmp_path).stdout)["running"] is False
    with DatabaseLock(database) as lock:
        lock.looked(datetime.now(UTC))
        assert "it has not looked into all its folders yet" in call("status", "--language", "en", home=tmp_path).stdout
        for minutes, told in ((0, "within the last minute"), (47, "it last looked into the folders 47 min ago")):
            now = datetime.now(UTC)
            HealthFile(database).write(Health(os.getpid(), now, looked_at=now - timedelta(minutes=minutes, seconds=1)))
            assert told in call("status", "--language", "en", home=tmp_path).stdout
        found = json.loads(call("status", "--json", home=tmp_path).stdout)
    assert (found["running"], found["looked_at"] < found["now"]) == (True, True)


def test_status_lists_what_was_missed_unless_something_else_said_it(tmp_path: Path) -> None:
    began = NOW - timedelta(hours=5)
    soon, late = began + timedelta(hours=1), began + timedelta(hours=4)
    spare = a_message("first_later_1", "Later", "b", soon, late, unless_sent=("first",))
    with Store(database_path(environment_in(tmp_path))) as store:
        outbox = Outbox(store)
        outbox.queue("a", None, [a_message("first", "Zwaar", "b", began, soon), spare], ["phone"], now=began)
        outbox.queue("b", None, [a_message("evening", "Vanavond", "b", began, soon)], ["phone"], now=began)
        assert len(outbox.expire("phone", now=soon)) == 2
        row = outbox.claim("phone", now=soon)
        assert row is not None
        outbox.record_sent(row.id, now=soon)
    assert [row["rule"] for row in json.loads(call("status", "--json", home=tmp_path).stdout)["expired"]] == ["evening"]
    assert "Vanavond" in call("status", "--language", "nl", home=tmp_path).stdout


@pytest.mark.parametrize(("may_have_arrived", "where"), [(True, "unknown"), (False, "failed")])
def test_status_lists_no_message_beside_the_one_in_whose_place_it_stood(
    tmp_path: Path, may_have_arrived: bool, where: str
) -> None:
    end = NOW + timedelta(hours=1)
    spare = a_message("first_later_1", "Later", "b", NOW, end, unless_sent=("first",))
    with Store(database_path(environment_in(tmp_path))) as store:
        outbox = Outbox(store)
        outbox.queue("a", None, [a_message("first", "Zwaar", "b", NOW, end), spare], ["phone"], now=NOW)
        row = outbox.claim("phone", now=NOW)
        assert row is not None
        if may_have_arrived:
            outbox.record_unanswered(row.id, Line("delivery.unanswered"), now=NOW)
        else:
            outbox.record_refused(row.id, Line("delivery.refused_connection"), now=NOW)
        for at in [NOW + timedelta(minutes=5)] * 2:
            row = outbox.claim("phone", now=at)
            if row is not None:
                outbox.record_refused(row.id, Line("delivery.refused_connection"), now=at)
        assert len(outbox.expire("phone", now=end)) == 2
    found = json.loads(call("status", "--json", home=tmp_path).stdout)
    listed = {name: [row["rule"] for row in found[name]] for name in ("due", "failed", "unknown", "expired")}
    assert listed == {"due": [], "failed": [], "unknown": [], "expired": []} | {where: ["first"]}


def test_titles_in_another_language_than_the_one_asked_for_are_said_to_be_as_they_are_sent(tmp_path: Path) -> None:
    said = {"en": "in the language in which they are sent", "nl": "in de taal waarin ze worden gestuurd"}
    with Store(database_path(environment_in(tmp_path))):
        pass
    assert said["nl"] not in call("status", "--language", "nl", home=tmp_path).stdout, "no message, no word"
    for asked, configured in (("en", "nl"), ("nl", "en")):
        with Store(database_path(environment_in(tmp_path))) as store:
            message = a_message("first", "Zwaar", "b", NOW, NOW + timedelta(hours=1))
            Outbox(store).queue(asked, None, [message], ["phone"], now=NOW)
        words = ("status", "--set", f"notify.language={configured}")
        assert said[asked] in call(*words, "--language", asked, home=tmp_path).stdout
        assert said[configured] not in call(*words, home=tmp_path).stdout
        assert said[configured] not in call(*words, "--language", configured, home=tmp_path).stdout


@pytest.mark.parametrize("language", ["en", "nl"])
def test_status_says_of_what_left_and_was_not_answered_that_nobody_knows(tmp_path: Path, language: str) -> None:
    with Store(database_path(environment_in(tmp_path))) as store:
        outbox = Outbox(store)
        for identity, tries in (("a", 1), ("b", 2)):
            letter = a_message("first", f"Rit {identity}", "b", NOW, NOW + timedelta(hours=9))
            outbox.queue(identity, None, [letter], [identity], now=NOW)
            for at in (NOW, NOW + timedelta(minutes=5))[:tries]:
                row = outbox.claim(identity, now=at)
                assert row is not None
                outbox.record_unanswered(row.id, Line("delivery.unanswered"), now=at)
    said = " ".join(call("status", "--language", language, home=tmp_path).stdout.split())
    unknown, once_more = {
        "en": ("not known whether it arrived: it was sent, but no answer came", "; once more at "),
        "nl": ("onbekend of het is aangekomen: het is verstuurd, maar er kwam geen antwoord", "; nog één keer om "),
    }[language]
    assert (said.count(unknown), said.count(once_more)) == (2, 1)
    found = json.loads(call("status", "--json", home=tmp_path).stdout)
    for where, state in (("due", "Rit a"), ("unknown", "Rit b")):
        (row,) = found[where]
        assert (row["title"], row["state"], row["reason_id"]) == (state, "unknown", "delivery.unanswered")
    assert (found["failed"], found["expired"]) == ([], [])


@pytest.mark.parametrize(("language", "more"), [("en", "And {} more"), ("nl", "En nog {}")])
def test_what_status_has_no_room_for_is_counted_and_listed_when_asked_for(
    tmp_path: Path, language: str, more: str
) -> None:
    files = [(f"{number:02}.fit", f"no FIT file at all, really: {number}".encode()) for number in range(23)]
    take_in(tmp_path, files, now=NOW)
    with Store(database_path(environment_in(tmp_path))) as store:
        for number in range(23):
            letter = a_message(
                "first", f"Workout {number:02}", "b", NOW + timedelta(minutes=number), NOW + timedelta(days=1)
            )
            Outbox(store).queue(str(number), None, [letter], ["phone"], now=NOW)
    said = call("status", "--language", language, home=tmp_path).stdout
    assert (said.count(".fit "), said.count("Workout ")) == (5, 20)
    for count in (18, 3):
        assert said.count(f"{more.format(count)}; hersteld status --all") == 1
    every = call("status", "--language", language, "--all", home=tmp_path).stdout
    assert (every.count(".fit "), every.count("Workout ")) == (23, 23)
    assert "--all" not in every
    found = json.loads(call("status", "--json", home=tmp_path).stdout)
    assert (len(found["rejected"]), len(found["due"])) == (23, 23)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_clock_that_is_behind_shows(tmp_path: Path, language: str) -> None:
    with Store(database_path(environment_in(tmp_path))) as store:
        ahead = NOW + timedelta(days=3)
        letter = a_message("first", "Zwaar", "b", ahead, ahead + timedelta(hours=1))
        Outbox(store).queue("a", None, [letter], ["phone"], now=ahead)
        store.change("UPDATE outbox SET changed_at = created_at")
    said = call("status", "--language", language, home=tmp_path).stdout
    assert {"en": "shows a moment that has passed", "nl": "al voorbij"}[language] in " ".join(said.split())


def test_status_says_which_muscles_rest_and_keeps_the_week_after_a_very_long_run_easy(tmp_path: Path) -> None:
    take_in(tmp_path, [("ride.fit", a_file(sport="cycling", bpm=175))], now=NOON)
    with Store(database_path(environment_in(tmp_path)), create=False) as store:
        (ride,) = Workouts(store).newest(1)
    settings = settings_in(tmp_path)
    voice, dutch = Voice(settings.notify, UTC), Voice(settings_in(tmp_path, notify__language="nl").notify, UTC)
    after = timedelta(hours=1)
    resting = replace(ride, easy_from=NOON + 24 * after, ready_at=NOON + 48 * after, ready_other_at=NOON + 8 * after)
    legs = replace(resting, resting_muscles=("quadriceps", "glutes"))
    assert readiness_said(voice, settings, legs, NOON) == (
        "Legs: hard again from Fri 12:00. Swimming and upper body from Wed 20:00."
    )
    assert readiness_said(voice, settings, legs, NOON + 10 * after).endswith("Swimming and upper body now.")
    assert readiness_said(dutch, settings, legs, NOON + 10 * after).endswith("Zwemmen en bovenlichaam nu al.")
    assert readiness_said(voice, settings, legs, NOON + 49 * after) == "You are ready for hard training."
    assert "hard" not in readiness_said(voice, settings, resting, NOON + 49 * after, adult=False)
    marathon = replace(resting, easy_week_until=NOON + 168 * after)
    assert readiness_said(voice, settings, marathon, NOON) == "Easy training from Thu 12:00; keep this week easy."
    for hours in (25, 50, 167):
        told = readiness_said(voice, settings, marathon, NOON + hours * after)
        assert told == "Easy training is fine; keep this week easy."
    assert readiness_said(voice, settings, marathon, NOON + 169 * after) == "You are ready for hard training."


@pytest.mark.parametrize(("key", "language", "said"), [
    ("max_hr", "en", "athlete.max_hr is 150; you reached 183 {}. Set it higher"),
    ("max_hr", "nl", "athlete.max_hr 150, maar {} haalde je 183. Zet hem hoger"),
    ("ftp_w", "en", "athlete.ftp_w is 150; your best 20 min {} make it 285. Set it higher"),
    ("ftp_w", "nl", "athlete.ftp_w 150, maar je beste 20 min {} komen uit op 285. Zet hem hoger"),
])  # fmt: skip
@pytest.mark.parametrize(("days", "english", "dutch"), [
    (0, "today", "vandaag"),
    (1, "on Wednesday", "op woensdag"),
    (6, "on Wednesday", "op woensdag"),
    (7, "on Wednesday 6 May", "op woensdag 6 mei"),
    (80, "on Wednesday 6 May", "op woensdag 6 mei"),
])  # fmt: skip
def test_what_refutes_a_setting_is_of_today_or_of_a_weekday_with_its_date_when_it_is_long_ago(
    key: str, language: str, said: str, days: int, english: str, dutch: str, tmp_path: Path
) -> None:
    take_in(tmp_path, [("ride.fit", a_file(minutes=40, sport="cycling", bpm=180, power=300))], now=NOON)
    settings = settings_in(tmp_path, **{f"athlete__{key}": "150", "notify__language": language})
    stand = how_things_stand(database_path(environment_in(tmp_path)), settings, NOON + timedelta(days=days))
    (line,) = refuted_lines(Voice(settings.notify, UTC), stand)
    assert said.format(dutch if language == "nl" else english) in line


def test_status_says_on_which_day_a_setting_was_refuted(tmp_path: Path) -> None:
    ended_at = NOW - timedelta(days=2)
    take_in(tmp_path, [("run.fit", a_file(ended_at, bpm=180))], now=ended_at)
    told = call("status", "--set", "athlete.max_hr=150", "--language", "en", home=tmp_path).stdout
    assert f"you reached 183 on {ended_at.astimezone(AMSTERDAM):%A}." in " ".join(told.split())


def test_the_rest_day_of_a_beginner_is_one_day_in_status_as_in_the_message(tmp_path: Path) -> None:
    run = ("run.fit", a_file(NOON, minutes=60, bpm=140))
    walk = ("walk.fit", a_file(NOON + timedelta(hours=3), minutes=20, bpm=90, sport="walking"))
    zone = AMSTERDAM
    for files in ([run], [run, walk]):
        home = tmp_path / str(len(files))
        home.mkdir()
        take_in(home, files, now=NOON + timedelta(hours=3), experience="beginner")
        database, settings = database_path(environment_in(home)), settings_in(home, athlete__experience="beginner")
        with Store(database, create=False) as store:
            said = [row.body for row in Outbox(store).rows("kind = 'first'")]
            last = Workouts(store).newest(1)[0]
        assert last.gentle is (len(files) > 1)
        assert any("train again on Friday" in body for body in said)
        day = how_things_stand(database, settings, NOON + timedelta(hours=4)).rest_day_until
        assert day is not None
        assert last.ready_at is not None
        voice, dutch = (Voice(settings_in(home, notify__language=language).notify, zone) for language in ("en", "nl"))
        evening, morning = NOON + timedelta(hours=4), datetime.combine(day, datetime.min.time(), tzinfo=zone)
        assert readiness_said(voice, settings, last, evening, day) == "Rest until Friday; then you can train again."
        assert readiness_said(dutch, settings, last, evening, day) == "Rust tot vrijdag; daarna kun je weer trainen."
        assert readiness_said(voice, settings, last, morning, day) == "Your rest day is over; you can train again."
        ready_at = announced_readiness(last.ready_at, zone, settings.rules)
        assert readiness_said(voice, settings, last, ready_at, day) == "You are ready for hard training."
        later = last.ready_at - timedelta(days=2)
        only_easily = (later.astimezone(zone)).date()
        assert readiness_said(voice, settings, last, later - timedelta(days=1), only_easily).endswith("begin easily.")


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(("clock", "is_moved"), [("17:00", False), ("19:30", False), ("20:30", True)])
def test_a_readiness_in_the_evening_that_is_told_the_next_morning_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, clock: str, is_moved: bool
) -> None:
    ride = hard_ride(clock)
    recovery = recovery_of(ride, RIDER)
    assert recovery.physiology is not None
    settings = settings_in(tmp_path, notify__language=language)
    explained = Explained("ride.fit", None, ride, recovery, recovery.physiology)
    _print_explained(explained, settings, Voice(settings.notify, AMSTERDAM))
    said = " ".join(capsys.readouterr().out.split())
    assert ({"en": "comes in the morning", "nl": "pas 's ochtends"}[language] in said) is is_moved


def test_status_says_when_the_word_of_recovery_comes_only_in_the_morning(tmp_path: Path) -> None:
    take_in(tmp_path, [("ride.fit", a_file(NOON, minutes=100, bpm=170, sport="cycling"))], now=NOON)
    database, settings = database_path(environment_in(tmp_path)), settings_in(tmp_path)
    voice = Voice(settings.notify, UTC)
    with Store(database, create=False) as store:
        last, (ready, *_) = Workouts(store).newest(1)[0], Outbox(store).rows("kind = 'ready'")
        assert _told_in_the_morning(voice, settings, last, how_things_stand(database, settings, NOON)) == []
        morning = ready.due_at + timedelta(days=1)
        store.change("UPDATE outbox SET due_at = ? WHERE kind = 'ready'", [f"{morning:%Y-%m-%dT%H:%M:%S}.000000+00:00"])
    assert _told_in_the_morning(voice, settings, last, how_things_stand(database, settings, NOON)) == [morning]
