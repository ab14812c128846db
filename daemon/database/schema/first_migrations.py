"""How did the database of the first releases come to look as it did? Migrations 1 to 6; see `migrations`."""

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
