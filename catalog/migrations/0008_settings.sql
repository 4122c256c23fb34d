-- Settings that operators have changed while the daemon ran, written as in a configuration file. The
-- daemon knows which there are and what each may be; what it does not understand it passes over.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 255),
    value TEXT NOT NULL CHECK (length(CAST(value AS BLOB)) <= 131072)
) STRICT, WITHOUT ROWID;
