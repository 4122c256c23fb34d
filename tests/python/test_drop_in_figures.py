"""The old module's counts and sums, compared with what legacy callers expect."""

import unittest
from sqlite3 import OperationalError
from typing import Any
from unittest import mock

from drop_in import ALICE, BOB, AnsweredTest, DropInTest, reply
from scripted_daemon import ScriptedDaemon
from served import SteppedClock
from catalogd import Client, compat, files

HEX = ALICE.hex()
STATISTICS = {
    "clients": 2, "clientsWithKeys": 1, "files": 4, "verifiedFiles": 1, "bytes": 3221225472,
    "verifiedBytes": 1048576, "averageFileBytes": 805306368.0, "smallestFileBytes": 2048,
    "largestFileBytes": 2097152, "averageDaysSinceSeen": 1.5, "bytesTransferred": 5,
    "databaseBytes": 1048576, "walBytes": 1048576, "freeBytes": 0, "asOf": "2025-01-10T12:00:00Z"}
HEALTH = {"pool": {"readers": 4}, "indexes": 7}


class Counts(DropInTest):
    def setUp(self) -> None:
        super().setUp()
        self.alice()
        self.database.save_client_to_db(BOB, "bob", None, None)
        self.save("a", size=10, verified=True, crc=1)
        self.save("b", size=30)

    def test_counts_are_integers(self) -> None:
        self.assertEqual(self.database.get_total_clients_count(), 2)
        self.assertEqual(self.database.get_total_files_count(), 2)

    def test_storage_is_of_all_files_or_of_the_verified(self) -> None:
        self.assertEqual(self.database.get_total_storage_bytes(), 40)
        self.assertEqual(self.database.get_total_storage_bytes(True), 10)

    def test_averages_are_floats(self) -> None:
        self.assertEqual(repr(self.database.get_average_backup_size_bytes()), "20.0")
        self.assertEqual(repr(self.database.get_average_backup_size_bytes(verified_only=True)),
                         "10.0")

    def test_bytes_transferred_never_fall(self) -> None:
        self.assertEqual(self.database.get_total_bytes_transferred(), 10)
        self.database.delete_file(HEX, "a")
        self.assertEqual(self.database.get_total_bytes_transferred(), 10)

    def size(self) -> int:
        """It grows by itself too: the jobs of the start are noted."""
        return self.daemon.database.stat().st_size + self.daemon.wal.stat().st_size

    def test_statistics_count_the_log_and_are_the_callers_own(self) -> None:
        before = self.size()
        statistics = self.database.get_database_stats()
        self.assertTrue(before <= statistics.pop("database_size_bytes") <= self.size())
        self.assertEqual(statistics, {"total_clients": 2, "total_files": 2, "verified_files": 1})
        statistics["total_clients"] = 99
        self.assertEqual(self.database.get_database_stats()["total_clients"], 2)

    def test_figures_are_those_after_the_last_write(self) -> None:
        self.save("c", verified=True, size=5)
        self.assertEqual(self.database.get_database_stats()["verified_files"], 2)
        self.database.delete_client(ALICE)
        self.assertEqual(self.database.get_total_files_count(), 0)


class OneMoment(AnsweredTest):
    def setUp(self) -> None:
        self.clock = SteppedClock()
        answers = [reply({"statistics": {**STATISTICS, "files": count}}) for count in range(1, 9)]
        self.database = self.manager(*answers, clock=self.clock)

    def test_figures_asked_for_in_a_row_take_one_call(self) -> None:
        self.assertEqual(self.database.get_total_files_count(), 1)
        self.assertEqual(self.database.get_database_stats()["total_files"], 1)
        self.assertEqual(self.database.get_total_storage_bytes(True), STATISTICS["verifiedBytes"])
        self.assertEqual(self.called, ["GetStatistics"])

    def test_later_ones_are_asked_for_anew(self) -> None:
        self.assertEqual(self.database.get_total_files_count(), 1)
        self.clock.now += 0.005
        self.assertEqual(self.database.get_total_files_count(), 2)

    def test_none_is_older_than_another_answer_to_this_process(self) -> None:
        self.assertEqual(self.database.get_total_files_count(), 1)
        with ScriptedDaemon(reply({})) as other, Client(other.socket) as client:
            client.call(files.delete(HEX, "a"))
        self.assertEqual(self.database.get_total_files_count(), 2)

    def test_one_that_a_write_overtook_is_not_kept(self) -> None:
        with ScriptedDaemon(reply({})) as other, Client(other.socket) as client:
            asked = self.database._call

            def overtaken(call: Any) -> Any:
                client.call(files.delete(HEX, "a"))
                return asked(call)

            with mock.patch.object(self.database, "_call", overtaken):
                self.assertEqual(self.database.get_total_files_count(), 1)
        self.assertEqual(self.database.get_total_files_count(), 2)

    def test_an_error_is_not_kept(self) -> None:
        database = self.manager({"error": "io.catalogd.ReadOnly", "parameters": {"reason": "r"}},
                                reply({"statistics": STATISTICS}), clock=self.clock)
        with self.assertRaises(OperationalError):
            database.get_total_files_count()
        self.assertEqual(database.get_total_files_count(), STATISTICS["files"])


class Nothing(DropInTest):
    def test_an_empty_catalog_has_zeros(self) -> None:
        database = self.database
        self.assertEqual(database.get_total_clients_count(), 0)
        self.assertEqual(database.get_total_files_count(), 0)
        self.assertEqual(database.get_total_storage_bytes(True), 0)
        self.assertEqual(repr(database.get_average_backup_size_bytes()), "0.0")
        self.assertEqual(repr(database.get_average_backup_size_bytes(True)), "0.0")
        self.assertEqual(database.get_total_bytes_transferred(), 0)


class StorageStatistics(DropInTest):
    def test_every_part_has_its_figures(self) -> None:
        (self.folder / "received_files/alice").mkdir(parents=True)
        (self.folder / "received_files/alice/a").write_bytes(bytes(1048576))
        with ScriptedDaemon(reply({"statistics": STATISTICS}),
                            reply({"health": HEALTH})) as daemon:
            database = compat.DatabaseManager(socket=daemon.socket)
            self.addCleanup(database.cleanup_connection_pool)
            self.assertEqual(database.get_storage_statistics(), {
                "database_info": {"file_path": "catalog", "file_size_mb": 2.0,
                                  "connection_pool_enabled": True, "pool_size": 4},
                "storage_info": {"directory": "received_files", "total_files": 1,
                                 "total_size_mb": 1.0},
                "client_stats": {"total_clients": 2, "clients_with_keys": 1,
                                 "average_days_since_seen": 1.5},
                "file_stats": {"total_files": 4, "verified_files": 1, "verification_rate": 25.0,
                               "average_file_size_mb": 768.0, "total_size_gb": 3.0,
                               "min_file_size_kb": 2.0, "max_file_size_mb": 2.0},
                "performance_info": {"indexes_count": 7, "indexes": []}})


if __name__ == "__main__":
    unittest.main()
