"""How did the database of the first releases come to look as it did? Migrations 1 to 14; see `migrations`."""

from hersteld.daemon.database.schema.first_tables import FIRST_TABLES
from hersteld.daemon.database.sqlite import Database, Migrations

migrations = Migrations("hersteld")


@migrations(name="0001_first_tables")
def first_tables(db: Database) -> None:
    """Make the tables of the first release."""
    for statement in FIRST_TABLES:
        db.execute(statement)


@migrations(name="0002_index_of_the_past")
def index_of_the_past(db: Database) -> None:
    """Index all columns that are read of earlier workouts, so that the samples between them are not read."""
    db.execute(
        "CREATE INDEX workouts_past ON workouts (started_at, id, ended_at, sport, load, hard, light, hr_peak_30s_bpm,"
        " ready_at, easy_from, has_clock)"
    )


@migrations(name="0003_the_past_in_short")
def the_past_in_short(db: Database) -> None:
    """Keep the questions that each workout raises as quick after ten years as after one.

    `past_loads` holds what follows from `workouts`, ready for use: the sum of the loads on each local date of a zone
    from `first` on, up to the local midnight `cut`, as doubles. Only an economy: it may be emptied at any time, and a
    change of a workout takes away what was made of it.
    """
    db.execute(
        """
        CREATE TABLE past_loads (
            zone TEXT NOT NULL,
            cut TEXT NOT NULL,
            first TEXT NOT NULL,
            loads BLOB NOT NULL,
            PRIMARY KEY (zone, cut)
        ) STRICT
        """
    )
    for name, event, since in (
        ("added", "INSERT", "NEW.started_at"),
        ("changed", "UPDATE OF started_at, has_clock, load", "MIN(OLD.started_at, NEW.started_at)"),
        ("removed", "DELETE", "OLD.started_at"),
    ):
        db.execute(
            f"CREATE TRIGGER past_{name} AFTER {event} ON workouts"  # noqa: S608 - the words above
            f" BEGIN DELETE FROM past_loads WHERE cut > {since}; END"
        )
    # How long after its start a workout and the wait that it brought were over: its maximum says how far back to look.
    db.execute(
        "CREATE INDEX workouts_by_reach ON workouts (julianday(MAX(ended_at, COALESCE(ready_at, ''),"
        " COALESCE(easy_from, ''))) - julianday(started_at)) WHERE has_clock"
    )
    db.execute("CREATE INDEX outbox_by_due ON outbox (state, due_at)")
    db.execute("CREATE INDEX outbox_disclaimed ON outbox (state) WHERE disclaims")


@migrations(name="0004_what_was_told")
def what_was_told(db: Database) -> None:
    """Store the readiness that a message names, so that it can be corrected; NULL where the message names none."""
    for column in ("told_easy_from", "told_ready_at"):
        db.execute(f"ALTER TABLE outbox ADD COLUMN {column} TEXT")


@migrations(name="0005_assessed_anew")
def assessed_anew(db: Database) -> None:
    """What is to be assessed anew, with which athlete each plan was made, and what each message is about.

    `reassessment` has one row; see `hersteld.daemon.store.dirty`. `untold` marks a workout whose messages wait until
    all that followed it is assessed anew. `cause` says of a correction why the readiness is another.
    """
    db.execute(
        """
        CREATE TABLE reassessment (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            since_at TEXT,
            since_id INTEGER,
            recent_at TEXT,
            recent_id INTEGER,
            cause TEXT,
            run INTEGER NOT NULL DEFAULT 0,
            settings TEXT,
            wording TEXT
        ) STRICT
        """
    )
    # Corrections were numbered by workouts before, and are by runs now: none may have a number again.
    db.execute("INSERT INTO reassessment (id, run) SELECT 1, COALESCE(MAX(id), 0) FROM workouts")
    db.execute("ALTER TABLE workouts ADD COLUMN athlete TEXT")
    db.execute("ALTER TABLE workouts ADD COLUMN untold INTEGER NOT NULL DEFAULT 0")
    db.execute("CREATE INDEX workouts_untold ON workouts (started_at) WHERE untold")
    db.execute("ALTER TABLE outbox ADD COLUMN kind TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE outbox ADD COLUMN cause TEXT")
    for kind, rule in (
        ("first", "first%"),
        ("evening", "evening"),
        ("ready", "ready"),
        ("portion", "portion%"),
        ("stretched", "stretched"),
        ("meal", "meal"),
        ("digest", "digest"),
        ("correction", "correction%"),
    ):
        db.execute("UPDATE outbox SET kind = ? WHERE rule LIKE ?", [kind, rule])
    db.execute("UPDATE outbox SET cause = 'workout' WHERE kind = 'correction'")


@migrations(name="0006_reasons_as_data")
def reasons_as_data(db: Database) -> None:
    """Reasons are ids with values, as JSON in the columns that held English sentences.

    A sentence that no text of today says stays as it is. And a file in an archive, "export.zip!/a.fit" in some places,
    is "export.zip/a.fit" everywhere.
    """
    from hersteld.daemon.database.schema.old_reasons import as_line, with_slash  # noqa: PLC0415 - for this once

    known_files = {path for (path,) in db.execute("SELECT path FROM sightings")}
    for table, column, key in (
        ("files", "reason", "sha256"),
        ("outbox", "reason", "id"),
        ("outbox", "cancel_reason", "id"),
    ):
        rows = db.execute(f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL").fetchall()  # noqa: S608 - ours
        for row, sentence in rows:
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (as_line(sentence, known_files), row))  # noqa: S608 - ours
    for sha256, path in db.execute("SELECT sha256, path FROM files WHERE path LIKE '%!/%'").fetchall():
        db.execute("UPDATE files SET path = ? WHERE sha256 = ?", (with_slash(path, known_files), sha256))


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
