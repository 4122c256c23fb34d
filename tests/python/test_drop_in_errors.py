"""What cannot be done raises, as the class that the server's retries and handlers look for, and
within the time of a call."""

import sqlite3
import unittest

from drop_in import ALICE, DropInTest
from scripted_daemon import CLOSE, ScriptedDaemon
from served import SteppedClock
from catalogd import compat, errors

DATA = {
    "save": lambda database: database.save_client_to_db(ALICE, "alice", None, None),
    "save file": lambda database: database.save_file_info_to_db(ALICE, "a", "/a", 0, 1, None),
    "get": lambda database: database.get_client_by_id(ALICE),
    "list": lambda database: database.get_all_files(),
    "count": lambda database: database.get_total_files_count(),
    "delete": lambda database: database.delete_client(ALICE),
    "bulk": lambda database: database.bulk_insert_clients([{"name": "a"}]),
    "search": lambda database: database.search_files_advanced("a"),
    "sql": lambda database: database.execute("SELECT 1", fetchone=True),
    "health": lambda database: database.get_database_health(),
    "init": lambda database: database.init_database()}


class Away(DropInTest):
    def setUp(self) -> None:
        super().setUp()
        self.clock = SteppedClock()
        self.database = self.manager(clock=self.clock)
        self.alice()
        self.daemon.kill()

    def passed(self) -> float:
        return self.clock.now - 1000

    def test_a_daemon_that_is_back_after_three_seconds_is_waited_for(self) -> None:
        self.clock.when(3, self.daemon.start)
        self.save("a.txt")
        self.assertEqual(self.database.get_total_files_count(), 1)
        self.assertTrue(3 <= self.passed() < 4)

    def test_one_that_is_away_for_sixty_ends_every_call_in_its_time(self) -> None:
        for name, call in DATA.items():
            with self.subTest(name):
                self.clock.now = 1000.0
                self.assertRaises(sqlite3.OperationalError, call, self.database)
                self.assertTrue(9 <= self.passed() <= 10)
        self.daemon.start()
        self.save("a.txt")

    def test_a_transaction_as_well(self) -> None:
        with self.assertRaises(sqlite3.OperationalError), self.database.transaction() as one:
            one.delete_client(ALICE)
        self.assertTrue(9 <= self.passed() <= 10)

    def test_start_up_is_ended(self) -> None:
        with self.assertLogs("catalogd.compat", "CRITICAL"):
            self.assertRaises(SystemExit, self.database.check_startup_permissions)

    def test_the_time_of_a_call_is_the_managers(self) -> None:
        database = self.manager(clock=self.clock, timeout=2)
        self.clock.now = 1000.0
        self.assertRaises(sqlite3.OperationalError, database.get_all_clients)
        self.assertTrue(1 <= self.passed() <= 2)


def refusal(name: str, **parameters: object) -> dict:
    return {"error": name, "parameters": parameters}


class Classes(unittest.TestCase):
    def raised(self, *replies: object) -> Exception:
        with ScriptedDaemon(*replies) as daemon:
            database = compat.DatabaseManager(socket=daemon.socket, clock=SteppedClock())
            self.addCleanup(database.cleanup_connection_pool)
            with self.assertRaises(errors.Error) as raised:
                database.save_client_to_db(ALICE, "alice", None, None)
        return raised.exception

    def test_a_list_ends_within_the_time_of_one_call_however_many_pages_it_has(self) -> None:
        class Ticking(SteppedClock):
            def monotonic(self) -> float:
                self.now += 0.1
                return self.now
        page = {"parameters": {"clients": [], "next": "x"}, "continues": True}
        with ScriptedDaemon(*[page] * 500, {"parameters": {"clients": []}}) as daemon:
            database = compat.DatabaseManager(socket=daemon.socket, clock=Ticking())
            self.assertRaises(sqlite3.OperationalError, database.get_all_clients)

    def test_what_may_go_away_is_an_operational_error(self) -> None:
        for name in ("Busy", "DeadlineExceeded", "ReadOnly", "OutcomeUnknown"):
            replies = [refusal(f"io.catalogd.{name}", retryAfterMs=10)] * 2000
            self.assertIsInstance(self.raised(*replies), sqlite3.OperationalError, name)
        self.assertIsInstance(self.raised(*[CLOSE] * 500), sqlite3.OperationalError)

    def test_everything_else_is_not_tried_again(self) -> None:
        for name, kind in (("io.catalogd.Clients.NameTaken", sqlite3.IntegrityError),
                           ("io.catalogd.Files.UnknownClient", sqlite3.IntegrityError),
                           ("io.catalogd.InvalidValue", ValueError),
                           ("io.catalogd.AccessDenied", sqlite3.ProgrammingError),
                           ("io.catalogd.InternalError", sqlite3.ProgrammingError),
                           ("io.catalogd.RequestIdReused", sqlite3.ProgrammingError),
                           ("io.catalogd.Jobs.NotFeasible", sqlite3.ProgrammingError),
                           ("io.catalogd.Later", sqlite3.ProgrammingError),
                           ("org.varlink.service.MethodNotImplemented", sqlite3.ProgrammingError)):
            error = self.raised(refusal(name, reason="so"))
            self.assertIsInstance(error, kind, name)
            self.assertNotIsInstance(error, sqlite3.OperationalError, name)
            self.assertEqual((error.name, error.parameters), (name, {"reason": "so"}))

    def test_the_old_servers_retries_fire(self) -> None:
        tried = []

        def retried() -> None:
            for _ in range(3):
                try:
                    tried.append(self.raised(refusal("io.catalogd.ReadOnly", reason="full")))
                    raise tried[-1]
                except sqlite3.OperationalError:
                    continue
        retried()
        self.assertEqual(len(tried), 3)


class Unchanged(DropInTest):
    def test_a_thousand_failing_calls_leave_it_as_it_was(self) -> None:
        self.alice()
        for _ in range(1000):
            self.assertRaises(sqlite3.IntegrityError, self.database.save_client_to_db,
                              bytes(16), "alice", None, None)
        self.assertEqual(len(self.database.get_all_clients()), 1)
        self.assertEqual(self.database.force_cleanup_connections()["connections_cleaned"], 1)


if __name__ == "__main__":
    unittest.main()
