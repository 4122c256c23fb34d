DROP TABLE of_a_newer_program;
