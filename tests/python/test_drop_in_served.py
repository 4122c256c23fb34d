"""Those calls of the old module against the real daemon whose shapes other tests hold against the
contract."""

import sqlite3
import unittest
from datetime import datetime, timedelta, timezone

from drop_in import ALICE, BOB, DropInTest
from catalogd import admin, metrics

HEX = ALICE.hex()


class Served(DropInTest):
    def at(self, **ago: float) -> str:
        return (datetime.now(timezone.utc) - timedelta(**ago)).isoformat()


class Metrics(Served):
    def setUp(self) -> None:
        super().setUp()
        self.catalog.call(metrics.record([
            {"name": "transfers", "value": days, "at": self.at(days=days)}
            for days in (30, 8, 6, 0.5)]))

    def test_the_samples_of_the_last_hours_are_there_oldest_first(self) -> None:
        self.assertIs(self.database.record_metric("transfers", 7), True)
        self.assertEqual([one["value"] for one in self.database.get_metrics_history("transfers")],
                         [0.5, 7.0])
        week = self.database.get_metrics_history("transfers", hours=168)
        self.assertEqual([one["value"] for one in week], [6.0, 0.5, 7.0])
        self.assertRegex(week[0]["timestamp"], r"^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$")

    def test_a_name_without_samples_has_none(self) -> None:
        self.assertEqual(self.database.get_metrics_history("nothing", 24), [])

    def test_cleaning_up_counts_what_it_removes(self) -> None:
        self.assertEqual(self.database.cleanup_old_metrics(), 2)
        self.assertEqual(self.database.cleanup_old_metrics(7), 0)
        self.assertEqual(self.database.cleanup_old_metrics(days_to_keep=1), 1)

    def test_a_transaction_records_as_well(self) -> None:
        with self.database.transaction() as transaction:
            transaction.record_metric("transfers", 9)
        self.assertEqual(self.database.get_metrics_history("transfers", 1)[-1]["value"], 9.0)


class Tables(Served):
    def setUp(self) -> None:
        super().setUp()
        self.alice()
        self.save("a.txt", verified=True, crc=77)

    def test_tables_and_columns_have_their_old_names(self) -> None:
        self.assertLessEqual({"clients", "files"}, set(self.database.get_table_names()))
        columns = {one["name"] for one in self.database.get_table_schema("files")}
        self.assertLessEqual({"ID", "FileName", "PathName", "Verified", "FileSize",
                              "ModificationDate", "CRC", "ClientID"}, columns)

    def test_content_has_ids_in_hex_and_no_session_key(self) -> None:
        columns, rows = self.database.get_table_content("clients")
        self.assertEqual((rows[0]["ID"], rows[0]["Name"]), (HEX, "alice"))
        self.assertNotIn("6b" * 32, str(rows))
        self.assertEqual(list(rows[0]), columns)

    def test_a_row_is_found_by_its_key_in_hex(self) -> None:
        row = self.database.get_row_by_primary_key("clients", "ID", HEX)
        self.assertEqual((row["ID"], row["Name"]), (HEX, "alice"))
        self.assertIsNone(self.database.get_row_by_primary_key("clients", "ID", BOB.hex()))

    def test_a_table_that_is_not_there_is_refused(self) -> None:
        for name in ("secrets", "clients); --", "", "sqlite_master"):
            self.assertRaises(sqlite3.ProgrammingError, self.database.get_table_schema, name)

    def test_reads_in_sql_see_the_old_tables(self) -> None:
        execute = self.database.execute
        self.assertEqual(execute("SELECT COUNT(*) FROM clients", fetchone=True), (1,))
        self.assertEqual(execute("SELECT FileName, Verified, CRC FROM files WHERE ClientID = ?",
                                 (ALICE,), fetchall=True), [("a.txt", 1, 77)])

    def test_sql_that_is_wrong_or_not_a_read_is_refused(self) -> None:
        for query in ("SELECT nothing FROM nowhere", "WITH x AS (SELECT 1) DELETE FROM clients",
                      "SELECT 1; DELETE FROM clients"):
            self.assertRaises(sqlite3.ProgrammingError, self.database.execute, query)
        self.assertEqual(len(self.database.get_all_clients()), 1)


class Upkeep(Served):
    def test_health_has_every_field(self) -> None:
        about = self.database.get_database_health()
        self.assertEqual((about["integrity_check"], about["foreign_key_check"]), (True, True))
        self.assertGreater(about["connection_pool_metrics"]["pool_size"], 0)
        self.assertEqual(self.database.check_database_size_limits()["status"], "ok")
        self.assertEqual(self.database.check_pool_exhaustion()["exhaustion_risk"], "low")
        self.assertEqual(self.database.monitor_connection_pool()["monitoring_enabled"], True)
        self.assertGreater(self.database.get_storage_statistics()["database_info"]["pool_size"], 0)

    def test_optimizing_does_both(self) -> None:
        result = self.database.optimize_database()
        self.assertEqual((result["vacuum_performed"], result["analyze_performed"],
                          result["errors"]), (True, True, []))

    def test_there_are_no_orphans(self) -> None:
        self.assertEqual(self.database._check_and_fix_orphaned_files(auto_fix=True), {
            "orphaned_count": 0, "cleaned": 0, "action": "none"})

    def test_a_backup_is_a_database_with_all_that_was_saved(self) -> None:
        self.alice()
        path = self.database.backup_database_to_file(str(self.folder / "copy.db"))
        with sqlite3.connect(path) as copy:
            self.assertEqual(copy.execute("SELECT count(*) FROM clients").fetchone(), (1,))
        copy.close()
        self.assertEqual(self.catalog.call(admin.list_backups())["backups"], [])


if __name__ == "__main__":
    unittest.main()
