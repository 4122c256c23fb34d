CREATE TABLE of_a_newer_program (thing TEXT NOT NULL) STRICT;
