BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'hersteld','0001_first_tables','2026-11-22 18:57:35.441723+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'hersteld','0002_index_of_the_past','2026-11-22 18:57:35.441912+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'hersteld','0003_the_past_in_short','2026-11-22 19:18:04.686200+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'hersteld','0004_what_was_told','2026-11-22 23:27:14.151407+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'hersteld','0005_assessed_anew','2026-11-27 09:36:41.407580+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'hersteld','0006_reasons_as_data','2026-11-27 09:36:41.431064+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'hersteld','0007_five_clocks','2026-11-27 12:15:57.048494+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'hersteld','0008_evidence','2026-11-27 12:15:57.056045+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'hersteld','0009_left_out','2026-11-27 12:15:57.062189+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'hersteld','0010_forgotten','2026-11-27 12:15:57.068642+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'hersteld','0011_shifted','2026-11-27 12:35:18.123439+00:00');
INSERT INTO "_sqlite_migrations" VALUES(12,'hersteld','0012_left_out_by_content','2026-11-27 15:39:43.714455+00:00');
INSERT INTO "_sqlite_migrations" VALUES(13,'hersteld','0013_first_seen','2026-11-27 16:21:36.220126+00:00');
INSERT INTO "_sqlite_migrations" VALUES(14,'hersteld','0014_recorded_until','2026-11-27 16:21:37.218561+00:00');
INSERT INTO "_sqlite_migrations" VALUES(15,'hersteld','0015_set_aside','2026-11-27 19:09:57.561391+00:00');
INSERT INTO "_sqlite_migrations" VALUES(16,'hersteld','0016_watched','2026-11-27 20:04:38.928817+00:00');
INSERT INTO "_sqlite_migrations" VALUES(17,'hersteld','0017_unknown','2026-11-27 21:48:58.746308+00:00');
INSERT INTO "_sqlite_migrations" VALUES(18,'hersteld','0018_in_hand','2026-11-27 23:05:54.757955+00:00');
INSERT INTO "_sqlite_migrations" VALUES(19,'hersteld','0019_next_told','2026-11-27 23:29:46.482670+00:00');
INSERT INTO "_sqlite_migrations" VALUES(20,'hersteld','0020_nights','2026-11-28 01:23:09.699791+00:00');
INSERT INTO "_sqlite_migrations" VALUES(21,'hersteld','0021_occasions','2026-11-28 01:30:22.518192+00:00');
INSERT INTO "_sqlite_migrations" VALUES(22,'hersteld','0022_planned','2026-11-28 01:50:08.750379+00:00');
INSERT INTO "_sqlite_migrations" VALUES(23,'hersteld','0023_answers','2026-11-28 09:07:02.249259+00:00');
INSERT INTO "_sqlite_migrations" VALUES(24,'hersteld','0024_replies','2026-11-28 10:35:44.469941+00:00');
INSERT INTO "_sqlite_migrations" VALUES(25,'hersteld','0025_scales','2026-11-28 12:36:41.962356+00:00');
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
    ;
INSERT INTO "advice" VALUES(1,1,'rest_hours','rest','2026-05-06T11:59:00.000000Z','2026-05-08T11:59:00.000000Z','{"easy_from":{"at":"2026-05-07T11:59:00.000000Z"},"ready_at":{"at":"2026-05-08T11:59:00.000000Z"},"next_training_on":null,"recovery_h":48.0}','[{"name":"load","value":89.0,"unit":"1","kind":"input","source":"rung: heart_rate"},{"name":"rest.curve_h","value":"0, 6, 12, 24, 48, 72, 96","unit":"h","kind":"H","source":"150 -> 24 h and 300 -> 48 h after Coggan''s bands for trained cyclists (Allen & Coggan 2010); the other anchors and the interpolation are ours"},{"name":"rest.level_trained","value":1.0,"unit":"1","kind":"H","source":"the curve is for trained athletes"},{"name":"busy_week","value":1.0,"unit":"1","kind":"input","source":"your last week against your last six"},{"name":"rest.floor_threshold_h","value":24.0,"unit":"h","kind":"P","source":"Stanley, Peake & Buchheit 2013: the low end of 24-48 h"},{"name":"rest.floor_near_maximal_h","value":48.0,"unit":"h","kind":"P","source":"Stanley, Peake & Buchheit 2013"}]');
INSERT INTO "advice" VALUES(2,1,'ready','rest','2026-05-08T11:59:00.000000Z','2026-05-08T23:59:00.000000Z','{}','[{"name":"load","value":89.0,"unit":"1","kind":"input","source":"rung: heart_rate"},{"name":"rest.curve_h","value":"0, 6, 12, 24, 48, 72, 96","unit":"h","kind":"H","source":"150 -> 24 h and 300 -> 48 h after Coggan''s bands for trained cyclists (Allen & Coggan 2010); the other anchors and the interpolation are ours"},{"name":"rest.level_trained","value":1.0,"unit":"1","kind":"H","source":"the curve is for trained athletes"},{"name":"busy_week","value":1.0,"unit":"1","kind":"input","source":"your last week against your last six"},{"name":"rest.floor_threshold_h","value":24.0,"unit":"h","kind":"P","source":"Stanley, Peake & Buchheit 2013: the low end of 24-48 h"},{"name":"rest.floor_near_maximal_h","value":48.0,"unit":"h","kind":"P","source":"Stanley, Peake & Buchheit 2013"}]');
INSERT INTO "advice" VALUES(3,1,'no_cooldown','cooldown','2026-05-06T11:59:00.000000Z','2026-05-06T12:29:00.000000Z','{"minutes":10.0}','[{"name":"last_minutes_reserve_share","value":0.9,"unit":"1","kind":"input","source":"the workout''s file"},{"name":"cooldown.last_min","value":5.0,"unit":"min","kind":"H","source":"the end of a workout"},{"name":"cooldown.cooldown_reserve_share","value":0.6,"unit":"1","kind":"H","source":"a mean heart rate above this at the end is no cool-down"}]');
INSERT INTO "advice" VALUES(4,1,'drink_portion','hydration','2026-05-06T11:59:00.000000Z','2026-05-06T12:14:00.000000Z','{"volume_ml":800,"total_ml":1240,"portion":1,"portions":3}','[{"name":"net_loss_ml","value":830,"unit":"ml","kind":"input","source":"model"},{"name":"hydration.sweat_lph_by_intensity","value":"0.4, 0.4, 0.7, 1, 1.3","unit":"l/h","kind":"H","source":"very light, light, moderate, vigorous, near-maximal; where the file has no energy"},{"name":"mass_kg","value":70.0,"unit":"kg","kind":"H","source":"when nothing says more"},{"name":"hydration.temperature_c","value":15.0,"unit":"°C","kind":"H","source":"when the device felt none"},{"name":"hydration.drunk_from_min","value":60.0,"unit":"min","kind":"H","source":"in workouts longer than this"},{"name":"hydration.max_estimated_l","value":2.0,"unit":"l","kind":"H","source":"an estimated loss counts for no more"},{"name":"hydration.max_estimated_share","value":0.03,"unit":"1","kind":"H","source":"an estimated loss counts for no more of the body mass"},{"name":"hydration.uncertainty","value":0.4,"unit":"1","kind":"H","source":"an estimate may be off by this share"},{"name":"hydration.replaced_share","value":1.5,"unit":"1","kind":"A","source":"article key 3: 150 % of the weight lost; also Shirreffs 1996 and ACSM 2007 (Sawka), with enough salt"},{"name":"hydration.first_portion_ml","value":800.0,"unit":"ml","kind":"A","source":"article key 3: the first portion"},{"name":"hydration.portion_ml","value":200.0,"unit":"ml","kind":"A","source":"article key 3: each further portion"},{"name":"hydration.interval_min","value":15.0,"unit":"min","kind":"A","source":"article key 3: every 15 minutes"},{"name":"hydration.max_first_ml_per_kg","value":12.0,"unit":"ml/kg","kind":"H","source":"the first portion of a light athlete is smaller"},{"name":"hydration.max_portion_ml_per_kg","value":4.0,"unit":"ml/kg","kind":"H","source":"the further portions of a light athlete are smaller"}]');
INSERT INTO "advice" VALUES(5,1,'drink_portion','hydration','2026-05-06T12:14:00.000000Z','2026-05-06T12:29:00.000000Z','{"volume_ml":200,"total_ml":1240,"portion":2,"portions":3}','[{"name":"net_loss_ml","value":830,"unit":"ml","kind":"input","source":"model"},{"name":"hydration.sweat_lph_by_intensity","value":"0.4, 0.4, 0.7, 1, 1.3","unit":"l/h","kind":"H","source":"very light, light, moderate, vigorous, near-maximal; where the file has no energy"},{"name":"mass_kg","value":70.0,"unit":"kg","kind":"H","source":"when nothing says more"},{"name":"hydration.temperature_c","value":15.0,"unit":"°C","kind":"H","source":"when the device felt none"},{"name":"hydration.drunk_from_min","value":60.0,"unit":"min","kind":"H","source":"in workouts longer than this"},{"name":"hydration.max_estimated_l","value":2.0,"unit":"l","kind":"H","source":"an estimated loss counts for no more"},{"name":"hydration.max_estimated_share","value":0.03,"unit":"1","kind":"H","source":"an estimated loss counts for no more of the body mass"},{"name":"hydration.uncertainty","value":0.4,"unit":"1","kind":"H","source":"an estimate may be off by this share"},{"name":"hydration.replaced_share","value":1.5,"unit":"1","kind":"A","source":"article key 3: 150 % of the weight lost; also Shirreffs 1996 and ACSM 2007 (Sawka), with enough salt"},{"name":"hydration.first_portion_ml","value":800.0,"unit":"ml","kind":"A","source":"article key 3: the first portion"},{"name":"hydration.portion_ml","value":200.0,"unit":"ml","kind":"A","source":"article key 3: each further portion"},{"name":"hydration.interval_min","value":15.0,"unit":"min","kind":"A","source":"article key 3: every 15 minutes"},{"name":"hydration.max_first_ml_per_kg","value":12.0,"unit":"ml/kg","kind":"H","source":"the first portion of a light athlete is smaller"},{"name":"hydration.max_portion_ml_per_kg","value":4.0,"unit":"ml/kg","kind":"H","source":"the further portions of a light athlete are smaller"}]');
INSERT INTO "advice" VALUES(6,1,'drink_portion','hydration','2026-05-06T12:29:00.000000Z','2026-05-06T12:44:00.000000Z','{"volume_ml":240,"total_ml":1240,"portion":3,"portions":3}','[{"name":"net_loss_ml","value":830,"unit":"ml","kind":"input","source":"model"},{"name":"hydration.sweat_lph_by_intensity","value":"0.4, 0.4, 0.7, 1, 1.3","unit":"l/h","kind":"H","source":"very light, light, moderate, vigorous, near-maximal; where the file has no energy"},{"name":"mass_kg","value":70.0,"unit":"kg","kind":"H","source":"when nothing says more"},{"name":"hydration.temperature_c","value":15.0,"unit":"°C","kind":"H","source":"when the device felt none"},{"name":"hydration.drunk_from_min","value":60.0,"unit":"min","kind":"H","source":"in workouts longer than this"},{"name":"hydration.max_estimated_l","value":2.0,"unit":"l","kind":"H","source":"an estimated loss counts for no more"},{"name":"hydration.max_estimated_share","value":0.03,"unit":"1","kind":"H","source":"an estimated loss counts for no more of the body mass"},{"name":"hydration.uncertainty","value":0.4,"unit":"1","kind":"H","source":"an estimate may be off by this share"},{"name":"hydration.replaced_share","value":1.5,"unit":"1","kind":"A","source":"article key 3: 150 % of the weight lost; also Shirreffs 1996 and ACSM 2007 (Sawka), with enough salt"},{"name":"hydration.first_portion_ml","value":800.0,"unit":"ml","kind":"A","source":"article key 3: the first portion"},{"name":"hydration.portion_ml","value":200.0,"unit":"ml","kind":"A","source":"article key 3: each further portion"},{"name":"hydration.interval_min","value":15.0,"unit":"min","kind":"A","source":"article key 3: every 15 minutes"},{"name":"hydration.max_first_ml_per_kg","value":12.0,"unit":"ml/kg","kind":"H","source":"the first portion of a light athlete is smaller"},{"name":"hydration.max_portion_ml_per_kg","value":4.0,"unit":"ml/kg","kind":"H","source":"the further portions of a light athlete are smaller"}]');
INSERT INTO "advice" VALUES(7,1,'drink_total','hydration','2026-05-06T12:44:00.000000Z','2026-05-06T15:59:00.000000Z','{"total_ml":1240}','[{"name":"net_loss_ml","value":830,"unit":"ml","kind":"input","source":"model"},{"name":"hydration.sweat_lph_by_intensity","value":"0.4, 0.4, 0.7, 1, 1.3","unit":"l/h","kind":"H","source":"very light, light, moderate, vigorous, near-maximal; where the file has no energy"},{"name":"mass_kg","value":70.0,"unit":"kg","kind":"H","source":"when nothing says more"},{"name":"hydration.temperature_c","value":15.0,"unit":"°C","kind":"H","source":"when the device felt none"},{"name":"hydration.drunk_from_min","value":60.0,"unit":"min","kind":"H","source":"in workouts longer than this"},{"name":"hydration.max_estimated_l","value":2.0,"unit":"l","kind":"H","source":"an estimated loss counts for no more"},{"name":"hydration.max_estimated_share","value":0.03,"unit":"1","kind":"H","source":"an estimated loss counts for no more of the body mass"},{"name":"hydration.uncertainty","value":0.4,"unit":"1","kind":"H","source":"an estimate may be off by this share"},{"name":"hydration.replaced_share","value":1.5,"unit":"1","kind":"A","source":"article key 3: 150 % of the weight lost; also Shirreffs 1996 and ACSM 2007 (Sawka), with enough salt"},{"name":"hydration.first_portion_ml","value":800.0,"unit":"ml","kind":"A","source":"article key 3: the first portion"},{"name":"hydration.portion_ml","value":200.0,"unit":"ml","kind":"A","source":"article key 3: each further portion"},{"name":"hydration.interval_min","value":15.0,"unit":"min","kind":"A","source":"article key 3: every 15 minutes"},{"name":"hydration.max_first_ml_per_kg","value":12.0,"unit":"ml/kg","kind":"H","source":"the first portion of a light athlete is smaller"},{"name":"hydration.max_portion_ml_per_kg","value":4.0,"unit":"ml/kg","kind":"H","source":"the further portions of a light athlete are smaller"}]');
INSERT INTO "advice" VALUES(8,1,'cold_bath','stretching','2026-05-06T11:59:00.000000Z','2026-05-06T14:59:00.000000Z','{"low_c":11.0,"high_c":15.0,"low_min":11.0,"high_min":15.0,"before":{"at":"2026-05-06T14:59:00.000000Z"}}','[{"name":"stretching.bath_low_c","value":11.0,"unit":"°C","kind":"P","source":"Machado et al. 2016"},{"name":"stretching.bath_high_c","value":15.0,"unit":"°C","kind":"P","source":"Machado et al. 2016"},{"name":"stretching.bath_low_min","value":11.0,"unit":"min","kind":"P","source":"Machado et al. 2016"},{"name":"stretching.bath_high_min","value":15.0,"unit":"min","kind":"P","source":"Machado et al. 2016"},{"name":"stretching.bath_within_h","value":3.0,"unit":"h","kind":"P","source":"Brophy-Williams, Landers & Wallman 2011 (n = 8): right away beat none, and did not differ significantly from three hours later"}]');
INSERT INTO "advice" VALUES(9,1,'stretch','stretching','2026-05-06T11:59:00.000000Z','2026-05-06T15:59:00.000000Z','{"minutes":20.0,"muscles":["calves","hamstrings","quadriceps","hip_flexors","glutes"]}','[{"name":"stretching.duration_min","value":20.0,"unit":"min","kind":"A","source":"article key 2: at least 20 minutes"},{"name":"muscles","value":"calves, hamstrings, quadriceps, hip_flexors, glutes","unit":"","kind":"input","source":"your sport"}]');
INSERT INTO "advice" VALUES(10,1,'stretch_evening','stretching','2026-05-06T15:59:00.000000Z','2026-05-06T22:00:00.000000Z','{"minutes":20.0,"muscles":["calves","hamstrings","quadriceps","hip_flexors","glutes"]}','[{"name":"stretching.duration_min","value":20.0,"unit":"min","kind":"A","source":"article key 2: at least 20 minutes"},{"name":"muscles","value":"calves, hamstrings, quadriceps, hip_flexors, glutes","unit":"","kind":"input","source":"your sport"}]');
INSERT INTO "advice" VALUES(11,1,'eat_meal','glycogen','2026-05-06T11:59:00.000000Z','2026-05-06T13:59:00.000000Z','{"within_h":2.0,"by":{"at":"2026-05-06T13:59:00.000000Z"},"carbohydrate_g":70,"protein_g":21}','[{"name":"mass_kg","value":70.0,"unit":"kg","kind":"H","source":"when nothing says more"},{"name":"glycogen.within_h","value":2.0,"unit":"h","kind":"P","source":"ACSM 2016"},{"name":"glycogen.meal_load","value":60.0,"unit":"1","kind":"H","source":"from this load on a meal counts"},{"name":"glycogen.carbohydrate_g_per_kg","value":1.0,"unit":"g/kg","kind":"H","source":"a normal meal"},{"name":"glycogen.protein_load","value":50.0,"unit":"1","kind":"H","source":"from this load on protein counts"},{"name":"glycogen.protein_g_per_kg","value":0.3,"unit":"g/kg","kind":"P","source":"ACSM 2016: 0.25-0.3 g/kg"},{"name":"glycogen.protein_max_g","value":40.0,"unit":"g","kind":"P","source":"ACSM 2016"}]');
INSERT INTO "advice" VALUES(12,1,'eat_meal_late','glycogen','2026-05-06T13:59:00.000000Z','2026-05-06T15:59:00.000000Z','{"within_h":2.0,"by":{"at":"2026-05-06T13:59:00.000000Z"},"carbohydrate_g":70,"protein_g":21}','[{"name":"mass_kg","value":70.0,"unit":"kg","kind":"H","source":"when nothing says more"},{"name":"glycogen.within_h","value":2.0,"unit":"h","kind":"P","source":"ACSM 2016"},{"name":"glycogen.meal_load","value":60.0,"unit":"1","kind":"H","source":"from this load on a meal counts"},{"name":"glycogen.carbohydrate_g_per_kg","value":1.0,"unit":"g/kg","kind":"H","source":"a normal meal"},{"name":"glycogen.protein_load","value":50.0,"unit":"1","kind":"H","source":"from this load on protein counts"},{"name":"glycogen.protein_g_per_kg","value":0.3,"unit":"g/kg","kind":"P","source":"ACSM 2016: 0.25-0.3 g/kg"},{"name":"glycogen.protein_max_g","value":40.0,"unit":"g","kind":"P","source":"ACSM 2016"}]');
INSERT INTO "advice" VALUES(13,1,'avoid_tonight','avoid','2026-05-06T18:00:00.000000Z','2026-05-07T00:00:00.000000Z','{"until":{"at":"2026-05-07T11:59:00.000000Z"}}','[{"name":"avoid.window_h","value":24.0,"unit":"h","kind":"H","source":"how long to leave alcohol and anti-inflammatories alone"},{"name":"avoid.evening_hour","value":18.0,"unit":"hour","kind":"H","source":"when the evening message comes"}]');
INSERT INTO "advice" VALUES(14,1,'avoid_until','avoid','2026-05-07T00:00:00.000000Z','2026-05-07T11:59:00.000000Z','{"until":{"at":"2026-05-07T11:59:00.000000Z"}}','[{"name":"avoid.window_h","value":24.0,"unit":"h","kind":"H","source":"how long to leave alcohol and anti-inflammatories alone"},{"name":"avoid.evening_hour","value":18.0,"unit":"hour","kind":"H","source":"when the evening message comes"}]');
INSERT INTO "advice" VALUES(15,1,'omega3','omega3','2026-05-06T11:59:00.000000Z','2026-05-07T00:00:00.000000Z','{}','[{"name":"omega3.load","value":50.0,"unit":"1","kind":"H","source":"from this load on muscles may be sore"}]');
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
        ;
INSERT INTO "answers" VALUES(1,'rpe',2,'2026-04-06T12:00:00.000000Z','{"rpe":7.0}','command','2026-05-06T12:10:00.000000Z','2026-05-06T12:11:00.000000Z');
INSERT INTO "answers" VALUES(2,'tqr',NULL,'2026-05-06T06:00:00.000000Z','{"day":"2026-05-06","tqr":15.0}','command','2026-05-06T06:00:00.000000Z',NULL);
INSERT INTO "answers" VALUES(3,'weights',NULL,'2026-05-06T05:30:00.000000Z','{"mass_kg":72.4,"device":"1/2/3","user":1}','file','2026-05-06T05:30:00.000000Z',NULL);
INSERT INTO "answers" VALUES(4,'weights',NULL,'2026-05-07T05:30:00.000000Z','{"mass_kg":72.1,"device":"1/2/3","user":1}','file','2026-05-07T05:30:00.000000Z',NULL);
CREATE TABLE backlogs (
        id INTEGER PRIMARY KEY,
        opened_at TEXT NOT NULL,
        closed_at TEXT
    ) STRICT
    ;
CREATE TABLE calendar_faults (id INTEGER PRIMARY KEY, path TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
INSERT INTO "calendar_faults" VALUES(1,'/home/anna/training.ics','{"id":"calendar.no_sense","values":{"title":"Run"}}');
CREATE TABLE database_identity (identity TEXT PRIMARY KEY) STRICT;
INSERT INTO "database_identity" VALUES('00112233445566778899aabbccddeeff');
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
        ;
INSERT INTO "files" VALUES('7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f','/home/anna/inbox/run.fit',16541,'workout',NULL,'2026-05-06T12:05:00.000000Z',1,NULL);
INSERT INTO "files" VALUES('f2d381884db984346fd602a7d2807d26c27de3ce2d08d99392661beaf516e64f','/home/anna/inbox/letter.fit',81,'rejected','This is not a FIT file: its header lacks the letters ".FIT".','2026-05-06T12:15:00.000000Z',NULL,NULL);
INSERT INTO "files" VALUES('9abb8509061e9586bef5716266e896d6f224bcd06d0deae314ad290db0c950ec','/home/anna/inbox/ride.fit',1804,'workout',NULL,'2026-05-06T12:40:00.000000Z',2,NULL);
INSERT INTO "files" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','/home/anna/inbox/night.fit',912,'day',NULL,'2026-05-06T06:05:00.000000Z',NULL,NULL);
CREATE TABLE first_seen (path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, seen_at TEXT) STRICT;
CREATE TABLE forgotten (
            workout_id INTEGER PRIMARY KEY REFERENCES workouts (id),
            had_clock INTEGER NOT NULL,
            forgotten_at TEXT NOT NULL
        ) STRICT
        ;
CREATE TABLE held_up (
            path TEXT PRIMARY KEY,
            reason TEXT
        ) STRICT
        ;
CREATE TABLE in_hand (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL) STRICT;
CREATE TABLE left_out (
            path TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('gpx', 'tcx', 'other')),
            files INTEGER NOT NULL,
            seen_at TEXT NOT NULL, sha256 TEXT,
            PRIMARY KEY (path, kind)
        ) STRICT
        ;
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
        ;
INSERT INTO "night_records" VALUES('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2026-05-06','garmin/3122/3990001234','2026-05-06T04:50:00.000000Z','2026-05-06T06:05:00.000000Z',48.0,'2026-05-06T04:50:00.000000Z',52.5,'2026-05-05T20:50:00.000000Z','2026-05-06T04:45:00.000000Z',430.0,0,'balanced','2026-05-06T04:51:00.000000Z',27000.0,'2026-05-05T20:48:00.000000Z','2026-05-06T04:50:00.000000Z',81.0);
CREATE TABLE occasions (
            kind TEXT NOT NULL,
            day TEXT NOT NULL,
            settled_at TEXT NOT NULL,
            said INTEGER NOT NULL,
            statement TEXT NOT NULL,
            PRIMARY KEY (kind, day)
        ) STRICT
        ;
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
            tries_left INTEGER, next_easy_from TEXT, next_ready_at TEXT,
            UNIQUE (workout_identity, rule, target)
        ) STRICT
        ;
INSERT INTO "outbox" VALUES(1,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first','phone','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Walk 10 min before you sit down: there was no cool-down.
Drink 1.2 l, with something salty: 800 ml now, 200 ml at 12:14, 240 ml at 12:29.
Cold bath, 11–15 °C for 11–15 min, before 14:59; not alone.
Stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Eat before 13:59: a normal meal, about 70 g carbohydrate and 21 g protein.
Information, not medical advice: in doubt, ask a professional.',1,'','2026-05-06T12:05:00.000000Z','2026-05-06T12:14:00.000000Z','sent',1,'2026-05-06T12:05:00.000000Z',NULL,NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:05:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(2,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first','mail','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Walk 10 min before you sit down: there was no cool-down.
Drink 1.2 l, with something salty: 800 ml now, 200 ml at 12:14, 240 ml at 12:29.
Cold bath, 11–15 °C for 11–15 min, before 14:59; not alone.
Stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Eat before 13:59: a normal meal, about 70 g carbohydrate and 21 g protein.
Information, not medical advice: in doubt, ask a professional.',1,'','2026-05-06T12:05:00.000000Z','2026-05-06T12:14:00.000000Z','failed',1,'2026-05-06T12:05:10.010349Z','{"id": "delivery.refused_connection", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:15:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(3,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'ready','phone','Recovered','From now on you can train hard again.',0,'','2026-05-08T12:00:00.000000Z','2026-05-08T23:59:00.000000Z','pending',0,'2026-05-08T12:00:00.000000Z',NULL,NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:40:00.000000Z',NULL,'2026-05-08T12:00:00.000000Z','ready',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(4,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'ready','mail','Recovered','From now on you can train hard again.',0,'','2026-05-08T12:00:00.000000Z','2026-05-08T23:59:00.000000Z','pending',0,'2026-05-08T12:00:00.000000Z',NULL,NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:40:00.000000Z',NULL,'2026-05-08T12:00:00.000000Z','ready',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(5,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_1','phone','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Walk 10 min before you sit down: there was no cool-down.
Drink 1.2 l in all, with something salty: 200 ml now, 240 ml at 12:29, and what you missed spread over the next hours.
Cold bath, 11–15 °C for 11–15 min, before 14:59; not alone.
Stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Eat before 13:59: a normal meal, about 70 g carbohydrate and 21 g protein.
Information, not medical advice: in doubt, ask a professional.',1,'first','2026-05-06T12:14:00.000000Z','2026-05-06T12:29:00.000000Z','cancelled',0,'2026-05-06T12:14:00.000000Z','{"id": "delivery.said_earlier", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:05:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(6,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_1','mail','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Walk 10 min before you sit down: there was no cool-down.
Drink 1.2 l in all, with something salty: 200 ml now, 240 ml at 12:29, and what you missed spread over the next hours.
Cold bath, 11–15 °C for 11–15 min, before 14:59; not alone.
Stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Eat before 13:59: a normal meal, about 70 g carbohydrate and 21 g protein.
Information, not medical advice: in doubt, ask a professional.',1,'first','2026-05-06T12:14:00.000000Z','2026-05-06T12:29:00.000000Z','failed',2,'2026-05-06T12:25:16.081296Z','{"id": "delivery.refused_connection", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:30:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(7,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_2','phone','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Drink 1.2 l in all, with something salty: 240 ml now, and what you missed spread over the next hours.
Cold bath, 11–15 °C for 11–15 min, before 14:59; not alone.
Stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Eat before 13:59: a normal meal, about 70 g carbohydrate and 21 g protein.
Information, not medical advice: in doubt, ask a professional.',1,'first first_later_1','2026-05-06T12:29:00.000000Z','2026-05-06T12:44:00.000000Z','cancelled',0,'2026-05-06T12:29:00.000000Z','{"id": "delivery.said_earlier", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:05:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(8,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_2','mail','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Drink 1.2 l in all, with something salty: 240 ml now, and what you missed spread over the next hours.
Cold bath, 11–15 °C for 11–15 min, before 14:59; not alone.
Stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Eat before 13:59: a normal meal, about 70 g carbohydrate and 21 g protein.
Information, not medical advice: in doubt, ask a professional.',1,'first first_later_1','2026-05-06T12:29:00.000000Z','2026-05-06T12:44:00.000000Z','failed',2,'2026-05-06T12:40:20.567957Z','{"id": "delivery.refused_connection", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:50:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(9,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_3','phone','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Drink 1.2 l in all after this workout, spread out, with something salty.
Cold bath, 11–15 °C for 11–15 min, before 14:59; not alone.
Stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Eat before 13:59: a normal meal, about 70 g carbohydrate and 21 g protein.
Information, not medical advice: in doubt, ask a professional.',1,'first first_later_1 first_later_2','2026-05-06T12:44:00.000000Z','2026-05-06T13:59:00.000000Z','cancelled',0,'2026-05-06T12:44:00.000000Z','{"id": "delivery.said_earlier", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:05:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(10,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_3','mail','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Drink 1.2 l in all after this workout, spread out, with something salty.
Cold bath, 11–15 °C for 11–15 min, before 14:59; not alone.
Stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Eat before 13:59: a normal meal, about 70 g carbohydrate and 21 g protein.
Information, not medical advice: in doubt, ask a professional.',1,'first first_later_1 first_later_2','2026-05-06T12:44:00.000000Z','2026-05-06T13:59:00.000000Z','failed',7,'2026-05-06T13:58:17.993677Z','{"id": "delivery.refused_connection", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T14:00:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(11,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_4','phone','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Drink 1.2 l in all after this workout, spread out, with something salty.
Cold bath, 11–15 °C for 11–15 min, before 14:59; not alone.
Stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Eat soon: a normal meal, about 70 g carbohydrate and 21 g protein.
Information, not medical advice: in doubt, ask a professional.',1,'first first_later_1 first_later_2 first_later_3','2026-05-06T13:59:00.000000Z','2026-05-06T14:59:00.000000Z','cancelled',0,'2026-05-06T13:59:00.000000Z','{"id": "delivery.said_earlier", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:05:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(12,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_4','mail','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Drink 1.2 l in all after this workout, spread out, with something salty.
Cold bath, 11–15 °C for 11–15 min, before 14:59; not alone.
Stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Eat soon: a normal meal, about 70 g carbohydrate and 21 g protein.
Information, not medical advice: in doubt, ask a professional.',1,'first first_later_1 first_later_2 first_later_3','2026-05-06T13:59:00.000000Z','2026-05-06T14:59:00.000000Z','failed',6,'2026-05-06T14:54:10.781174Z','{"id": "delivery.refused_connection", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T15:00:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(13,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_5','phone','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Drink 1.2 l in all after this workout, spread out, with something salty.
Stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Eat soon: a normal meal, about 70 g carbohydrate and 21 g protein.
Information, not medical advice: in doubt, ask a professional.',1,'first first_later_1 first_later_2 first_later_3 first_later_4','2026-05-06T14:59:00.000000Z','2026-05-06T15:59:00.000000Z','cancelled',0,'2026-05-06T14:59:00.000000Z','{"id": "delivery.said_earlier", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:05:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(14,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_5','mail','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Drink 1.2 l in all after this workout, spread out, with something salty.
Stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Eat soon: a normal meal, about 70 g carbohydrate and 21 g protein.
Information, not medical advice: in doubt, ask a professional.',1,'first first_later_1 first_later_2 first_later_3 first_later_4','2026-05-06T14:59:00.000000Z','2026-05-06T15:59:00.000000Z','failed',6,'2026-05-06T15:56:00.541188Z','{"id": "delivery.refused_connection", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T16:00:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(15,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_6','phone','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
This evening, stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Information, not medical advice: in doubt, ask a professional.',1,'first first_later_1 first_later_2 first_later_3 first_later_4 first_later_5','2026-05-06T15:59:00.000000Z','2026-05-06T22:00:00.000000Z','cancelled',0,'2026-05-06T15:59:00.000000Z','{"id": "delivery.said_earlier", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:05:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(16,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_6','mail','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
This evening, stretch 20 min: calves, hamstrings, quads, hip flexors, glutes.
Information, not medical advice: in doubt, ask a professional.',1,'first first_later_1 first_later_2 first_later_3 first_later_4 first_later_5','2026-05-06T15:59:00.000000Z','2026-05-06T22:00:00.000000Z','failed',17,'2026-05-06T21:59:50.000000Z','{"id": "delivery.refused_connection", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T22:00:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(17,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'evening','phone','Tonight','Tonight no alcohol, and no anti-inflammatories unless prescribed.
Some oily fish or walnuts, and blueberries, help against sore muscles.',0,'','2026-05-06T18:00:00.000000Z','2026-05-07T00:00:00.000000Z','sent',1,'2026-05-06T18:00:00.000000Z',NULL,NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T18:00:00.000000Z',NULL,NULL,'evening',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(18,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'evening','mail','Tonight','Tonight no alcohol, and no anti-inflammatories unless prescribed.
Some oily fish or walnuts, and blueberries, help against sore muscles.',0,'','2026-05-06T18:00:00.000000Z','2026-05-07T00:00:00.000000Z','failed',17,'2026-05-06T23:59:50.000000Z','{"id": "delivery.refused_connection", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-07T00:00:00.000000Z',NULL,NULL,'evening',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(19,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_7','phone','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Tonight no alcohol, and no anti-inflammatories unless prescribed.
Some oily fish or walnuts, and blueberries, help against sore muscles.
Information, not medical advice: in doubt, ask a professional.',1,'first first_later_1 first_later_2 first_later_3 first_later_4 first_later_5 first_later_6','2026-05-06T22:00:00.000000Z','2026-05-06T23:59:00.000000Z','cancelled',0,'2026-05-06T22:00:00.000000Z','{"id": "delivery.said_earlier", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-06T12:05:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(20,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f',1,'first_later_7','mail','Hard run, 45 min','Hard: 45 min above threshold. Easy from Thu 12:00, hard again from Fri 12:00.
Tonight no alcohol, and no anti-inflammatories unless prescribed.
Some oily fish or walnuts, and blueberries, help against sore muscles.
Information, not medical advice: in doubt, ask a professional.',1,'first first_later_1 first_later_2 first_later_3 first_later_4 first_later_5 first_later_6','2026-05-06T22:00:00.000000Z','2026-05-09T00:00:00+00:00','sending',1,'2026-05-06T23:58:50.000000Z','{"id": "delivery.refused_connection", "values": {}}',NULL,'2026-05-06T12:05:00.000000Z','2026-05-07T00:00:00.000000Z','2026-05-07T12:00:00.000000Z','2026-05-08T12:00:00.000000Z','first',NULL,NULL,NULL,NULL);
CREATE TABLE past_loads (
            zone TEXT NOT NULL,
            cut TEXT NOT NULL,
            first TEXT NOT NULL,
            loads BLOB NOT NULL,
            PRIMARY KEY (zone, cut)
        ) STRICT
        ;
CREATE TABLE planned_sessions (identity TEXT PRIMARY KEY, day TEXT NOT NULL, starts_at TEXT, minutes REAL, title TEXT NOT NULL, is_hard INTEGER NOT NULL) STRICT;
INSERT INTO "planned_sessions" VALUES('0a1b2c3d4e5f6071','2026-05-07','2026-05-07T16:00:00.000000Z',90.0,'Long run',0);
INSERT INTO "planned_sessions" VALUES('1a1b2c3d4e5f6071','2026-05-08',NULL,NULL,'Race',1);
CREATE TABLE questions (workout_id INTEGER PRIMARY KEY REFERENCES workouts (id), rule TEXT NOT NULL, asked_at TEXT NOT NULL) STRICT;
INSERT INTO "questions" VALUES(1,'first','2026-05-06T12:05:00.000000Z');
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
        ;
INSERT INTO "reassessment" VALUES(1,NULL,NULL,NULL,NULL,NULL,2,NULL,NULL);
CREATE TABLE set_aside (
            path TEXT PRIMARY KEY,
            size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            sha256 TEXT,
            deaths INTEGER NOT NULL,
            reason TEXT NOT NULL,
            version TEXT NOT NULL,
            at TEXT NOT NULL
        , interrupted INTEGER NOT NULL DEFAULT 0) STRICT
        ;
CREATE TABLE sightings (
        path TEXT PRIMARY KEY,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        ctime_ns INTEGER NOT NULL,
        inode INTEGER NOT NULL
    ) STRICT
    ;
INSERT INTO "sightings" VALUES('/home/anna/inbox/run.fit',16541,1795373855508620300,1795373855508620300,2417537);
INSERT INTO "sightings" VALUES('/home/anna/inbox/letter.fit',81,1795373855508719839,1795373855508719839,2417538);
INSERT INTO "sightings" VALUES('/home/anna/inbox/ride.fit',1804,1795373855585998426,1795373855585998426,2417540);
CREATE TABLE told_sports (
            workout_id INTEGER PRIMARY KEY REFERENCES workouts (id),
            sport TEXT NOT NULL,
            sub_sport TEXT,
            names TEXT NOT NULL
        ) STRICT
        ;
CREATE TABLE used_replies (hash TEXT PRIMARY KEY, expires_at TEXT NOT NULL) STRICT;
INSERT INTO "used_replies" VALUES('9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f','2026-05-09T12:00:00.000000Z');
CREATE TABLE watched (path TEXT PRIMARY KEY) STRICT;
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
        gentle INTEGER NOT NULL,
        hr_peak_30s_bpm REAL,
        brick_after INTEGER REFERENCES workouts (id),
        recovery_h REAL NOT NULL,
        easy_from TEXT,
        ready_at TEXT,
        load_json TEXT NOT NULL,
        assessment TEXT NOT NULL,
        verdicts TEXT NOT NULL,
        stored_at TEXT NOT NULL
    , athlete TEXT, untold INTEGER NOT NULL DEFAULT 0, very_hard INTEGER NOT NULL DEFAULT 0, very_long_run INTEGER NOT NULL DEFAULT 0, clock_h REAL NOT NULL DEFAULT 0, decided_by TEXT NOT NULL DEFAULT 'volume', trained_at TEXT NOT NULL DEFAULT '', ready_other_at TEXT, rested_at TEXT, rested_other_at TEXT, easy_week_until TEXT, loaded_muscles TEXT NOT NULL DEFAULT '[]', resting_muscles TEXT NOT NULL DEFAULT '[]', best_20min_w REAL, shift_s REAL NOT NULL DEFAULT 0, serial INTEGER, created_at TEXT, recorded_until TEXT, recorded_timer_s REAL) STRICT
    ;
INSERT INTO "workouts" VALUES(1,'7264c693a5749ae68337604f2655594776e03ac3161f2fdfc7ed7bf76be4c28f','2026-05-06T11:14:00.000000Z','2026-05-06T11:59:00.000000Z',1,'running','generic','development hersteld',2700.0,2700.0,NULL,NULL,178.0,181.0,NULL,0,'{"sessions":[{"sport":"running","sub_sport":"generic","started_at":"2026-05-06T11:14:00.000000Z","timer_s":2700.0,"elapsed_s":2700.0,"distance_m":null,"kcal":null,"avg_hr_bpm":178.0,"max_hr_bpm":181.0,"avg_power_w":null,"threshold_power_w":null}],"pauses":[],"vendor":{"recovery_min":null,"training_effect":null,"anaerobic_training_effect":null,"training_load_peak":null,"stress_score":null,"sweat_loss_ml":null,"rpe":null,"feel":null},"profile":{"resting_hr_bpm":null,"max_hr_bpm":null,"lthr_bpm":null,"ftp_w":null,"mass_kg":null,"sex":null},"min_temperature_c":null,"time_in_zone_s":null,"exercise_categories":[],"fault_offset":null}',X'485331BB0000005B7B226E616D65223A2274696D655F73222C22726F7773223A323730302C226279746573223A323730302C227363616C65223A312C226F6666736574223A302C226B696E64223A227C6931222C226D697373696E67223A307D2C7B226E616D65223A2268656172745F726174655F62706D222C22726F7773223A323730302C226279746573223A353430302C227363616C65223A312C226F6666736574223A302C226B696E64223A223C6932222C226D697373696E67223A307D5D789CED96410A80300C04EBFF7FE3072B785270B329155370E696AD4A970ED2B60100000000D4B0B793AD5DB94F2A8AE826C94F2A0AB0DBCF4FE2731176FB3DB924A308B7FDB1EA83DDC7AADBEED3D5A37E18AF5FC6F82C33D531DE450133D531DE450118AF935F191F1DEDDBC64F517A6AB5D4FEA74AA9BD8BD682F13AC2F8C7A731DE44CB82F13AC2F8C4A4A265F9E22E7A00FE408EF9',8.89831750996534083259e+01,'heart_rate','B','near_maximal',1,0,181.0,NULL,48.0,'2026-05-07T11:59:00.000000Z','2026-05-08T11:59:00.000000Z','{"value":88.98317509965341,"rung":"heart_rate","grade":"B","trimp":154.91131041839964,"session_rpe":null,"reasons":[{"name":"timer_s","value":2700.0,"unit":"s","kind":"input","source":"the workout''s file"},{"name":"hr_coverage","value":1.0,"unit":"1","kind":"input","source":"the workout''s file"},{"name":"max_hr_bpm","value":190.0,"unit":"bpm","kind":"H","source":"when neither the athlete, the file, the past nor an age says more"},{"name":"resting_hr_bpm","value":60.0,"unit":"bpm","kind":"H","source":"when nothing says more"},{"name":"lthr_bpm","value":170.5,"unit":"bpm","kind":"H","source":"threshold heart rate as a share of the heart rate reserve"},{"name":"load.trimp_b_male","value":1.92,"unit":"1","kind":"P","source":"Banister 1991, in MacDougall, Wenger & Green; exponents also in Morton, Fitz-Clarke & Banister 1990"},{"name":"load.trimp_b_female","value":1.67,"unit":"1","kind":"P","source":"Banister 1991, in MacDougall, Wenger & Green; exponents also in Morton, Fitz-Clarke & Banister 1990"}]}','{"intensity":"near_maximal","hard":true,"light":false,"seconds_by_intensity":{"very_light":0.0,"light":0.0,"moderate":0.0,"vigorous":890.0,"near_maximal":1809.0},"seconds_at_threshold":2699.0,"recovery_h":48.0,"easy_from":"2026-05-07T11:59:00.000000Z","ready_at":"2026-05-08T11:59:00.000000Z","next_training_on":null,"ctl":4.109584681499115,"atl":11.99695879730212,"tsb":-7.887374115803006,"remaining_h":0.0,"hr_peak_30s_bpm":181.0,"warnings":[],"reasons":[{"name":"load","value":89.0,"unit":"1","kind":"input","source":"rung: heart_rate"},{"name":"rest.curve_h","value":"0, 6, 12, 24, 48, 72, 96","unit":"h","kind":"H","source":"150 -> 24 h and 300 -> 48 h after Coggan''s bands for trained cyclists (Allen & Coggan 2010); the other anchors and the interpolation are ours"},{"name":"rest.level_trained","value":1.0,"unit":"1","kind":"H","source":"the curve is for trained athletes"},{"name":"busy_week","value":1.0,"unit":"1","kind":"input","source":"your last week against your last six"},{"name":"rest.floor_threshold_h","value":24.0,"unit":"h","kind":"P","source":"Stanley, Peake & Buchheit 2013: the low end of 24-48 h"},{"name":"rest.floor_near_maximal_h","value":48.0,"unit":"h","kind":"P","source":"Stanley, Peake & Buchheit 2013"}]}','[{"key":"rest","rule":"rest","fired":true,"why_not":"","reasons":[{"name":"load","value":89.0,"unit":"1","kind":"input","source":"rung: heart_rate"},{"name":"rest.curve_h","value":"0, 6, 12, 24, 48, 72, 96","unit":"h","kind":"H","source":"150 -> 24 h and 300 -> 48 h after Coggan''s bands for trained cyclists (Allen & Coggan 2010); the other anchors and the interpolation are ours"},{"name":"rest.level_trained","value":1.0,"unit":"1","kind":"H","source":"the curve is for trained athletes"},{"name":"busy_week","value":1.0,"unit":"1","kind":"input","source":"your last week against your last six"},{"name":"rest.floor_threshold_h","value":24.0,"unit":"h","kind":"P","source":"Stanley, Peake & Buchheit 2013: the low end of 24-48 h"},{"name":"rest.floor_near_maximal_h","value":48.0,"unit":"h","kind":"P","source":"Stanley, Peake & Buchheit 2013"}]},{"key":"rest","rule":"ready","fired":true,"why_not":"","reasons":[{"name":"load","value":89.0,"unit":"1","kind":"input","source":"rung: heart_rate"},{"name":"rest.curve_h","value":"0, 6, 12, 24, 48, 72, 96","unit":"h","kind":"H","source":"150 -> 24 h and 300 -> 48 h after Coggan''s bands for trained cyclists (Allen & Coggan 2010); the other anchors and the interpolation are ours"},{"name":"rest.level_trained","value":1.0,"unit":"1","kind":"H","source":"the curve is for trained athletes"},{"name":"busy_week","value":1.0,"unit":"1","kind":"input","source":"your last week against your last six"},{"name":"rest.floor_threshold_h","value":24.0,"unit":"h","kind":"P","source":"Stanley, Peake & Buchheit 2013: the low end of 24-48 h"},{"name":"rest.floor_near_maximal_h","value":48.0,"unit":"h","kind":"P","source":"Stanley, Peake & Buchheit 2013"}]},{"key":"cooldown","rule":"cooldown","fired":true,"why_not":"","reasons":[{"name":"last_minutes_reserve_share","value":0.9,"unit":"1","kind":"input","source":"the workout''s file"},{"name":"cooldown.last_min","value":5.0,"unit":"min","kind":"H","source":"the end of a workout"},{"name":"cooldown.cooldown_reserve_share","value":0.6,"unit":"1","kind":"H","source":"a mean heart rate above this at the end is no cool-down"}]},{"key":"hydration","rule":"hydration","fired":true,"why_not":"","reasons":[{"name":"net_loss_ml","value":830,"unit":"ml","kind":"input","source":"model"},{"name":"hydration.sweat_lph_by_intensity","value":"0.4, 0.4, 0.7, 1, 1.3","unit":"l/h","kind":"H","source":"very light, light, moderate, vigorous, near-maximal; where the file has no energy"},{"name":"mass_kg","value":70.0,"unit":"kg","kind":"H","source":"when nothing says more"},{"name":"hydration.temperature_c","value":15.0,"unit":"°C","kind":"H","source":"when the device felt none"},{"name":"hydration.drunk_from_min","value":60.0,"unit":"min","kind":"H","source":"in workouts longer than this"},{"name":"hydration.max_estimated_l","value":2.0,"unit":"l","kind":"H","source":"an estimated loss counts for no more"},{"name":"hydration.max_estimated_share","value":0.03,"unit":"1","kind":"H","source":"an estimated loss counts for no more of the body mass"},{"name":"hydration.uncertainty","value":0.4,"unit":"1","kind":"H","source":"an estimate may be off by this share"},{"name":"hydration.replaced_share","value":1.5,"unit":"1","kind":"A","source":"article key 3: 150 % of the weight lost; also Shirreffs 1996 and ACSM 2007 (Sawka), with enough salt"},{"name":"hydration.first_portion_ml","value":800.0,"unit":"ml","kind":"A","source":"article key 3: the first portion"},{"name":"hydration.portion_ml","value":200.0,"unit":"ml","kind":"A","source":"article key 3: each further portion"},{"name":"hydration.interval_min","value":15.0,"unit":"min","kind":"A","source":"article key 3: every 15 minutes"},{"name":"hydration.max_first_ml_per_kg","value":12.0,"unit":"ml/kg","kind":"H","source":"the first portion of a light athlete is smaller"},{"name":"hydration.max_portion_ml_per_kg","value":4.0,"unit":"ml/kg","kind":"H","source":"the further portions of a light athlete are smaller"}]},{"key":"stretching","rule":"cold_bath","fired":true,"why_not":"","reasons":[{"name":"stretching.bath_low_c","value":11.0,"unit":"°C","kind":"P","source":"Machado et al. 2016"},{"name":"stretching.bath_high_c","value":15.0,"unit":"°C","kind":"P","source":"Machado et al. 2016"},{"name":"stretching.bath_low_min","value":11.0,"unit":"min","kind":"P","source":"Machado et al. 2016"},{"name":"stretching.bath_high_min","value":15.0,"unit":"min","kind":"P","source":"Machado et al. 2016"},{"name":"stretching.bath_within_h","value":3.0,"unit":"h","kind":"P","source":"Brophy-Williams, Landers & Wallman 2011 (n = 8): right away beat none, and did not differ significantly from three hours later"}]},{"key":"stretching","rule":"stretching","fired":true,"why_not":"","reasons":[{"name":"stretching.duration_min","value":20.0,"unit":"min","kind":"A","source":"article key 2: at least 20 minutes"},{"name":"muscles","value":"calves, hamstrings, quadriceps, hip_flexors, glutes","unit":"","kind":"input","source":"your sport"}]},{"key":"glycogen","rule":"glycogen","fired":true,"why_not":"","reasons":[{"name":"mass_kg","value":70.0,"unit":"kg","kind":"H","source":"when nothing says more"},{"name":"glycogen.within_h","value":2.0,"unit":"h","kind":"P","source":"ACSM 2016"},{"name":"glycogen.meal_load","value":60.0,"unit":"1","kind":"H","source":"from this load on a meal counts"},{"name":"glycogen.carbohydrate_g_per_kg","value":1.0,"unit":"g/kg","kind":"H","source":"a normal meal"},{"name":"glycogen.protein_load","value":50.0,"unit":"1","kind":"H","source":"from this load on protein counts"},{"name":"glycogen.protein_g_per_kg","value":0.3,"unit":"g/kg","kind":"P","source":"ACSM 2016: 0.25-0.3 g/kg"},{"name":"glycogen.protein_max_g","value":40.0,"unit":"g","kind":"P","source":"ACSM 2016"}]},{"key":"avoid","rule":"avoid","fired":true,"why_not":"","reasons":[{"name":"avoid.window_h","value":24.0,"unit":"h","kind":"H","source":"how long to leave alcohol and anti-inflammatories alone"},{"name":"avoid.evening_hour","value":18.0,"unit":"hour","kind":"H","source":"when the evening message comes"}]},{"key":"omega3","rule":"omega3","fired":true,"why_not":"","reasons":[{"name":"omega3.load","value":50.0,"unit":"1","kind":"H","source":"from this load on muscles may be sore"}]},{"key":"red_flags","rule":"red_flags","fired":false,"why_not":"usual_strain","reasons":[]}]','2026-05-06T12:05:00.000000Z',NULL,0,0,0,48.0,'volume','2026-05-06T11:14:00.000000Z','2026-05-08T11:59:00.000000Z','2026-05-08T11:59:00.000000Z','2026-05-08T11:59:00.000000Z',NULL,'[]','[]',NULL,0.0,NULL,NULL,NULL,NULL);
INSERT INTO "workouts" VALUES(2,'9abb8509061e9586bef5716266e896d6f224bcd06d0deae314ad290db0c950ec','2026-04-06T11:57:00.000000Z','2026-04-06T12:00:00.000000Z',1,'cycling','generic','development hersteld',180.0,180.0,NULL,NULL,166.0,168.0,210.0,0,'{"sessions":[{"sport":"cycling","sub_sport":"generic","started_at":"2026-04-06T11:57:00.000000Z","timer_s":180.0,"elapsed_s":180.0,"distance_m":null,"kcal":null,"avg_hr_bpm":166.0,"max_hr_bpm":168.0,"avg_power_w":210.0,"threshold_power_w":null}],"pauses":[],"vendor":{"recovery_min":null,"training_effect":null,"anaerobic_training_effect":null,"training_load_peak":null,"stress_score":null,"sweat_loss_ml":null,"rpe":null,"feel":null},"profile":{"resting_hr_bpm":null,"max_hr_bpm":null,"lthr_bpm":null,"ftp_w":null,"mass_kg":null,"sex":null},"min_temperature_c":null,"time_in_zone_s":null,"exercise_categories":[],"fault_offset":null}',X'4853310F0100005B7B226E616D65223A2274696D655F73222C22726F7773223A3138302C226279746573223A3138302C227363616C65223A312C226F6666736574223A302C226B696E64223A227C6931222C226D697373696E67223A307D2C7B226E616D65223A2268656172745F726174655F62706D222C22726F7773223A3138302C226279746573223A3336302C227363616C65223A312C226F6666736574223A302C226B696E64223A223C6932222C226D697373696E67223A307D2C7B226E616D65223A22706F7765725F77222C22726F7773223A3138302C226279746573223A3336302C227363616C65223A312C226F6666736574223A302C226B696E64223A223C6932222C226D697373696E67223A307D5D789C63601C7A6029031830322003541E2E217CE03F0111E279B884A80F68EAE64B643A6A14900600C1740E22',4.46969214399321668196e+00,'heart_rate','B','vigorous',0,1,168.0,NULL,1.07272611455837196814e+00,'2026-04-06T12:32:10.907006Z','2026-04-06T13:04:21.814012Z','{"value":4.469692143993217,"rung":"heart_rate","grade":"B","trimp":7.785105420585372,"session_rpe":null,"reasons":[{"name":"timer_s","value":180.0,"unit":"s","kind":"input","source":"the workout''s file"},{"name":"hr_coverage","value":0.994,"unit":"1","kind":"input","source":"the workout''s file"},{"name":"max_hr_bpm","value":190.0,"unit":"bpm","kind":"H","source":"when neither the athlete, the file, the past nor an age says more"},{"name":"resting_hr_bpm","value":60.0,"unit":"bpm","kind":"H","source":"when nothing says more"},{"name":"lthr_bpm","value":170.5,"unit":"bpm","kind":"H","source":"threshold heart rate as a share of the heart rate reserve"},{"name":"load.trimp_b_male","value":1.92,"unit":"1","kind":"P","source":"Banister 1991, in MacDougall, Wenger & Green; exponents also in Morton, Fitz-Clarke & Banister 1990"},{"name":"load.trimp_b_female","value":1.67,"unit":"1","kind":"P","source":"Banister 1991, in MacDougall, Wenger & Green; exponents also in Morton, Fitz-Clarke & Banister 1990"}]}','{"intensity":"vigorous","hard":false,"light":true,"seconds_by_intensity":{"very_light":0.0,"light":0.0,"moderate":0.0,"vigorous":179.0,"near_maximal":0.0},"seconds_at_threshold":0.0,"recovery_h":1.072726114558372,"easy_from":"2026-04-06T12:32:10.907006Z","ready_at":"2026-04-06T13:04:21.814012Z","next_training_on":null,"ctl":null,"atl":null,"tsb":null,"remaining_h":0.0,"hr_peak_30s_bpm":168.0,"warnings":[],"reasons":[{"name":"load","value":4.5,"unit":"1","kind":"input","source":"rung: heart_rate"},{"name":"rest.curve_h","value":"0, 6, 12, 24, 48, 72, 96","unit":"h","kind":"H","source":"150 -> 24 h and 300 -> 48 h after Coggan''s bands for trained cyclists (Allen & Coggan 2010); the other anchors and the interpolation are ours"},{"name":"rest.level_trained","value":1.0,"unit":"1","kind":"H","source":"the curve is for trained athletes"}]}','[{"key":"rest","rule":"rest","fired":false,"why_not":"too_short","reasons":[{"name":"messages.min_workout_min","value":5.0,"unit":"min","kind":"H","source":"a shorter workout is stored and asks nothing"}]}]','2026-05-06T12:40:00.000000Z',NULL,0,0,0,1.07272611455837196814e+00,'volume','2026-04-06T11:57:00.000000Z','2026-04-06T13:04:21.814012Z','2026-04-06T13:04:21.814012Z','2026-04-06T13:04:21.814012Z',NULL,'[]','[]',NULL,0.0,NULL,NULL,NULL,NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX workouts_by_start ON workouts (started_at);
CREATE INDEX workouts_by_brick ON workouts (brick_after);
CREATE INDEX advice_by_workout ON advice (workout_id);
CREATE INDEX workouts_by_reach ON workouts (julianday(MAX(ended_at, COALESCE(ready_at, ''), COALESCE(easy_from, ''))) - julianday(started_at)) WHERE has_clock;
CREATE INDEX workouts_untold ON workouts (started_at) WHERE untold;
CREATE TRIGGER past_added AFTER INSERT ON workouts BEGIN DELETE FROM past_loads WHERE cut > NEW.trained_at; END;
CREATE TRIGGER past_changed AFTER UPDATE OF trained_at, has_clock, load ON workouts BEGIN DELETE FROM past_loads WHERE cut > MIN(OLD.trained_at, NEW.trained_at); END;
CREATE TRIGGER past_removed AFTER DELETE ON workouts BEGIN DELETE FROM past_loads WHERE cut > OLD.trained_at; END;
CREATE INDEX workouts_past ON workouts (trained_at, started_at, id, ended_at, sport, load, hard, gentle, very_long_run, hr_peak_30s_bpm, ready_at, easy_from, ready_other_at, rested_at, rested_other_at, loaded_muscles, best_20min_w, has_clock);
CREATE INDEX workouts_by_shifted_file ON workouts (serial, created_at) WHERE shift_s;
CREATE INDEX outbox_by_state ON outbox (state, target, try_at);
CREATE INDEX outbox_by_workout ON outbox (workout_id);
CREATE INDEX outbox_by_change ON outbox (changed_at);
CREATE INDEX outbox_by_due ON outbox (state, due_at);
CREATE INDEX outbox_disclaimed ON outbox (state) WHERE disclaims;
CREATE INDEX files_by_seen ON files (seen_at);
CREATE INDEX files_by_backlog ON files (backlog_id);
CREATE INDEX files_by_workout ON files (workout_id);
CREATE INDEX files_by_path ON files (path);
CREATE INDEX night_records_by_day ON night_records (day);
CREATE INDEX planned_by_start ON planned_sessions (starts_at);
CREATE INDEX answers_by_workout ON answers (workout_id);
CREATE INDEX answers_by_time ON answers (kind, at);
CREATE INDEX workouts_sweat ON workouts (started_at) WHERE CASE WHEN json_valid(assessment) THEN json_extract(assessment, '$.sweat_ml_per_kcal') END IS NOT NULL;
CREATE INDEX workouts_rated ON workouts (started_at) WHERE CASE WHEN json_valid(details) THEN json_extract(details, '$.vendor.rpe') END IS NOT NULL;
CREATE INDEX used_replies_by_end ON used_replies (expires_at);
CREATE INDEX answers_of_scales ON answers (json_extract(value_json, '$.device'), COALESCE(json_extract(value_json, '$.user'), -1), json_extract(value_json, '$.mass_kg'), at) WHERE kind = 'weights' AND source = 'file' AND json_valid(value_json);
CREATE INDEX answers_that_hold ON answers (kind, at) WHERE undone_at IS NULL;
CREATE INDEX answers_of_own_mass ON answers (at) WHERE kind = 'weights' AND source <> 'file' AND undone_at IS NULL;
CREATE INDEX workouts_with_mass ON workouts (started_at) WHERE CASE WHEN json_valid(details) THEN json_extract(details, '$.profile.mass_kg') END > 0;
COMMIT;
