-- Replies that were kept for repeated calls go: such a call is applied again.
DROP TABLE requests;
ALTER TABLE summary DROP COLUMN running_time;
