"""The import of an old database: beside other calls, broken off by a kill, and repeated."""

import sqlite3
import threading
import unittest
from pathlib import Path
from typing import Any

from harness import DaemonTest
from varlink import CallFailed, Closed

CLIENTS, FILES = 20, 6_000
IMPORT = "io.catalogd.Admin.ImportDatabase"


class ImportTest(DaemonTest):

    def setUp(self) -> None:
        super().setUp()
        self.old = self.folder / "defensive.db"
        self.make_old()
        self.before = {path: path.read_bytes() for path in self.old_files()}
        self.daemon.start()

    def make_old(self) -> None:
        """Two rows of each file: an upload, and its check."""
        with sqlite3.connect(self.old) as old:
            old.executescript("""
                CREATE TABLE clients (ID BLOB PRIMARY KEY, Name TEXT UNIQUE NOT NULL,
                    PublicKey BLOB, LastSeen TEXT NOT NULL, AESKey BLOB);
                CREATE TABLE files (ID BLOB PRIMARY KEY, FileName TEXT NOT NULL, PathName TEXT
                    NOT NULL, Verified BOOLEAN DEFAULT 0, FileSize INTEGER, ModificationDate TEXT,
                    CRC INTEGER, ClientID BLOB NOT NULL);""")
            ids = [bytes([number]) * 16 for number in range(CLIENTS)]
            old.executemany("INSERT INTO clients VALUES (?, ?, NULL, '', NULL)",
                            [(id_, f"client {n}") for n, id_ in enumerate(ids)])
            for verified, crc in ((0, 99), (1, None)):
                old.executemany(
                    "INSERT INTO files VALUES (randomblob(16), ?, ?, ?, 7, '', ?, ?)",
                    [(f"file {n}", f"/p/{n}", verified, crc, ids[n % CLIENTS])
                     for n in range(FILES)])
        old.close()

    def old_files(self) -> list[Path]:
        return sorted(self.folder.glob("defensive.db*"))

    def statistics(self) -> dict[str, Any]:
        return self.connect().call("io.catalogd.GetStatistics")["statistics"]

    def run_import(self) -> dict[str, Any]:
        *_, last = self.connect().stream(IMPORT, path=str(self.old))
        return {table["table"]: table for table in last["report"]["tables"]}

    def assert_whole(self) -> None:
        statistics = self.statistics()
        self.assertEqual((statistics["clients"], statistics["files"]), (CLIENTS, FILES))
        self.assertEqual(statistics["verifiedBytes"], 7 * FILES)
        self.assertEqual({path: path.read_bytes() for path in self.old_files()}, self.before)
        left = [path.name for path in self.folder.glob("catalog.db.import*")]
        self.assertEqual(left, [])

    def test_it_comes_over_whole_and_twice_is_once(self) -> None:
        first = self.run_import()["files"]
        self.assertEqual((first["imported"], first["merged"]), (FILES, FILES))
        self.assert_whole()
        again = self.run_import()["files"]
        self.assertEqual((again["imported"], again["present"]), (0, 2 * FILES))
        self.assert_whole()

    def test_a_kill_at_any_point_leaves_what_a_repetition_completes(self) -> None:
        for part in (0.0, 0.3, 0.7):
            try:
                for reply in self.connect().stream(IMPORT, path=str(self.old)):
                    if reply.get("progress", 0) >= part:
                        break
            except Closed:
                self.fail("the daemon ended by itself")
            self.daemon.kill()
            self.daemon.start()
            self.assertFalse((self.folder / "catalog.db.import").exists())
        self.run_import()
        self.assert_whole()

    def test_saves_go_on_while_it_runs(self) -> None:
        client = self.saved_client("saver")
        done = threading.Event()

        def save() -> int:
            connection, count = self.daemon.connect(), 0
            while not done.is_set():
                connection.call("io.catalogd.Files.Save", clientId=client,
                                file={"name": str(count), "path": "/s"})
                count += 1
            connection.close()
            return count

        saved: list[int] = []
        saver = threading.Thread(target=lambda: saved.append(save()))
        saver.start()
        self.run_import()
        done.set()
        saver.join()
        self.assertGreater(saved[0], 10)
        self.assertEqual(self.statistics()["files"], FILES + saved[0])

    def test_a_damaged_file_is_refused_with_what_is_wrong(self) -> None:
        content = bytearray(self.old.read_bytes())
        content[4096 * 3:4096 * 3 + 100] = b"\x55" * 100
        self.old.write_bytes(content)
        with self.assertRaises(CallFailed) as caught:
            self.run_import()
        self.assertEqual(caught.exception.name, "NotImportable")
        self.assertIn("the file is damaged: ", caught.exception.parameters["reason"])
        self.assertEqual(self.statistics()["clients"], 0)

    def test_the_catalogs_own_file_is_refused_and_stays_locked(self) -> None:
        with self.assertRaises(CallFailed):
            self.connect().call(IMPORT, path=str(self.daemon.database))
        with self.assertRaisesRegex(sqlite3.OperationalError, "locked"):
            sqlite3.connect(self.daemon.database).execute("SELECT count(*) FROM clients")


if __name__ == "__main__":
    unittest.main()
