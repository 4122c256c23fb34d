DROP TABLE maintenance_hold;
