-- Counts and sums of the whole catalog, kept as they change: asking for them reads one row. Sums of
-- bytes are two columns each, as in client_totals.

ALTER TABLE client_totals ADD COLUMN sized_files INTEGER NOT NULL DEFAULT 0
    CHECK (sized_files BETWEEN 0 AND files);
ALTER TABLE client_totals ADD COLUMN verified_high INTEGER NOT NULL DEFAULT 0
    CHECK (verified_high >= 0);
ALTER TABLE client_totals ADD COLUMN verified_low INTEGER NOT NULL DEFAULT 0
    CHECK (verified_low >= 0);

UPDATE client_totals SET (sized_files, verified_high, verified_low) =
    (SELECT count(size), coalesce(sum(size >> 32) FILTER (WHERE verified), 0),
            coalesce(sum(size & 4294967295) FILTER (WHERE verified), 0)
     FROM files WHERE files.client = client_totals.client);

ALTER TABLE summary ADD COLUMN clients           INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN clients_with_keys INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN last_seen_sum     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN files             INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN verified_files    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN sized_files       INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN bytes_high        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN bytes_low         INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN verified_high     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN verified_low      INTEGER NOT NULL DEFAULT 0;
-- Never falls, whatever is deleted.
ALTER TABLE summary ADD COLUMN transferred_high  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN transferred_low   INTEGER NOT NULL DEFAULT 0;

UPDATE summary SET (clients, clients_with_keys, last_seen_sum) =
    (SELECT count(*), count(public_key), coalesce(sum(last_seen), 0) FROM clients);
UPDATE summary SET (files, verified_files, sized_files, bytes_high, bytes_low, verified_high,
                    verified_low, transferred_high, transferred_low) =
    (SELECT coalesce(sum(files), 0), coalesce(sum(verified_files), 0),
            coalesce(sum(sized_files), 0), coalesce(sum(bytes_high), 0),
            coalesce(sum(bytes_low), 0), coalesce(sum(verified_high), 0),
            coalesce(sum(verified_low), 0), coalesce(sum(verified_high), 0),
            coalesce(sum(verified_low), 0)
     FROM client_totals);
