-- Maintenance is held off by the server: the newest such wish, also when its time is over.
CREATE TABLE maintenance_hold (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    asked    INTEGER NOT NULL,
    until    INTEGER NOT NULL CHECK (until >= asked),
    reason   TEXT    NOT NULL CHECK (length(CAST(reason AS BLOB)) <= 1024)
) STRICT;
