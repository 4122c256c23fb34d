"""Going back to an older schema: backed up, whole or not at all, and the daemon ends with it."""

import sqlite3
import unittest
from pathlib import Path

from harness import DaemonTest
from varlink import CallFailed, Closed

ADMIN = "io.catalogd.Admin"
CONFIG = 78


class Rollback(DaemonTest):
    def setUp(self) -> None:
        super().setUp()
        self.daemon.start()
        self.client = self.saved_client(sessionKey="AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
        self.connect().call("io.catalogd.Files.Save", clientId=self.client,
                            file={"name": "a", "path": "/a"})

    def newest(self) -> int:
        return self.connect().call(f"{ADMIN}.ListMigrations")["schemaVersion"]

    def go_back(self, version: int) -> dict:
        return self.connect().call(f"{ADMIN}.Rollback", toVersion=version)

    def in_file(self, sql: str, path: Path | None = None) -> int:
        """What a stopped database says."""
        connection = sqlite3.connect(path or self.daemon.database)
        try:
            return connection.execute(sql).fetchone()[0]
        finally:
            connection.close()

    def copies(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("catalog.db.schema-*"))

    def test_lists_every_step_with_its_way_back(self) -> None:
        reply = self.connect().call(f"{ADMIN}.ListMigrations")
        steps = reply["migrations"]
        self.assertEqual([step["version"] for step in steps],
                         list(range(1, reply["schemaVersion"] + 1)))
        self.assertEqual([step["version"] for step in steps if not step["reversible"]][:2], [1, 2])
        self.assertTrue(all(len(step["checksum"]) == 64 and step["appliedAt"] for step in steps))

    def test_answers_and_ends_with_the_code_that_is_not_restarted(self) -> None:
        reply = self.go_back(3)
        self.assertEqual(reply["schemaVersion"], 3)
        self.assertEqual(self.daemon.wait(), CONFIG, self.daemon.log())
        self.assertEqual(self.in_file("PRAGMA user_version"), 3)
        self.assertEqual(self.in_file("PRAGMA integrity_check"), "ok")
        self.assertIn("goes back to schema 3", self.daemon.log())

    def test_keeps_the_catalog_as_it_was(self) -> None:
        newest = self.newest()
        backup = Path(self.go_back(3)["backup"])
        self.assertEqual(self.daemon.wait(), CONFIG)
        self.assertEqual(self.in_file("PRAGMA user_version", backup), newest)
        self.assertEqual(self.in_file("SELECT count(*) FROM files", backup), 1)
        self.assertEqual(backup.stat().st_mode & 0o777, 0o600)
        self.assertFalse(Path(f"{backup}.unfinished").exists())

    def test_goes_forward_again_at_the_next_start(self) -> None:
        newest = self.newest()
        self.go_back(3)
        self.daemon.wait()
        self.daemon.start()
        self.assertEqual(self.newest(), newest)
        self.assertEqual(self.names_in(self.client), {"a"})
        key = self.connect().call("io.catalogd.Clients.GetSessionKey", id=self.client)
        self.assertIsNotNone(key["sessionKey"])
        self.saved_client("after")

    def test_is_refused_where_a_step_has_no_way_back(self) -> None:
        with self.assertRaises(CallFailed) as refused:
            self.go_back(1)
        self.assertEqual(refused.exception.error, f"{ADMIN}.NotReversible")
        self.assertEqual(refused.exception.parameters["version"], 2)
        self.assertEqual(self.copies(), [])
        self.saved_client("still served")

    def test_is_refused_to_what_is_no_older_schema(self) -> None:
        for version in (-1, 0, self.newest(), self.newest() + 1, 2**63 - 1):
            with self.assertRaises(CallFailed) as refused:
                self.go_back(version)
            self.assertEqual(refused.exception.name, "InvalidValue")
            self.assertEqual(refused.exception.parameters["parameter"], "toVersion")
        self.saved_client("still served")

    def test_killed_leaves_the_one_or_the_other(self) -> None:
        newest = self.newest()
        outcomes = set()
        for wait_for_copy in (False, True):
            connection = self.connect()
            connection.send(f"{ADMIN}.Rollback", {"toVersion": 3})
            while wait_for_copy and not self.copies():
                pass
            self.daemon.kill()
            outcomes.add(self.in_file("PRAGMA user_version"))
            self.assertEqual(self.in_file("PRAGMA integrity_check"), "ok")
            self.daemon.start()
            self.assertEqual(self.names_in(self.client), {"a"})
        self.assertLessEqual(outcomes, {3, newest})

    def test_a_start_takes_one_copy_however_often_it_is_killed(self) -> None:
        self.go_back(3)
        self.daemon.wait()
        for _ in range(3):
            self.daemon.launch()
            self.daemon.kill()
        self.daemon.start()
        taken = [name for name in self.copies() if name == "catalog.db.schema-3"]
        self.assertEqual(len(taken), 1)
        self.assertEqual(len(self.copies()), 2, self.copies())
        self.assertEqual(list(self.folder.glob("*.unfinished")), [])

    def test_refuses_writes_from_then_on(self) -> None:
        connection = self.connect()
        connection.send(f"{ADMIN}.Rollback", {"toVersion": 3})
        other = self.connect()
        try:
            while True:
                other.call("io.catalogd.Clients.Touch", id=self.client)
        except CallFailed as refused:
            self.assertEqual(refused.name, "ReadOnly")
        except Closed:
            pass
        self.assertEqual(self.daemon.wait(), CONFIG)
        self.assertEqual(connection.result()["schemaVersion"], 3)


if __name__ == "__main__":
    unittest.main()
