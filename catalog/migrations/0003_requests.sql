-- Writes that were applied under an identifier of the caller's, with the reply that each got: a
-- repeated call gets it again and changes nothing. In order of arrival, so that the oldest go first.
CREATE TABLE requests (
    number INTEGER PRIMARY KEY,
    user   INTEGER NOT NULL,  -- the peer's
    id     TEXT    NOT NULL CHECK (length(CAST(id AS BLOB)) BETWEEN 1 AND 64),
    digest BLOB    NOT NULL CHECK (length(digest) = 16),  -- of what was asked
    reply  TEXT    NOT NULL,                              -- a JSON object
    at     INTEGER NOT NULL  -- the catalog's running time in milliseconds: it knows no clock
) STRICT;

CREATE UNIQUE INDEX requests_by_id ON requests (user, id);

ALTER TABLE summary ADD COLUMN running_time INTEGER NOT NULL DEFAULT 0;
