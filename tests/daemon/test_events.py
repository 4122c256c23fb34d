"""Every type of event, provoked on a running daemon, is what the schema says that is served for it:
schemas.py looks at each that is received."""

import functools
import signal
import sqlite3
import threading
import unittest
from typing import Any, Callable

import schemas
from http_harness import HttpTest
from varlink import CallFailed, Connection

ADMIN = "io.catalogd.Admin"
JOBS = "io.catalogd.Jobs"
COUNT = ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) "
         "SELECT count(*) FROM n")

Test = Callable[["Told"], None]
PROVOKED: set[str] = set()


def tells(*types: str) -> Callable[[Test], Test]:
    """A test that has to see an event of each of these types before it ends."""
    PROVOKED.update(types)

    def decorate(provoke: Test) -> Test:
        @functools.wraps(provoke)
        def test(self: "Told") -> None:
            provoke(self)
            for name in types:
                if name not in self.seen:
                    self.told(name)
        return test
    return decorate


class Told(HttpTest):
    settings = ("log:\n  slow_statement: 1ms\nbackup:\n  generations: 1\n  count: 1\n"
                "retention:\n  job_runs: 10\n")

    def setUp(self) -> None:
        super().setUp()
        self.seen: set[str] = set()
        self.listen()

    def listen(self, more: str = "") -> None:
        self.caller = self.connect()
        self.peer = self.events(f"/v1/events?types=io.catalogd.*{more}")

    def listen_from_the_start(self) -> None:
        """Of this daemon: what nobody could have listened to."""
        self.listen()
        epoch = self.told("snapshot")["sequence"].rpartition("-")[0]
        self.listen(f"&after={epoch}-{0:020}")

    def told(self, name: str) -> Any:
        """The next event of this type."""
        for event in self.peer.up_to(name):
            self.seen.add(event["type"].removeprefix("io.catalogd."))
        return event

    def change(self, **settings: str) -> None:
        for name, value in settings.items():
            self.connect().call(f"{ADMIN}.SetSetting", name=name.replace("__", "."), value=value)

    def run_job(self, job: str, **parameters: Any) -> str:
        """To its end, on one connection; which end."""
        replies = self.caller.stream(f"{JOBS}.Run", job=job, parameters=parameters)
        return [reply["run"]["state"] for reply in replies][-1]

    def keep_busy(self, work: Callable[[Connection], Any]) -> None:
        """Again and again, until the test ends."""
        done = threading.Event()
        connection = self.connect()

        def repeat() -> None:
            while not done.is_set():
                work(connection)

        thread = threading.Thread(target=repeat)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(done.set)

    def damage(self, statement: str, table: str) -> None:
        """As somebody does who writes past a daemon that is stopped, and a disk that errs: the page
        on which this table begins tells wrongly how much of it is free."""
        connection = sqlite3.connect(self.daemon.database)
        connection.execute(statement)
        connection.commit()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?",
                                     (table,)).fetchone()
        connection.close()
        with open(self.daemon.database, "r+b") as file:
            file.seek((page - 1) * size + 7)
            file.write(b"\x2a")


class Schemas(Told):

    def test_are_served_for_every_type_and_each_type_is_provoked_here(self) -> None:
        for validator in schemas.SERVED.values():
            validator.check_schema(validator.schema)
        self.assertEqual({f"io.catalogd.{name}" for name in PROVOKED}, set(schemas.SERVED))


class OfTheDaemon(Told):

    @tells("snapshot", "sample", "heartbeat")
    def test_who_listens_is_told_how_it_is_while_nothing_happens(self) -> None:
        self.assertEqual(self.told("snapshot")["data"]["health"]["schemaVersion"],
                         self.connect().call(f"{ADMIN}.ListMigrations")["schemaVersion"])

    @tells("lost")
    def test_who_comes_from_another_start_has_lost_what_was(self) -> None:
        self.listen(f"&after=another-{7:020}")

    @tells("daemon.started", "daemon.stopping")
    def test_a_start_and_a_stop(self) -> None:
        self.listen_from_the_start()
        self.told("daemon.started")
        self.daemon.process.send_signal(signal.SIGTERM)

    @tells("configuration.read", "configuration.refused")
    def test_the_configuration_read_again(self) -> None:
        self.caller.call(f"{ADMIN}.Reload")
        self.daemon.configure("moon: {}\n")
        self.assertRaises(CallFailed, self.caller.call, f"{ADMIN}.Reload")

    @tells("schema.migrated")
    def test_a_step_of_the_schema(self) -> None:
        newest = self.connect().call(f"{ADMIN}.ListMigrations")["schemaVersion"]
        self.connect().call(f"{ADMIN}.Rollback", toVersion=3)
        self.daemon.wait()
        self.daemon.start()
        self.listen_from_the_start()
        self.assertEqual(self.told("schema.migrated")["data"], {"from": 3, "to": newest})

    @tells("calls.refused", "check.queue", "health.changed")
    def test_calls_that_find_a_full_queue(self) -> None:
        self.change(writer__queue="1")
        refused = 0
        peer = self.connect()
        for number in range(60):
            peer.send("io.catalogd.Clients.Save", {"name": f"client {number}"})
        for _ in range(60):
            refused += "error" in peer.receive()
        self.assertGreater(refused, 0)
        while refused > 0:  # those of one second are told together, what the daemon itself posts too
            refused -= self.told("calls.refused")["data"]["count"]

    @tells("statement.slow")
    def test_a_slow_statement(self) -> None:
        self.connect().call(f"{ADMIN}.Query", sql=COUNT)
        while (slow := self.told("statement.slow"))["subject"] != "(query)":
            pass
        self.assertEqual((slow["data"]["statement"], slow["data"]["count"]), ("(query)", 1))

    @tells("subscriber.slow", "check.subscribers")
    def test_a_subscriber_that_never_reads(self) -> None:
        self.events(small_window=True)
        while "subscriber.slow" not in self.seen:
            self.run_job("checkpoint")
            self.told("job.finished")


class OfBackups(Told):

    @tells("job.started", "job.progress", "job.finished", "backup.taken", "backup.proven")
    def test_one_that_is_taken_and_proven(self) -> None:
        self.run_job("backup", name="one")
        self.assertEqual(self.told("backup.taken")["data"]["name"], "one")
        self.run_job("backup-proof")
        self.assertEqual(self.told("backup.proven")["data"], {"name": "one"})

    @tells("backup.deleted")
    def test_one_that_is_deleted_by_request(self) -> None:
        self.run_job("backup", name="one")
        self.connect().call(f"{ADMIN}.DeleteBackup", backup="one")
        self.assertEqual(self.told("backup.deleted")["data"], {"name": "one"})

    @tells("backup.deleted")
    def test_one_that_retention_takes(self) -> None:
        for name in ("one", "two"):
            self.run_job("backup", name=name)
        self.run_job("cleanup")
        self.assertEqual(self.told("backup.deleted")["data"], {"name": "one"})

    def test_one_that_cannot_be_deleted_is_not_told_of(self) -> None:
        with self.assertRaises(CallFailed):
            self.connect().call(f"{ADMIN}.DeleteBackup", backup="one")
        self.run_job("checkpoint")
        while self.told("job.finished")["subject"] != "checkpoint":
            pass
        self.assertNotIn("backup.deleted", self.seen)

    @tells("catalog.restored")
    def test_one_that_takes_the_catalogs_place(self) -> None:
        self.run_job("backup", name="one")
        self.told("backup.taken")
        previous = self.connect().call(f"{ADMIN}.Restore", backup="one")["previous"]
        self.assertEqual(self.told("backup.taken")["data"]["name"], previous)


class OfChecks(Told):

    @tells("check.database-size", "check.wal-size", "check.disk-free")
    def test_sizes_that_pass_their_marks(self) -> None:
        self.change(health__database_warn="1KB", health__wal_warn="1KB", health__disk_warn="1024GiB",
                    health__disk_fail="1024GiB")
        self.saved_client()

    @tells("check.jobs", "check.backup")
    def test_a_backup_that_fails(self) -> None:
        self.assertEqual([self.run_job("backup", name="one") for _ in range(2)],
                         ["succeeded", "failed"])

    @tells("check.foreign-keys", "check.orphans", "check.integrity")
    def test_what_is_not_right_in_the_catalog(self) -> None:
        self.connect().call("io.catalogd.Files.Save", clientId=self.saved_client(),
                            file={"name": "a", "path": "/a"})
        self.daemon.stop()
        self.damage("DELETE FROM clients WHERE name = 'laptop'", "clients")
        self.daemon.start()
        self.listen()
        self.run_job("orphan-check")

    @tells("check.writer")
    def test_a_writer_that_is_long_with_its_batches(self) -> None:
        self.change(health__writer_warn="1ms")
        client = self.saved_client()
        files = [{"name": f"{number}", "path": "/stored/" + "x" * 300} for number in range(10_000)]
        self.keep_busy(lambda peer: peer.call("io.catalogd.Files.SaveMany", clientId=client,
                                              files=files))

    @tells("check.readers")
    def test_readers_that_are_busy(self) -> None:
        self.change(health__readers_warn="1")
        self.keep_busy(lambda peer: peer.call("io.catalogd.Clients.List"))


if __name__ == "__main__":
    unittest.main()
