"""The audit log of a real daemon: what kill -9 leaves of it, and what stops hold of it."""

import random
import sqlite3
import unittest

from harness import DaemonTest
from varlink import Closed

FILES = 200


class AuditTest(DaemonTest):
    def entries(self) -> list[dict]:
        """The oldest first."""
        pages = self.connect().stream("io.catalogd.Admin.ListAudit", limit=1000)
        return [entry for page in pages for entry in page["entries"]][::-1]

    def verified(self) -> dict:
        return self.connect().call("io.catalogd.Admin.VerifyAudit")


class KilledDaemon(AuditTest):
    def save_files(self, client: str) -> dict[str, str]:
        """Their identifiers by name."""
        connection = self.connect()
        ids = {}
        for number in range(FILES):
            file = {"name": f"file-{number}", "path": f"/{number}"}
            saved = connection.call("io.catalogd.Files.Save", clientId=client, file=file)
            ids[saved["file"]["name"]] = saved["file"]["id"]
        return ids

    def kill_amid_deletions(self, client: str, names: list[str], after: int) -> None:
        connection = self.connect()
        for count, name in enumerate(names):
            connection.send("io.catalogd.Files.Delete", {"clientId": client, "name": name})
            if count >= 32:
                connection.receive()
            if count == after:
                self.daemon.kill()
                return

    def test_keeps_for_each_deletion_its_entry_and_for_each_entry_its_deletion(self) -> None:
        choice = random.Random(1)
        self.daemon.start()
        client = self.saved_client()
        for _ in range(5):
            ids = self.save_files(client)
            try:
                self.kill_amid_deletions(client, list(ids), choice.randrange(40, FILES))
            except Closed:
                pass
            self.daemon.start()
            deleted = set(ids.values()) - {ids[name] for name in self.names_in(client)}
            told = {entry["subject"].rsplit(" ", 1)[-1] for entry in self.entries()
                    if entry["method"] == "io.catalogd.Files.Delete" and entry["outcome"] == "ok"}
            self.assertEqual(told & set(ids.values()), deleted)
            self.assertGreater(len(deleted), 0)
        self.assertNotIn("broken", self.verified())


class MeddledLog(AuditTest):
    def setUp(self) -> None:
        super().setUp()
        self.daemon.start()
        client = self.saved_client()
        for _ in range(5):
            self.connect().call("io.catalogd.Clients.GetSessionKey", id=client)
        self.daemon.stop()

    def after(self, sql: str) -> dict:
        with sqlite3.connect(self.daemon.database) as database:
            database.execute(sql)
        database.close()
        self.daemon.start()
        return self.verified()

    def test_does_not_keep_the_daemon_from_serving_and_is_told(self) -> None:
        verified = self.after("UPDATE audit SET uid = 12345 WHERE sequence = 3")
        self.assertEqual(verified, {"entries": 2, "broken": 3})

    def test_is_noticed_where_its_end_is_cut(self) -> None:
        self.assertEqual(self.after("DELETE FROM audit WHERE sequence > 3")["broken"], 6)


class StoppedDaemon(AuditTest):
    def test_tells_of_long_work_that_it_began_and_how_it_ended(self) -> None:
        self.daemon.start()
        self.verified()
        self.daemon.stop()
        self.daemon.start()
        self.assertEqual([entry["outcome"] for entry in self.entries()], ["begun", "ok"])


if __name__ == "__main__":
    unittest.main()
