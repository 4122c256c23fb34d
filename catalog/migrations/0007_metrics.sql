-- Numbers over time. A sample names its metric by a number of 1 to 3 bytes, and lies beside those of
-- the same metric in order of time: a window is one range, and what is too old goes from its front.

CREATE TABLE metric_names (
    number INTEGER PRIMARY KEY,
    name   TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 255)
) STRICT;

CREATE UNIQUE INDEX metric_names_by_name ON metric_names (name);

CREATE TABLE samples (
    name  INTEGER NOT NULL REFERENCES metric_names (number),
    at    INTEGER NOT NULL,
    n     INTEGER NOT NULL,  -- tells samples of equal time apart: 0, 1, 2 … as they came
    value REAL    NOT NULL,
    PRIMARY KEY (name, at, n)
) STRICT, WITHOUT ROWID;
