-- The search index. It follows behind: a save writes nothing here. Records with a number beyond
-- summary.indexed_to are not in it yet, changed ones are noted, and a search looks at both kinds
-- themselves; so results are always exact.

-- Documents, one for each record, in immutable parts of at most 4,096. `columns` has what filters
-- and orders look at; catalog/search/segment.h has its form.
CREATE TABLE search_segments (
    number  INTEGER PRIMARY KEY,  -- counted up; never given twice
    columns BLOB    NOT NULL
) STRICT;

-- Which documents of a segment still stand for their record.
CREATE TABLE search_marks (
    segment INTEGER PRIMARY KEY REFERENCES search_segments (number) ON DELETE CASCADE,
    version INTEGER NOT NULL,  -- counted up with each change
    alive   BLOB    NOT NULL CHECK (length(alive) = 512)
) STRICT;

-- Which documents of a segment hold a term, many terms to a row: catalog/search/postings.h. With a
-- key of its own: rows of some thousand bytes would make the pages of their own index hold few.
CREATE TABLE search_terms (
    number   INTEGER PRIMARY KEY,
    segment  INTEGER NOT NULL REFERENCES search_segments (number) ON DELETE CASCADE,
    first    INTEGER NOT NULL,  -- the lowest term of the row
    postings BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX search_terms_by_first ON search_terms (segment, first);

-- Records that were changed or deleted after their document was made, and clients that were deleted
-- with all of theirs. `change` orders the notes: an index made at one change answers those before.
CREATE TABLE search_changes (
    file   INTEGER PRIMARY KEY,
    change INTEGER NOT NULL
) STRICT;

CREATE TABLE search_gone_clients (
    client INTEGER PRIMARY KEY,
    change INTEGER NOT NULL
) STRICT;

-- Numbers of clients are not given twice either: documents name clients by them.
ALTER TABLE summary ADD COLUMN last_client    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN indexed_to     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN last_change    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN indexed_change INTEGER NOT NULL DEFAULT 0;
ALTER TABLE summary ADD COLUMN last_segment   INTEGER NOT NULL DEFAULT 0;
-- Sizes of what is not in the index lie between these, or nothing is there that has one.
ALTER TABLE summary ADD COLUMN loose_smallest INTEGER;
ALTER TABLE summary ADD COLUMN loose_largest  INTEGER;
UPDATE summary SET (loose_smallest, loose_largest) = (SELECT min(size), max(size) FROM files);
UPDATE summary SET last_client = (SELECT coalesce(max(number), 0) FROM clients);
