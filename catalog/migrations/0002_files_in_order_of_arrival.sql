-- File records lie in the order in which they came, and an index finds them by client and name: it
-- is a quarter of the table's size, so that most of what a save touches is in memory. A record's
-- identifier is made of its number and its time and needs no column and no index of its own.

-- What is kept of the catalog as a whole.
CREATE TABLE summary (
    only_row     INTEGER PRIMARY KEY CHECK (only_row = 1),
    last_number  INTEGER NOT NULL CHECK (last_number >= 0),  -- that a file record was given
    last_created INTEGER NOT NULL                            -- the same of its time
) STRICT;

CREATE TABLE arrived_files (
    number     INTEGER PRIMARY KEY,  -- counted up; never given twice
    client     INTEGER NOT NULL REFERENCES clients (number) ON DELETE CASCADE,
    name       TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 1024),
    path       TEXT    NOT NULL CHECK (length(CAST(path AS BLOB)) BETWEEN 1 AND 4096),
    verified   INTEGER NOT NULL CHECK (verified IN (0, 1)),
    size       INTEGER CHECK (size >= 0),
    modified   INTEGER,
    crc        INTEGER CHECK (crc BETWEEN 0 AND 4294967295),
    created    INTEGER NOT NULL CHECK (created BETWEEN 0 AND 281474976710655),
    mime_type  TEXT    CHECK (length(mime_type) BETWEEN 1 AND 255),
    category   TEXT    CHECK (length(category) BETWEEN 1 AND 255),
    attributes TEXT    CHECK (length(CAST(attributes AS BLOB)) <= 65536)  -- a JSON object of strings
) STRICT;

INSERT INTO arrived_files
SELECT row_number() OVER (ORDER BY id), client, name, path, verified, size, modified, crc, 0,
       mime_type, category, attributes
FROM files;

INSERT INTO summary SELECT 1, count(*), 0 FROM files;

DROP TABLE files;
ALTER TABLE arrived_files RENAME TO files;
CREATE UNIQUE INDEX files_by_name ON files (client, name);
