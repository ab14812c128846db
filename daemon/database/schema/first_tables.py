"""With which tables did the first release begin? Never changed since; later migrations change what it made."""

FIRST_TABLES = (
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
