"""How does the database look, and how did it come to look like that?

A migration that was released is never changed; a change of the schema is a new one at the end.
Every time is ISO text in UTC, every table STRICT. Pending ones are applied in one transaction, so that a database is
never halfway; there is no way back, and an older program refuses what a newer one made.
"""

from pathlib import Path

from hersteld.daemon.database.schema.first_migrations import migrations
from hersteld.daemon.database.sqlite import Database
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.paths import shown

__all__ = ["NewerDatabase", "migrations", "newer_in", "refuse_newer"]


class NewerDatabase(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """A newer hersteld made this database; what this one would write into it could be wrong."""


def refuse_newer(db: Database, path: Path) -> None:
    """Raise NewerDatabase where a database went through migrations that are not known here.

    Args:
        path: Of the database, for the error.

    Raises:
        NewerDatabase: There are others.
    """
    if newer := newer_in(db):
        raise NewerDatabase("database.newer", path=shown(path), migrations=", ".join(newer))


def newer_in(db: Database) -> list[str]:
    """Return the migrations of a database that are not known here."""
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    return sorted({migration.name for migration in migrations.applied(db)} - known)


@migrations(name="0015_set_aside")
def set_aside(db: Database) -> None:
    """Remember the files at which reading ended in a way that it should not, and how often."""
    db.execute(
        """
        CREATE TABLE set_aside (
            path TEXT PRIMARY KEY,
            size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            sha256 TEXT,
            deaths INTEGER NOT NULL,
            reason TEXT NOT NULL,
            version TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )


@migrations(name="0016_watched")
def watched(db: Database) -> None:
    """Remember the folders that the service watches, for whoever asks whether it watches those of the configuration."""
    db.execute("CREATE TABLE watched (path TEXT PRIMARY KEY) STRICT")


@migrations(name="0017_unknown")
def unknown(db: Database) -> None:
    """A message that left whole and was not answered is `unknown`: whether it arrived, nobody can know.

    `tries_left` is NULL for as long as a message may be tried until it expires; 1 once it may have arrived, as it may
    leave once more; then 0. SQLite changes no CHECK, so the table is made anew.
    """
    columns = (
        "id, workout_identity, workout_id, rule, target, title, body, disclaims, unless_sent, due_at, expires_at,"
        " state, attempts, try_at, reason, cancel_reason, created_at, changed_at, told_easy_from, told_ready_at, kind,"
        " cause"
    )
    db.execute("ALTER TABLE outbox RENAME TO outbox_before")
    for name in ("state", "workout", "change", "due", "disclaimed"):
        db.execute(f"DROP INDEX outbox_{'' if name == 'disclaimed' else 'by_'}{name}")
    db.execute(
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY,
            workout_identity TEXT NOT NULL,
            workout_id INTEGER REFERENCES workouts (id),
            rule TEXT NOT NULL,
            target TEXT NOT NULL,
            title TEXT NOT NULL,
            body TEXT NOT NULL,
            disclaims INTEGER NOT NULL DEFAULT 0,
            unless_sent TEXT NOT NULL DEFAULT '',
            due_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'pending'
                CHECK (state IN ('pending', 'sending', 'sent', 'unknown', 'failed', 'expired', 'cancelled')),
            attempts INTEGER NOT NULL DEFAULT 0,
            try_at TEXT NOT NULL,
            reason TEXT,
            cancel_reason TEXT,
            created_at TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            told_easy_from TEXT,
            told_ready_at TEXT,
            kind TEXT NOT NULL DEFAULT '',
            cause TEXT,
            tries_left INTEGER,
            UNIQUE (workout_identity, rule, target)
        ) STRICT
        """
    )
    db.execute(f"INSERT INTO outbox ({columns}) SELECT {columns} FROM outbox_before")  # noqa: S608 - the words above
    db.execute("DROP TABLE outbox_before")
    for name, what in (
        ("by_state", "(state, target, try_at)"),
        ("by_workout", "(workout_id)"),
        ("by_change", "(changed_at)"),
        ("by_due", "(state, due_at)"),
        ("disclaimed", "(state) WHERE disclaims"),
    ):
        db.execute(f"CREATE INDEX outbox_{name} ON outbox {what}")


@migrations(name="0018_in_hand")
def in_hand(db: Database) -> None:
    """Remember the file that the service is busy with, and at which files it was interrupted, how often."""
    db.execute("CREATE TABLE in_hand (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL) STRICT")
    db.execute("ALTER TABLE set_aside ADD COLUMN interrupted INTEGER NOT NULL DEFAULT 0")


@migrations(name="0019_next_told")
def next_told(db: Database) -> None:
    """Remember what new words of a message that may have arrived say of readiness, until it is accepted in them.

    NULL where the words are those that may have arrived, and empty where the new ones name no such moment.
    """
    for column in ("next_easy_from", "next_ready_at"):
        db.execute(f"ALTER TABLE outbox ADD COLUMN {column} TEXT")


@migrations(name="0020_nights")
def nights(db: Database) -> None:
    """Store what a watch measures at night, by file and local day of waking, and read what was left out of it before.

    `day` is a status of a file: it holds such a day, and no workout. SQLite changes no CHECK, so the table is made
    anew. What earlier versions left out as monitoring, or as of a type without a name, is forgotten: each
    such file that is still there, and each archive with one, is read once more.
    """
    db.execute("ALTER TABLE files RENAME TO files_before")
    for name in ("seen", "backlog", "workout", "path"):
        db.execute(f"DROP INDEX files_by_{name}")
    db.execute(
        """
        CREATE TABLE files (
            sha256 TEXT PRIMARY KEY,
            path TEXT NOT NULL,
            size INTEGER NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('workout', 'ignored', 'rejected', 'duplicate', 'day')),
            reason TEXT,
            seen_at TEXT NOT NULL,
            workout_id INTEGER REFERENCES workouts (id),
            backlog_id INTEGER REFERENCES backlogs (id)
        ) STRICT
        """
    )
    may_be_a_day = (
        "status = 'ignored' AND CASE WHEN json_valid(reason) THEN"
        " json_extract(reason, '$.values.kind') = 'monitoring'"
        " OR json_extract(reason, '$.id') IN ('files.not_an_activity_of_type', 'files.not_an_activity_of_no_type')"
        " END"
    )
    days = db.execute(f"SELECT path FROM files_before WHERE {may_be_a_day}").fetchall()  # noqa: S608 - the words above
    # Each path beside each other one would take minutes where a watch has written days for ten years.
    again = {path[:end] for (path,) in days for end, mark in enumerate(f"{path}/") if mark == "/"}
    seen = {path for (path,) in db.execute("SELECT path FROM sightings").fetchall()}
    for path in again & seen:
        db.execute("DELETE FROM sightings WHERE path = ?", (path,))
    db.execute(f"INSERT INTO files SELECT * FROM files_before WHERE NOT COALESCE({may_be_a_day}, 0)")  # noqa: S608 - as above
    db.execute("DROP TABLE files_before")
    for name, column in (("seen", "seen_at"), ("backlog", "backlog_id"), ("workout", "workout_id"), ("path", "path")):
        db.execute(f"CREATE INDEX files_by_{name} ON files ({column})")
    db.execute(
        """
        CREATE TABLE night_records (
            sha256 TEXT NOT NULL REFERENCES files (sha256),
            day TEXT NOT NULL,
            device TEXT NOT NULL,
            woke_at TEXT NOT NULL,
            arrived_at TEXT NOT NULL,
            resting_hr_bpm REAL,
            resting_hr_at TEXT,
            rmssd_ms REAL,
            rmssd_from TEXT,
            rmssd_to TEXT,
            rmssd_minutes REAL,
            rmssd_pairs INTEGER NOT NULL DEFAULT 0,
            hrv_status TEXT CHECK (hrv_status IN ('none', 'poor', 'low', 'unbalanced', 'balanced')),
            hrv_status_at TEXT,
            sleep_s REAL,
            sleep_from TEXT,
            sleep_to TEXT,
            sleep_score REAL,
            PRIMARY KEY (sha256, day)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX night_records_by_day ON night_records (day)")


@migrations(name="0021_occasions")
def occasions(db: Database) -> None:
    """Remember what was told at a certain time, so that it is told once.

    A row for each day of an occasion on which nothing is left to say. `said` is 1 where something was queued, and
    `statement` is what it said, in a form in which two can be compared.
    """
    db.execute(
        """
        CREATE TABLE occasions (
            kind TEXT NOT NULL,
            day TEXT NOT NULL,
            settled_at TEXT NOT NULL,
            said INTEGER NOT NULL,
            statement TEXT NOT NULL,
            PRIMARY KEY (kind, day)
        ) STRICT
        """
    )


@migrations(name="0022_planned")
def planned(db: Database) -> None:
    """Remember the training that a calendar plans, and what of the calendar could not be read."""
    db.execute(
        "CREATE TABLE planned_sessions (identity TEXT PRIMARY KEY, day TEXT NOT NULL, starts_at TEXT, minutes REAL,"
        " title TEXT NOT NULL, is_hard INTEGER NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX planned_by_start ON planned_sessions (starts_at)")
    db.execute("CREATE TABLE calendar_faults (id INTEGER PRIMARY KEY, path TEXT NOT NULL, reason TEXT NOT NULL) STRICT")


@migrations(name="0023_answers")
def answers(db: Database) -> None:
    """Remember what the athlete answers, each answer with its source, and when it was taken back."""
    db.execute(
        """
        CREATE TABLE answers (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('rpe', 'weights', 'done', 'tqr', 'resting_hr', 'pause', 'forget')),
            workout_id INTEGER REFERENCES workouts (id),
            at TEXT NOT NULL,
            value_json TEXT NOT NULL,
            source TEXT NOT NULL CHECK (source IN ('command', 'ntfy', 'desktop', 'file')),
            given_at TEXT NOT NULL,
            undone_at TEXT
        ) STRICT
        """
    )
    db.execute("CREATE INDEX answers_by_workout ON answers (workout_id)")
    db.execute("CREATE INDEX answers_by_time ON answers (kind, at)")
    # Few workouts were weighed or rated, and those are looked up for each that is assessed.
    sweat = "CASE WHEN json_valid(assessment) THEN json_extract(assessment, '$.sweat_ml_per_kcal') END"
    rating = "CASE WHEN json_valid(details) THEN json_extract(details, '$.vendor.rpe') END"
    db.execute(f"CREATE INDEX workouts_sweat ON workouts (started_at) WHERE {sweat} IS NOT NULL")
    db.execute(f"CREATE INDEX workouts_rated ON workouts (started_at) WHERE {rating} IS NOT NULL")


@migrations(name="0024_replies")
def replies(db: Database) -> None:
    """Remember which workouts the athlete was asked about, which tokens were used, and which database this is.

    Tokens are remembered by hash, and for as long as they would count.
    """
    db.execute("CREATE TABLE used_replies (hash TEXT PRIMARY KEY, expires_at TEXT NOT NULL) STRICT")
    db.execute("CREATE INDEX used_replies_by_end ON used_replies (expires_at)")
    db.execute(
        "CREATE TABLE questions (workout_id INTEGER PRIMARY KEY REFERENCES workouts (id), rule TEXT NOT NULL,"
        " asked_at TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE TABLE database_identity (identity TEXT PRIMARY KEY) STRICT")
    db.execute("INSERT INTO database_identity VALUES (lower(hex(randomblob(16))))")


@migrations(name="0025_scales")
def scales(db: Database) -> None:
    """Let a file of a scale, and a workout, find what they need of thousands of weighings without reading these.

    Who of the users of a scale is the athlete follows from the least, the middle and the most that it measured of each.
    """
    of_scale = "kind = 'weights' AND source = 'file' AND json_valid(value_json)"
    device, number = "json_extract(value_json, '$.device')", "COALESCE(json_extract(value_json, '$.user'), -1)"
    mass = "json_extract(value_json, '$.mass_kg')"
    db.execute(f"CREATE INDEX answers_of_scales ON answers ({device}, {number}, {mass}, at) WHERE {of_scale}")
    db.execute("CREATE INDEX answers_that_hold ON answers (kind, at) WHERE undone_at IS NULL")
    said = "kind = 'weights' AND source <> 'file' AND undone_at IS NULL"
    db.execute(f"CREATE INDEX answers_of_own_mass ON answers (at) WHERE {said}")
    in_file = "CASE WHEN json_valid(details) THEN json_extract(details, '$.profile.mass_kg') END"
    db.execute(f"CREATE INDEX workouts_with_mass ON workouts (started_at) WHERE {in_file} > 0")
