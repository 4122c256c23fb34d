-- Stored bytes that no record names any more, for the server to remove: noted in the commit that
-- dropped the path, kept until the server says that they are gone.
CREATE TABLE removals (
    id     BLOB    PRIMARY KEY CHECK (length(id) = 16),  -- in order of time
    client BLOB    NOT NULL CHECK (length(client) = 16),  -- its identifier: it may be gone itself
    path   TEXT    NOT NULL,
    since  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
