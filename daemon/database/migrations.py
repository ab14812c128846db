"""How does the database look, and how did it come to look like that?

A migration that was released is never changed; a change of the schema is a new one at the end.
Every time is ISO text in UTC, every table STRICT. Pending ones are applied in one transaction, so that a database is
never halfway; there is no way back, and an older program refuses what a newer one made.
"""

from pathlib import Path

from hersteld.daemon.database.sqlite import Database, Migrations
from hersteld.daemon.system.errors import DaemonError
from hersteld.daemon.system.paths import shown

migrations = Migrations("hersteld")


class NewerDatabase(DaemonError):  # noqa: N818 - says what is wrong, as in parsers.errors
    """A newer hersteld made this database; what this one would write into it could be wrong."""


def refuse_newer(db: Database, path: Path) -> None:
    """Raise NewerDatabase where a database went through migrations that are not known here.

    Args:
        path: Of the database, for the error.

    Raises:
        NewerDatabase: There are others.
    """
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    newer = sorted({migration.name for migration in migrations.applied(db)} - known)
    if newer:
        raise NewerDatabase("database.newer", path=shown(path), migrations=", ".join(newer))


_FIRST_TABLES = (
    # A run of many files at once, with one digest instead of a message each. Open until the inbox is quiet.
    """
    CREATE TABLE backlogs (
        id INTEGER PRIMARY KEY,
        opened_at TEXT NOT NULL,
        closed_at TEXT
    ) STRICT
    """,
    # An activity. `identity` is the sha256 of the first file that brought it, and stays when a richer file replaces
    # that one. `brick_after` is the workout of which this one is the continuation. The load columns are of this workout
    # alone; the plan (assessment, ready_at, easy_from, recovery_h, advice) is of the whole brick.
    """
    CREATE TABLE workouts (
        id INTEGER PRIMARY KEY,
        identity TEXT NOT NULL UNIQUE,
        started_at TEXT NOT NULL,
        ended_at TEXT NOT NULL,
        has_clock INTEGER NOT NULL,
        sport TEXT NOT NULL,
        sub_sport TEXT,
        device TEXT,
        timer_s REAL NOT NULL,
        elapsed_s REAL NOT NULL,
        distance_m REAL,
        kcal REAL,
        avg_hr_bpm REAL,
        max_hr_bpm REAL,
        avg_power_w REAL,
        salvaged INTEGER NOT NULL,
        details TEXT NOT NULL,
        samples BLOB NOT NULL,
        load REAL NOT NULL,
        rung TEXT NOT NULL,
        grade TEXT NOT NULL,
        intensity TEXT NOT NULL,
        hard INTEGER NOT NULL,
        light INTEGER NOT NULL,
        hr_peak_30s_bpm REAL,
        brick_after INTEGER REFERENCES workouts (id),
        recovery_h REAL NOT NULL,
        easy_from TEXT,
        ready_at TEXT,
        load_json TEXT NOT NULL,
        assessment TEXT NOT NULL,
        verdicts TEXT NOT NULL,
        stored_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX workouts_by_start ON workouts (started_at)",
    "CREATE INDEX workouts_by_brick ON workouts (brick_after)",
    # Every content ever concluded upon, by its hash; `path` is where it was first seen ("export.zip!/a.fit").
    """
    CREATE TABLE files (
        sha256 TEXT PRIMARY KEY,
        path TEXT NOT NULL,
        size INTEGER NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('workout', 'ignored', 'rejected', 'duplicate')),
        reason TEXT,
        seen_at TEXT NOT NULL,
        workout_id INTEGER REFERENCES workouts (id),
        backlog_id INTEGER REFERENCES backlogs (id)
    ) STRICT
    """,
    "CREATE INDEX files_by_seen ON files (seen_at)",
    "CREATE INDEX files_by_backlog ON files (backlog_id)",
    "CREATE INDEX files_by_workout ON files (workout_id)",
    # Files on disk whose content is known, so that no scan and no restart reads them again. Only an economy: it may be
    # emptied at any time.
    """
    CREATE TABLE sightings (
        path TEXT PRIMARY KEY,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        ctime_ns INTEGER NOT NULL,
        inode INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE advice (
        id INTEGER PRIMARY KEY,
        workout_id INTEGER NOT NULL REFERENCES workouts (id),
        text_id TEXT NOT NULL,
        key TEXT NOT NULL,
        due_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        value_json TEXT NOT NULL,
        reasons TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX advice_by_workout ON advice (workout_id)",
    # One row per message and target. `workout_identity` is that of the workout, or "backlog-N" of a digest.
    # `unless_sent` names rules, separated by spaces: once one of them reached the same target, this one is needless.
    # `cancel_reason` on a row that is `sending` says that it may finish this attempt but not start another.
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
            CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'expired', 'cancelled')),
        attempts INTEGER NOT NULL DEFAULT 0,
        try_at TEXT NOT NULL,
        reason TEXT,
        cancel_reason TEXT,
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        UNIQUE (workout_identity, rule, target)
    ) STRICT
    """,
    "CREATE INDEX outbox_by_state ON outbox (state, target, try_at)",
    "CREATE INDEX outbox_by_workout ON outbox (workout_id)",
    "CREATE INDEX outbox_by_change ON outbox (changed_at)",
)


@migrations(name="0001_first_tables")
def first_tables(db: Database) -> None:
    """Make the tables of the first release."""
    for statement in _FIRST_TABLES:
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
    from hersteld.daemon.database.old_reasons import as_line, with_slash  # noqa: PLC0415 - for this once

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


@migrations(name="0008_evidence")
def evidence(db: Database) -> None:
    """Store the best 20 minutes of each workout, which raise the FTP of later ones."""
    db.execute("ALTER TABLE workouts ADD COLUMN best_20min_w REAL")
    db.execute("DROP INDEX IF EXISTS workouts_past")
    db.execute(
        "CREATE INDEX workouts_past ON workouts (started_at, id, ended_at, sport, load, hard, light, hr_peak_30s_bpm,"
        " ready_at, easy_from, best_20min_w, has_clock)"
    )
