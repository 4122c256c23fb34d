"""Connections and locks: defects 1 to 14 of the old server's layer."""

import re
import signal
import time
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

from server import CLIENTS, FILES, LegacyTest

ROOT = Path(__file__).resolve().parents[2]


class Pool(LegacyTest):

    def test_health_is_told_at_once_and_calls_go_on_after_it(self) -> None:
        client = self.saved_client()

        def ask(number: int) -> str:
            connection = self.connect()
            for name in range(50):
                self.assertIn("score", connection.call("io.catalogd.Health.Get")["health"])
                connection.call(f"{FILES}.Save", clientId=client,
                                file={"name": f"{number}-{name}", "path": "/p"})
            return connection.call(f"{CLIENTS}.Get", id=client)["client"]["name"]

        self.assertEqual(set(self.at_once(ask, 9)), {"laptop"})
        self.assertEqual(self.client("laptop")["files"], 9 * 50)

    def test_figures_of_the_pool_are_those_of_its_connections(self) -> None:
        self.daemon.stop()
        self.daemon.configure("readers:\n  count: 2\n  max_age: 100ms\n")
        before = datetime.now(timezone.utc) - timedelta(seconds=1)
        self.daemon.start()
        self.peer = self.connect()
        pool = self.health()["pool"]
        self.assertEqual((pool["readers"], pool["available"], pool["staleClosed"]), (2, 2, 0))
        self.assertNotIn("lastCleanup", pool)
        while pool["staleClosed"] < 4:  # of old age, between calls
            self.call("io.catalogd.GetStatistics")
            pool = self.health()["pool"]
        self.assertEqual(pool["connectionsOpened"] - pool["connectionsClosed"], 2)
        self.assertLess(pool["oldestConnectionAgeSeconds"], 60)
        self.assertGreater(datetime.fromisoformat(pool["lastCleanup"].replace("Z", "+00:00")),
                           before)
        self.assertEqual(self.check("readers")["status"], "pass")

    def test_one_more_user_than_there_are_connections_is_served(self) -> None:
        client = self.saved_client()

        def use(number: int) -> str:
            connection = self.connect()
            for _ in range(20):
                connection.call(f"{CLIENTS}.Get", id=client)
            return connection.call(f"{FILES}.Save", clientId=client, file={
                "name": str(number), "path": "/p"})["file"]["name"]

        names = self.at_once(use, 4 * 3 + 1)  # the daemon has four readers
        self.assertEqual(self.names_in(client), set(names))

    def test_a_thousand_failing_calls_cost_no_capacity(self) -> None:
        self.saved_client("laptop")
        before = self.threads(), self.descriptors()
        for _ in range(500):
            self.assertEqual(self.error(f"{CLIENTS}.Save", name="laptop", id="0" * 32),
                             "NameTaken")
            self.assertEqual(self.error(f"{FILES}.Get", id="0" * 32), "NotFound")
        self.assertEqual((self.threads(), self.descriptors()), before)
        self.assertEqual(self.client("laptop")["name"], "laptop")

    def test_connections_that_have_grown_old_are_replaced(self) -> None:
        self.daemon.stop()
        self.daemon.configure("readers:\n  count: 2\n  max_age: 100ms\n")
        self.daemon.start()
        peer = self.connect()
        peer.call("io.catalogd.GetStatistics")
        before = self.descriptors()
        many_ages = time.monotonic() + 1
        while time.monotonic() < many_ages:
            peer.call("io.catalogd.GetStatistics")
        # One that is just being replaced is there beside its successor; a leak would be of twenty.
        self.assertLess(self.descriptors(), before + 4)

    def test_a_rename_that_fails_leaves_no_lock(self) -> None:
        self.saved_client("taken")
        client = self.saved_client("laptop")
        self.assertEqual(self.error(f"{CLIENTS}.Update", id=client, name="taken"), "NameTaken")
        other = self.connect()
        for name in ("a", "b", "c"):
            other.call(f"{FILES}.Save", clientId=client, file={"name": name, "path": "/p"})
        self.assertEqual(self.names_in(client), {"a", "b", "c"})

    def test_a_write_that_is_answered_is_committed(self) -> None:
        client = self.saved_client()
        self.save(client, "a")
        self.assertEqual(self.names_in(client), {"a"})  # on another connection
        self.assertEqual(self.error(f"{FILES}.Save", clientId=client, commit=False,
                                    file={"name": "b", "path": "/p"}), "InvalidParameter")

    def test_a_client_that_dies_in_a_transaction_leaves_nothing(self) -> None:
        client = self.saved_client()
        dying = self.connect()
        dying.socket.sendall(b'{"method":"io.catalogd.Transaction","parameters":{"operations":['
                             b'{"method":"io.catalogd.Clients.Save","parameters":{"name":"half"}},')
        dying.close()
        self.save(client, "a")
        self.assertEqual(self.error(f"{CLIENTS}.Get", name="half"), "NotFound")

    def test_calls_inside_a_transaction_are_part_of_it(self) -> None:
        client = self.saved_client()
        save = {"method": f"{FILES}.Save", "parameters": {
            "clientId": client, "file": {"name": "a", "path": "/p"}}}
        get = {"method": f"{FILES}.Get", "parameters": {"clientId": client, "name": "a"}}
        inner = {"method": "io.catalogd.Transaction", "parameters": {"operations": [get]}}
        results = self.call("io.catalogd.Transaction", operations=[save, inner])["results"]
        self.assertEqual(results[1]["parameters"]["results"][0]["parameters"]["file"]["name"], "a")

    def test_a_database_in_memory_is_refused_at_once(self) -> None:
        daemon = self.another(socket_name="memory")
        daemon.database = ":memory:"
        self.assertNotEqual(daemon.launch().wait(), 0)
        self.assertIn("memory", daemon.log())

    def test_a_hundred_connections_leave_no_thread_and_no_descriptor(self) -> None:
        self.call("io.catalogd.GetStatistics")
        before = self.threads(), self.descriptors()
        for _ in range(100):
            other = self.daemon.connect()
            other.call("io.catalogd.GetStatistics")
            other.close()
        self.call("io.catalogd.GetStatistics")
        self.assertEqual(self.threads(), before[0])
        self.assertLess(self.descriptors(), before[1] + 10)  # the last are being closed

    def test_a_stop_leaves_everything_in_the_database_file(self) -> None:
        client = self.saved_client()
        self.save(client, "a")
        self.daemon.stop(signal.SIGTERM)
        self.assertFalse(self.daemon.wal.exists() and self.daemon.wal.stat().st_size > 0)

    def test_every_configuration_key_is_used_and_no_other_is_taken(self) -> None:
        keys = re.findall(r'Key\{"(\w+)",\s*"(\w+)"', 
                          "".join(path.read_text() for path in (ROOT / "config").glob("*keys.h")))
        used = "".join(path.read_text() for path in (ROOT / "daemon").glob("*.cpp"))
        self.assertGreater(len(keys), 20)
        for section, name in keys:
            self.assertTrue(re.search(rf"\.{name}\b", used), f"{section}.{name}")
        daemon = self.another(socket_name="other")
        daemon.configure("DATABASE_CONNECTION_POOL_SIZE: 5\n")
        self.assertIn("unknown", self.refusal(daemon)[1] + daemon.log())

    def test_an_acknowledged_write_outlives_a_kill(self) -> None:
        client = self.saved_client()
        acknowledged = set()
        for number in range(50):
            acknowledged.add(self.save(client, str(number))["name"])
        self.kill()
        self.assertEqual(self.names_in(client), acknowledged)


if __name__ == "__main__":
    unittest.main()
