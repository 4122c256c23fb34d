"""Moving a server over, and going back, as docs/python.md tells it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import unittest
from typing import Any, List

from drop_in import AES_KEY, ALICE, BOB, PUBLIC_KEY, DropInTest
from served import ROOT
from harness import BINARY

sys.path.insert(0, str(ROOT / "python/examples"))

import go_back  # noqa: E402

CATALOGCTL = os.path.join(os.path.dirname(BINARY), "catalogctl")
BASE = """
    CREATE TABLE clients (ID BLOB(16) PRIMARY KEY, Name VARCHAR(255) UNIQUE NOT NULL,
        PublicKey BLOB(160), LastSeen TEXT NOT NULL, AESKey BLOB(32));
    CREATE TABLE files (ID BLOB(16) PRIMARY KEY, FileName VARCHAR(255) NOT NULL,
        PathName VARCHAR(255) NOT NULL, Verified BOOLEAN DEFAULT 0, FileSize INTEGER,
        ModificationDate TEXT, CRC INTEGER, ClientID BLOB(16) NOT NULL
        REFERENCES clients(ID) ON DELETE CASCADE);
"""


class MovedTest(DropInTest):
    """The old database of a server with one client and two files, one of them in two rows."""

    def setUp(self) -> None:
        super().setUp()
        self.old = self.folder / "defensive.db"
        self.in_old(BASE)
        self.in_old("INSERT INTO clients VALUES (?, 'alice', ?, '2025-01-10T13:00:00', ?)",
                    ALICE, PUBLIC_KEY, AES_KEY)
        for name, verified, crc in (("a", 0, 7), ("a", 1, None), ("b", 0, 8)):
            self.in_old("INSERT INTO files VALUES (randomblob(16), ?, ?, ?, 5, '', ?, ?)",
                        name, "/received/" + name, verified, crc, ALICE)

    def in_old(self, sql: str, *values: Any) -> List[tuple]:
        old = sqlite3.connect(self.old)
        with old:
            rows = old.execute(sql, values).fetchall() if ";" not in sql else \
                old.executescript(sql).fetchall()
        old.close()
        return rows

    def imported(self) -> dict:
        said = subprocess.run([CATALOGCTL, "--socket", str(self.daemon.socket), "--json", "import",
                               str(self.old)], check=True, capture_output=True, text=True)
        return {table["table"]: table for table in json.loads(said.stdout)["tables"]}

    def go_back(self) -> tuple:
        return go_back.go_back(self.database, str(self.old))


class MovingOver(MovedTest):
    def test_the_figures_are_those_that_the_import_has_told(self) -> None:
        told = self.imported()
        statistics = self.database.get_database_stats()
        self.assertEqual(statistics["total_clients"], told["clients"]["imported"])
        self.assertEqual(statistics["total_files"], told["files"]["imported"])
        self.assertEqual(told["files"]["merged"], 1)

    def test_the_old_file_stays_as_it_was(self) -> None:
        before = self.old.read_bytes()
        self.imported()
        self.save("c")
        self.assertEqual(self.old.read_bytes(), before)


class GoingBack(MovedTest):
    def setUp(self) -> None:
        super().setUp()
        self.imported()
        self.database.save_client_to_db(BOB, "bob", None, AES_KEY)
        self.save("c", client=BOB, crc=9)
        self.save("b", verified=True)

    def test_the_old_database_has_what_was_written_since(self) -> None:
        self.assertEqual(self.go_back(), (2, 3))
        self.assertEqual(self.in_old("SELECT Name, PublicKey, AESKey FROM clients ORDER BY Name"),
                         [("alice", PUBLIC_KEY, AES_KEY), ("bob", None, AES_KEY)])
        self.assertEqual(
            self.in_old("SELECT FileName, Verified, CRC FROM files ORDER BY FileName, Verified"),
            [("a", 0, 7), ("a", 1, 7), ("b", 1, 8), ("c", 0, 9)])

    def test_going_back_twice_is_going_back_once(self) -> None:
        self.go_back()
        before = self.in_old("SELECT * FROM files ORDER BY ID")
        self.go_back()
        self.assertEqual(self.in_old("SELECT * FROM files ORDER BY ID"), before)

    def test_where_the_old_database_refuses_one_it_gets_none(self) -> None:
        self.in_old("INSERT INTO clients VALUES (zeroblob(16), 'bob', NULL, '', NULL)")
        with self.assertRaises(sqlite3.IntegrityError):
            self.go_back()
        self.assertEqual(self.in_old("SELECT count(*) FROM files"), [(3,)])

    def test_a_file_that_is_not_there_is_not_made(self) -> None:
        self.old.unlink()
        with self.assertRaises(sqlite3.OperationalError):
            self.go_back()
        self.assertFalse(self.old.exists())


if __name__ == "__main__":
    unittest.main()
