-- Who did what, when, and how it ended. Each entry's hash covers all of it and the hash before.
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,  -- counted up without a gap; never given twice
    at       INTEGER NOT NULL,
    uid      INTEGER NOT NULL,     -- the caller's user; -1: several users
    pid      INTEGER NOT NULL,     -- and process, as the kernel noted it at connect
    method   TEXT    NOT NULL,
    subject  TEXT,                 -- identifiers and names of the catalog's own, never a secret
    outcome  TEXT    NOT NULL,     -- "ok", or the error's name
    hash     BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- Both ends of the chain: the last entry that retention removed, and the newest one. The newest is
-- kept here as well so that cutting the log short does not go unnoticed.
CREATE TABLE audit_chain (
    only_row        INTEGER PRIMARY KEY CHECK (only_row = 1),
    anchor_sequence INTEGER NOT NULL,
    anchor_hash     BLOB    NOT NULL CHECK (length(anchor_hash) = 32),
    last_sequence   INTEGER NOT NULL,
    last_hash       BLOB    NOT NULL CHECK (length(last_hash) = 32)
) STRICT;

INSERT INTO audit_chain VALUES (1, 0, zeroblob(32), 0, zeroblob(32));
