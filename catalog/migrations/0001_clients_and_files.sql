-- The first schema. docs/schema.md says why each table, index and cascade is as it is.

CREATE TABLE migrations (
    version    INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    checksum   TEXT    NOT NULL CHECK (length(checksum) = 64),
    applied_at INTEGER NOT NULL  -- milliseconds since 1970 in UTC, as every time here
) STRICT;

CREATE TABLE clients (
    number      INTEGER PRIMARY KEY,  -- what a file record carries of its client: 1 to 3 bytes
    id          BLOB    NOT NULL CHECK (length(id) = 16),
    name        TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
    public_key  BLOB    CHECK (length(public_key) = 160),
    session_key BLOB    CHECK (length(session_key) = 80),  -- sealed: key id, nonce, box
    last_seen   INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX clients_by_id ON clients (id);
CREATE UNIQUE INDEX clients_by_name ON clients (name);

-- Counts and sums, kept as they change. Apart from the clients, so that a save writes one small
-- page. The sum of sizes is bytes_high * 2^32 + bytes_low: two sums, neither of which overflows.
CREATE TABLE client_totals (
    client         INTEGER PRIMARY KEY REFERENCES clients (number) ON DELETE CASCADE,
    files          INTEGER NOT NULL DEFAULT 0 CHECK (files >= 0),
    verified_files INTEGER NOT NULL DEFAULT 0 CHECK (verified_files BETWEEN 0 AND files),
    bytes_high     INTEGER NOT NULL DEFAULT 0 CHECK (bytes_high >= 0),
    bytes_low      INTEGER NOT NULL DEFAULT 0 CHECK (bytes_low >= 0)
) STRICT;

CREATE TABLE files (
    client     INTEGER NOT NULL REFERENCES clients (number) ON DELETE CASCADE,
    name       TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 1024),
    id         BLOB    NOT NULL CHECK (length(id) = 16),
    path       TEXT    NOT NULL CHECK (length(CAST(path AS BLOB)) BETWEEN 1 AND 4096),
    verified   INTEGER NOT NULL CHECK (verified IN (0, 1)),
    size       INTEGER CHECK (size >= 0),
    modified   INTEGER,
    crc        INTEGER CHECK (crc BETWEEN 0 AND 4294967295),
    mime_type  TEXT    CHECK (length(mime_type) BETWEEN 1 AND 255),
    category   TEXT    CHECK (length(category) BETWEEN 1 AND 255),
    attributes TEXT    CHECK (length(CAST(attributes AS BLOB)) <= 65536),  -- a JSON object of strings
    PRIMARY KEY (client, name)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX files_by_id ON files (id);

-- What this catalog is sealed with: the identifier of the key-encryption key.
CREATE TABLE sealing (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    key_id   BLOB    NOT NULL CHECK (length(key_id) = 8)
) STRICT;
