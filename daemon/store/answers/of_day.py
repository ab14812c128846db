"""What did the athlete say of a day: how recovered they feel, and their resting heart rate?"""

from datetime import UTC, date, datetime, time, timedelta

from hersteld.daemon.database.connection import Store
from hersteld.daemon.store.answers.rows import Answer, Kind, answers_between, given_answers
from hersteld.recovery.nights.record import OF_ATHLETE, NightRecord, Resting

_ONE_DAY = timedelta(days=1)


def qualities_between(store: Store, first: date, last: date) -> tuple[tuple[date, float], ...]:
    """Return how recovered the athlete felt (TQR, 6 to 20) on these local dates, one answer a day, oldest first."""
    answers = _of_days(store, Kind.TQR, first, last)
    return tuple((day, float(answer.values["tqr"])) for day, answer in sorted(answers.items()))


def resting_hr_records(store: Store, first: date, last: date) -> tuple[NightRecord, ...]:
    """Return the resting heart rates that the athlete said of these local dates, as records of nights."""
    said = sorted(_of_days(store, Kind.RESTING_HR, first, last).items())
    resting = [(day, Resting(float(one.values["bpm"]), one.at), one.given_at) for day, one in said]
    return tuple(NightRecord(day, OF_ATHLETE, own.at, given_at, resting=own) for day, own, given_at in resting)


def resting_hr_days(store: Store) -> tuple[date, ...]:
    """Return the local dates of which the athlete said a resting heart rate, newest first."""
    rows = store.rows(
        "SELECT DISTINCT json_extract(value_json, '$.day') AS day FROM answers WHERE kind = ? AND undone_at IS NULL"
        " ORDER BY day DESC",
        [Kind.RESTING_HR],
    )
    return tuple(date.fromisoformat(row["day"]) for row in rows)


def resting_hr_stamp(store: Store) -> tuple[int, ...]:
    """Return what tells whether other resting heart rates hold than before; empty where none was ever said."""
    sql = "SELECT COUNT(*), TOTAL(id), COUNT(undone_at) FROM answers WHERE kind = ?"
    counts = tuple(map(int, store.db.execute(sql, (Kind.RESTING_HR,)).fetchone()))
    return counts if counts[0] else ()


def _of_days(store: Store, kind: Kind, first: date, last: date) -> dict[date, Answer]:
    """Return the last answer of each day."""
    # Nowhere does a local date begin or end more than a day from that of UTC.
    begin = datetime.combine(first, time(), tzinfo=UTC) - _ONE_DAY
    end = datetime.combine(last, time(), tzinfo=UTC) + 2 * _ONE_DAY
    by_day = {date.fromisoformat(str(one.values["day"])): one for one in answers_between(store, kind, begin, end)}
    return {day: answer for day, answer in by_day.items() if first <= day <= last}


def of_same_day(store: Store, answer: Answer) -> Answer | None:
    """Return the answer that holds to the same question about the same day; None where there is none."""
    given = given_answers(store, answer.kind)
    return next((one for one in reversed(given) if one.values["day"] == answer.values["day"]), None)
