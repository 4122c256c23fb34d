-- What was counted of each statement that the daemon runs, written once a minute.
CREATE TABLE query_statistics (
    statement   TEXT    PRIMARY KEY CHECK (length(statement) BETWEEN 1 AND 255),
    rows        INTEGER NOT NULL,
    scanned     INTEGER NOT NULL,
    nanoseconds INTEGER NOT NULL,
    longest     INTEGER NOT NULL,
    durations   BLOB    NOT NULL,  -- catalog/durations.h: how many were how long
    since       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
