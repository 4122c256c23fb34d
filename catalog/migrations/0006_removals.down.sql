-- Removals that the server has not confirmed are no longer known; the backup that is made first has
-- them.
DROP TABLE removals;
