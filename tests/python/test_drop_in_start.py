"""Constructor, start, transactions, SQL and the module's own functions."""

import inspect
import os
import re
import sqlite3
import unittest
from unittest import mock

from drop_in import ALICE, BOB, SAVED_AT, DropInTest
from catalogd import compat
from catalogd.client import Client

# The old class's methods with the names of their arguments, as its callers use them.
METHODS = """
execute(query, params, commit, fetchone, fetchall) execute_many(query, param_list, commit)
transaction() init_database() ensure_storage_dir() check_startup_permissions()
cleanup_connection_pool() load_clients_from_db()
save_client_to_db(client_id, name, public_key_bytes, aes_key)
get_client_by_id(client_id) get_client_by_name(client_name) get_all_clients()
update_client(client_id, name, public_key) delete_client(client_id)
bulk_insert_clients(clients_data)
save_file_info_to_db(client_id, file_name, path_name, verified, file_size, mod_date, crc)
get_client_files(client_id) get_files_for_client(client_id) get_all_files()
get_file_info(client_id, filename)
update_file_verification(client_id, filename, verified, crc) delete_file(client_id, filename)
delete_file_record(client_id, file_name)
get_total_clients_count() get_total_files_count() get_total_bytes_transferred()
get_total_storage_bytes(verified_only) get_average_backup_size_bytes(verified_only)
get_database_stats() get_storage_statistics() record_metric(metric_name, value)
get_metrics_history(metric_name, hours) cleanup_old_metrics(days_to_keep)
search_files_advanced(search_term, file_type, client_name, date_from, date_to, min_size, max_size,
verified_only)
check_database_size_limits() optimize_database() backup_database_to_file(backup_path)
get_database_health() get_connection_pool_metrics() monitor_connection_pool()
check_pool_exhaustion() force_cleanup_connections() get_table_names() get_table_schema(table_name)
get_table_content(table_name)
get_row_by_primary_key(table_name, primary_key_column, primary_key_value)
update_table_row(table_name, primary_key_column, primary_key_value, updates)
delete_table_row(table_name, primary_key_column, primary_key_value)
_check_and_fix_orphaned_files(auto_fix)
"""
FUNCTIONS = ("get_database_manager", "init_database", "check_database_permissions",
             "get_connection_pool_status", "monitor_database_connections")


class Signatures(unittest.TestCase):
    def test_every_method_is_there_with_its_arguments(self) -> None:
        for name, arguments in re.findall(r"(\w+)\(([^)]*)\)", METHODS):
            method = inspect.signature(getattr(compat.DatabaseManager, name))
            expected = arguments.replace(",", " ").split()
            self.assertEqual(list(method.parameters)[1:], expected, name)

    def test_the_constructor_takes_what_it_took(self) -> None:
        names = list(inspect.signature(compat.DatabaseManager).parameters)
        self.assertEqual(names[:2], ["db_name", "use_pool"])

    def test_the_modules_functions_are_there(self) -> None:
        for name in FUNCTIONS:
            self.assertTrue(callable(getattr(compat, name)), name)


class Start(DropInTest):
    def test_a_database_name_is_ignored_with_a_warning(self) -> None:
        with self.assertLogs("catalogd.compat", "WARNING") as logged:
            database = self.manager(db_name="defensive.db")
        self.assertIn("defensive.db", logged.output[0])
        self.assertEqual((database.db_name, database.use_pool), ("defensive.db", True))
        self.assertEqual(database.get_all_clients(), [])

    def test_without_a_name_there_is_no_warning(self) -> None:
        with self.assertRaises(AssertionError), self.assertLogs("catalogd.compat"):
            self.manager()

    def test_the_pool_has_no_emergency_connections(self) -> None:
        self.assertEqual(len(self.database.connection_pool.emergency_connections), 0)
        self.assertFalse(self.manager(use_pool=False).connection_pool)

    def test_the_socket_is_found_in_the_environment_or_at_its_default(self) -> None:
        with mock.patch.dict(os.environ, CATALOGD_SOCKET="/x"):
            self.assertEqual(Client().socket, "/x")
        with mock.patch.dict(os.environ):
            os.environ.pop("CATALOGD_SOCKET", None)
            self.assertEqual(Client().socket, "/run/catalogd.sock")

    def test_starting_makes_the_storage_and_returns_none(self) -> None:
        for call in ("init_database", "ensure_storage_dir", "check_startup_permissions",
                     "cleanup_connection_pool"):
            self.assertIsNone(getattr(self.database, call)(), call)
        self.assertTrue((self.folder / "received_files").is_dir())

    def test_a_storage_that_cannot_be_made_ends_the_start(self) -> None:
        (self.folder / "received_files").write_text("a file")
        self.assertRaises(OSError, self.database.ensure_storage_dir)
        with self.assertLogs("catalogd.compat", "CRITICAL"):
            self.assertRaises(SystemExit, self.database.check_startup_permissions)

    def test_checking_permissions_changes_nothing(self) -> None:
        self.alice()
        before = self.database.load_clients_from_db()
        self.database.check_startup_permissions()
        self.assertEqual(self.database.load_clients_from_db(), before)

    def test_a_hundred_calls_of_the_modules_functions_leak_nothing(self) -> None:
        with mock.patch.dict(os.environ, CATALOGD_SOCKET=str(self.daemon.socket)):
            first = compat.get_database_manager()
            self.addCleanup(first.cleanup_connection_pool)
            compat.init_database()
            before = os.listdir("/proc/self/fd")
            for _ in range(100):
                compat.init_database()
                compat.check_database_permissions()
            self.assertIs(compat.get_database_manager(), first)
        self.assertEqual(os.listdir("/proc/self/fd"), before)


class Transactions(DropInTest):
    def test_all_of_it_is_applied_when_the_block_ends(self) -> None:
        self.alice()
        with self.database.transaction() as transaction:
            transaction.save_client_to_db(BOB, "bob", None, None)
            transaction.save_file_info_to_db(BOB, "a", "/a", False, 1, SAVED_AT, 7)
            transaction.update_file_verification(BOB.hex(), "a", True, 8)
            transaction.update_client(ALICE, name="alicia")
            self.assertEqual(self.database.get_total_files_count(), 0)
        self.assertEqual(self.database.get_file_info(BOB.hex(), "a")["crc"], 8)
        self.assertEqual(self.database.get_client_by_id(ALICE)[1], "alicia")

    def test_an_exception_leaves_everything_as_it_was_and_is_raised(self) -> None:
        self.alice()
        for error in (KeyError, KeyboardInterrupt):
            with self.assertRaises(error), self.database.transaction() as transaction:
                transaction.delete_client(ALICE)
                raise error
        self.save("a.txt")
        self.assertEqual(len(self.database.get_all_clients()), 1)

    def test_one_that_fails_undoes_all_of_it(self) -> None:
        self.alice()
        with self.assertRaises(sqlite3.IntegrityError), self.database.transaction() as one:
            one.save_file_info_to_db(ALICE, "a", "/a", False, 1, SAVED_AT)
            one.save_client_to_db(BOB, "alice", None, None)
        self.assertEqual(self.database.get_total_files_count(), 0)

    def test_a_rollback_forgets_what_was_collected(self) -> None:
        with self.database.transaction() as transaction:
            transaction.save_client_to_db(ALICE, "alice", None, None)
            transaction.rollback()
            transaction.save_client_to_db(BOB, "bob", None, None)
        self.assertEqual([one["name"] for one in self.database.get_all_clients()], ["bob"])


class WritesInSql(DropInTest):
    def test_a_write_is_refused_and_the_error_names_what_to_call(self) -> None:
        for query, instead in (
                ("INSERT OR REPLACE INTO clients VALUES (?)", "save_client_to_db"),
                ("  insert into files (ID) values (1)", "save_file_info_to_db"),
                ("UPDATE files SET Verified = 1", "update_file_verification"),
                ("-- why\nDELETE FROM clients", "delete_client"),
                ("DELETE FROM metrics_history", "cleanup_old_metrics"),
                ("VACUUM", "optimize_database"), ("BEGIN", "transaction()"),
                ("DROP TABLE clients", "migration"), ("", "method")):
            with self.subTest(query), self.assertRaises(sqlite3.ProgrammingError) as refused:
                self.database.execute(query, commit=True)
            self.assertIn(instead, str(refused.exception))

    def test_many_writes_and_those_of_a_transaction_as_well(self) -> None:
        insert = "INSERT INTO clients VALUES (?)"
        with self.assertRaises(sqlite3.ProgrammingError):
            self.database.execute_many(insert, [(1,)])
        with self.assertRaises(sqlite3.ProgrammingError), self.database.transaction() as one:
            one.execute(insert, (1,))
        with self.assertRaises(sqlite3.ProgrammingError), self.database.transaction() as one:
            one.executemany(insert, [(1,)])


if __name__ == "__main__":
    unittest.main()
