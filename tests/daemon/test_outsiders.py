"""What others do to the files while the daemon serves, and what they can find in them."""

import os
import shutil
import sqlite3
import subprocess
import unittest
from pathlib import Path

from harness import SOON, DaemonTest
from varlink import CallFailed, Closed, Connection

REFUSED_AFTER_LOSS = {"OutcomeUnknown", "ReadOnly"}


def save(connection: Connection, client: str, name: str) -> None:
    connection.call("io.catalogd.Files.Save", clientId=client,
                    file={"name": name, "path": "/" + name, "verified": True})


class OtherPrograms(DaemonTest):
    def setUp(self) -> None:
        super().setUp()
        self.daemon.start()
        self.client = self.saved_client()

    @unittest.skipUnless(shutil.which("sqlite3"), "the package sqlite3 is not installed")
    def test_the_sqlite3_tool_can_neither_read_nor_write(self) -> None:
        connection = self.connect()
        for number, flag in enumerate(["-batch", "-readonly"] * 5):
            for statement in ("SELECT * FROM files", "DELETE FROM files", "PRAGMA journal_mode"):
                save(connection, self.client, f"file-{number}")
                said = subprocess.run(["sqlite3", flag, self.daemon.database, statement],
                                      capture_output=True, text=True, check=False)
                self.assertIn("database is locked", said.stderr)
                self.assertEqual(said.stdout, "")
        self.assertEqual(len(self.names_in(self.client)), 10)

    def test_a_process_with_sqlite_is_kept_out_from_the_moment_of_readiness(self) -> None:
        for _ in range(5):
            self.assertEqual(self.daemon.stop(), 0)
            self.daemon.start()
            outside = sqlite3.connect(self.daemon.database, timeout=0)
            with self.assertRaisesRegex(sqlite3.OperationalError, "database is locked"):
                outside.execute("SELECT count(*) FROM files")
            outside.close()

    def test_no_door_is_left_open_for_them(self) -> None:
        save(self.connect(), self.client, "a")
        self.names_in(self.client)
        self.assertFalse(Path(f"{self.daemon.database}-shm").exists())

    def test_copying_the_files_from_outside_changes_nothing(self) -> None:
        connection = self.connect()
        for number in range(20):
            save(connection, self.client, f"file-{number}")
            shutil.copy(self.daemon.database, self.folder / "copy.db")
            shutil.copy(self.daemon.wal, self.folder / "copy.db-wal")
        outside = sqlite3.connect(self.daemon.database, timeout=0)
        self.assertRaises(sqlite3.OperationalError, outside.execute, "SELECT * FROM files")
        outside.close()
        self.daemon.kill()
        self.daemon.start()
        self.assertEqual(len(self.names_in(self.client)), 20)


class FilesTakenAway(DaemonTest):
    def setUp(self) -> None:
        super().setUp()
        self.daemon.start()
        self.client = self.saved_client()

    def ends_without_acknowledging(self) -> None:
        """No write is answered well any more, and the daemon ends with its reason."""
        connection = self.connect()
        try:
            with self.assertRaises(CallFailed) as refused:
                save(connection, self.client, "lost")
            self.assertIn(refused.exception.name, REFUSED_AFTER_LOSS)
        except Closed:
            pass
        self.assertEqual(self.daemon.wait(SOON), 74, self.daemon.log())
        self.assertRegex(self.daemon.log(), r"critical .*moved away or deleted")

    def test_without_its_database_it_acknowledges_nothing_and_exits_74(self) -> None:
        self.daemon.database.unlink()
        self.ends_without_acknowledging()

    def test_without_its_log_it_acknowledges_nothing_and_exits_74(self) -> None:
        self.daemon.wal.unlink()
        self.ends_without_acknowledging()

    def test_another_file_in_the_place_of_the_database_is_noticed(self) -> None:
        shutil.copy(self.daemon.database, self.folder / "other.db")
        os.replace(self.folder / "other.db", self.daemon.database)
        self.ends_without_acknowledging()

    def test_a_loss_is_noticed_while_nobody_writes(self) -> None:
        for path in (self.daemon.database, self.daemon.wal):
            with self.subTest(path.name):
                path.unlink()
                self.assertEqual(self.daemon.wait(SOON), 74, self.daemon.log())
                self.daemon.database.unlink(missing_ok=True)
                self.daemon.wal.unlink(missing_ok=True)
                self.daemon.key_file.unlink(missing_ok=True)
                self.daemon.start()
                self.saved_client()

    def test_what_was_acknowledged_before_is_there_when_the_files_come_back(self) -> None:
        save(self.connect(), self.client, "kept")
        hidden = self.folder / "hidden"
        os.link(self.daemon.wal, hidden)
        self.daemon.wal.unlink()
        self.assertEqual(self.daemon.wait(SOON), 74)
        os.rename(hidden, self.daemon.wal)
        self.daemon.start()
        self.assertEqual(self.names_in(self.client), {"kept"})
