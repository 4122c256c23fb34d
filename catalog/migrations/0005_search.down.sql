-- The index is made anew on the way forward. Children first: dropping a table deletes its rows, and
-- with them those that refer to them.
DROP TABLE search_gone_clients;
DROP TABLE search_changes;
DROP TABLE search_terms;
DROP TABLE search_marks;
DROP TABLE search_segments;
ALTER TABLE summary DROP COLUMN loose_largest;
ALTER TABLE summary DROP COLUMN loose_smallest;
ALTER TABLE summary DROP COLUMN last_segment;
ALTER TABLE summary DROP COLUMN indexed_change;
ALTER TABLE summary DROP COLUMN last_change;
ALTER TABLE summary DROP COLUMN indexed_to;
ALTER TABLE summary DROP COLUMN last_client;
