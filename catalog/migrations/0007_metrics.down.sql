-- Every sample is lost.
DROP TABLE samples;
DROP TABLE metric_names;
