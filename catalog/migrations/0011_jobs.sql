-- What the daemon did by itself, or when it was asked, and how that ended. From the newest row of a
-- job it is known when the job is due again.
CREATE TABLE job_runs (
    id      INTEGER PRIMARY KEY,  -- counted up
    job     TEXT    NOT NULL CHECK (length(job) BETWEEN 1 AND 100),
    full    INTEGER NOT NULL CHECK (full IN (0, 1)),  -- the job's rarer, whole kind
    trigger TEXT    NOT NULL,
    started INTEGER NOT NULL,
    ended   INTEGER,              -- null while it runs
    state   TEXT    NOT NULL,
    result  TEXT    CHECK (length(CAST(result AS BLOB)) <= 1048576),  -- a JSON object
    reason  TEXT
) STRICT;

CREATE INDEX job_runs_by_job ON job_runs (job, full, id);
