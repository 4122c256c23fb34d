DROP TABLE query_statistics;
