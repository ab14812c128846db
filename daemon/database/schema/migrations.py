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


@migrations(name="0007_five_clocks")
def five_clocks(db: Database) -> None:
    """Store what five clocks say of each workout, and the day that its load belongs to.

    `loaded_muscles` and `resting_muscles` are lists of ids in JSON. Until the next start of the service has assessed
    everything anew by the rules of this version, a workout keeps the readiness that it had.
    """
    db.execute("ALTER TABLE workouts RENAME COLUMN light TO gentle")
    for column in (
        "very_hard INTEGER NOT NULL DEFAULT 0",
        "very_long_run INTEGER NOT NULL DEFAULT 0",
        "clock_h REAL NOT NULL DEFAULT 0",
        "decided_by TEXT NOT NULL DEFAULT 'volume'",
        "trained_at TEXT NOT NULL DEFAULT ''",
        "ready_other_at TEXT",
        "rested_at TEXT",
        "rested_other_at TEXT",
        "easy_week_until TEXT",
        "loaded_muscles TEXT NOT NULL DEFAULT '[]'",
        "resting_muscles TEXT NOT NULL DEFAULT '[]'",
    ):
        db.execute(f"ALTER TABLE workouts ADD COLUMN {column}")
    db.execute(
        "UPDATE workouts SET clock_h = recovery_h, trained_at = started_at, ready_other_at = ready_at,"
        " rested_at = ready_at, rested_other_at = ready_at"
    )
    for name in ("past_added", "past_changed", "past_removed"):
        db.execute(f"DROP TRIGGER {name}")
    db.execute("DROP INDEX workouts_past")
    db.execute(
        "CREATE INDEX workouts_past ON workouts (trained_at, started_at, id, ended_at, sport, load, hard, gentle,"
        " very_long_run, hr_peak_30s_bpm, ready_at, easy_from, ready_other_at, rested_at, rested_other_at,"
        " loaded_muscles, has_clock)"
    )
    for name, event, since in (
        ("added", "INSERT", "NEW.trained_at"),
        ("changed", "UPDATE OF trained_at, has_clock, load", "MIN(OLD.trained_at, NEW.trained_at)"),
        ("removed", "DELETE", "OLD.trained_at"),
    ):
        db.execute(
            f"CREATE TRIGGER past_{name} AFTER {event} ON workouts"  # noqa: S608 - the words above
            f" BEGIN DELETE FROM past_loads WHERE cut > {since}; END"
        )


@migrations(name="0008_evidence")
def evidence(db: Database) -> None:
    """Store the best 20 minutes of each workout, which raise the FTP of later ones."""
    db.execute("ALTER TABLE workouts ADD COLUMN best_20min_w REAL")
    db.execute("DROP INDEX workouts_past")
    db.execute(
        "CREATE INDEX workouts_past ON workouts (trained_at, started_at, id, ended_at, sport, load, hard, gentle,"
        " very_long_run, hr_peak_30s_bpm, ready_at, easy_from, ready_other_at, rested_at, rested_other_at,"
        " loaded_muscles, best_20min_w, has_clock)"
    )


@migrations(name="0009_left_out")
def left_out(db: Database) -> None:
    """Remember what is left out because it is no FIT, and which files cannot be read yet.

    `left_out` counts the files of each kind in a file on disk: an archive, or that file itself. `held_up` is what the
    service last saw in the watched folders; what is in it is written anew at each change. Of files that are
    not called FIT the sightings are emptied: each is looked at once more, and what was left out in silence is counted.
    """
    db.execute(
        """
        CREATE TABLE left_out (
            path TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('gpx', 'tcx', 'other')),
            files INTEGER NOT NULL,
            seen_at TEXT NOT NULL,
            PRIMARY KEY (path, kind)
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE held_up (
            path TEXT PRIMARY KEY,
            reason TEXT
        ) STRICT
        """
    )
    db.execute("DELETE FROM sightings WHERE path NOT LIKE '%.fit'")


@migrations(name="0010_forgotten")
def forgotten(db: Database) -> None:
    """Remember which workouts the athlete wants forgotten, and which have another sport than their device says.

    A forgotten workout keeps its row, so that it can come back and other recordings of it are known. Its `has_clock` is
    0 meanwhile, as that keeps a workout out of every past; `had_clock` is what it was. `names` are those of the device.
    """
    db.execute(
        """
        CREATE TABLE forgotten (
            workout_id INTEGER PRIMARY KEY REFERENCES workouts (id),
            had_clock INTEGER NOT NULL,
            forgotten_at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE told_sports (
            workout_id INTEGER PRIMARY KEY REFERENCES workouts (id),
            sport TEXT NOT NULL,
            sub_sport TEXT,
            names TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX files_by_path ON files (path)")


@migrations(name="0011_shifted")
def shifted(db: Database) -> None:
    """Store by how much the dates of a workout were shifted, and by what its file is known again.

    `serial` is that of the device, and `created_at` is when the device says it began the file, never shifted.
    """
    for column in ("shift_s REAL NOT NULL DEFAULT 0", "serial INTEGER", "created_at TEXT"):
        db.execute(f"ALTER TABLE workouts ADD COLUMN {column}")
    db.execute("CREATE INDEX workouts_by_shifted_file ON workouts (serial, created_at) WHERE shift_s")


@migrations(name="0012_left_out_by_content")
def left_out_by_content(db: Database) -> None:
    """Store the hash of a file that something was left out of, so that a copy under another name counts once.

    The sightings of these files are emptied: each is read once more, and what it holds by now is counted.
    """
    db.execute("ALTER TABLE left_out ADD COLUMN sha256 TEXT")
    db.execute("DELETE FROM sightings WHERE path IN (SELECT path FROM left_out)")


@migrations(name="0013_first_seen")
def first_seen(db: Database) -> None:
    """Remember since when each file that is not taken in yet has been seen as it is: that is its arrival."""
    db.execute("CREATE TABLE first_seen (path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, seen_at TEXT) STRICT")


@migrations(name="0014_recorded_until")
def recorded_until(db: Database) -> None:
    """`ended_at` and `timer_s` are what is believed; where the recording was not stopped, what it says is here."""
    for column in ("recorded_until TEXT", "recorded_timer_s REAL"):
        db.execute(f"ALTER TABLE workouts ADD COLUMN {column}")


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


@migrations(name="0022_planned")
def planned(db: Database) -> None:
    """Remember the training that a calendar plans, and what of the calendar could not be read."""
    db.execute(
        "CREATE TABLE planned_sessions (identity TEXT PRIMARY KEY, day TEXT NOT NULL, starts_at TEXT, minutes REAL,"
        " title TEXT NOT NULL, is_hard INTEGER NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX planned_by_start ON planned_sessions (starts_at)")
    db.execute("CREATE TABLE calendar_faults (id INTEGER PRIMARY KEY, path TEXT NOT NULL, reason TEXT NOT NULL) STRICT")
