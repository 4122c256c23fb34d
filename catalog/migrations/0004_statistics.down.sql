-- Everything here is counted anew on the way forward, but for what was transferred, which begins
-- again at the bytes of the verified files.
ALTER TABLE summary DROP COLUMN transferred_low;
ALTER TABLE summary DROP COLUMN transferred_high;
ALTER TABLE summary DROP COLUMN verified_low;
ALTER TABLE summary DROP COLUMN verified_high;
ALTER TABLE summary DROP COLUMN bytes_low;
ALTER TABLE summary DROP COLUMN bytes_high;
ALTER TABLE summary DROP COLUMN sized_files;
ALTER TABLE summary DROP COLUMN verified_files;
ALTER TABLE summary DROP COLUMN files;
ALTER TABLE summary DROP COLUMN last_seen_sum;
ALTER TABLE summary DROP COLUMN clients_with_keys;
ALTER TABLE summary DROP COLUMN clients;
ALTER TABLE client_totals DROP COLUMN verified_low;
ALTER TABLE client_totals DROP COLUMN verified_high;
ALTER TABLE client_totals DROP COLUMN sized_files;
