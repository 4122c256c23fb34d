"""What keeps the daemon from starting: one line that names it, an exit code, nothing changed."""

import grp
import os
import pwd
import sqlite3
import unittest
from pathlib import Path

from harness import DaemonTest

DAMAGED, UNAVAILABLE, IO, HELD, CONFIG = 65, 69, 74, 75, 78


def unused_name(names: set[str]) -> str:
    return next(name for number in range(100) if (name := f"nobody-{number}") not in names)


class Refusals(DaemonTest):
    def assert_refused(self, code: int, *named: str) -> None:
        """Ends at once with one line that holds what is named, and leaves no socket behind."""
        ended, line = self.refusal()
        self.assertEqual(ended, code, self.daemon.log())
        for text in named:
            self.assertIn(text, line)
        self.assertEqual(len(self.daemon.log().splitlines()), 1, self.daemon.log())
        self.assertFalse(self.daemon.socket.is_socket())

    def started_once(self) -> None:
        self.daemon.start()
        self.saved_client()
        self.assertEqual(self.daemon.stop(), 0)
        self.daemon.log_file.unlink()


class DatabaseFile(Refusals):
    def test_a_missing_folder_is_named(self) -> None:
        self.daemon.database = self.folder / "absent" / "catalog.db"
        self.assert_refused(IO, str(self.folder / "absent"), "No such file or directory")

    def test_an_unwritable_folder_is_named(self) -> None:
        self.daemon.database = self.folder / "locked" / "catalog.db"
        self.daemon.database.parent.mkdir(mode=0o555)
        self.become_nobody(self.daemon)
        self.assert_refused(IO, str(self.folder / "locked"), "not writable")

    def test_an_unwritable_file_is_named_and_unchanged(self) -> None:
        self.started_once()
        self.daemon.database.chmod(0o444)
        self.become_nobody(self.daemon)
        self.assert_refused(IO, str(self.daemon.database))
        self.assertFalse(Path(f"{self.daemon.database}-shm").exists())

    def test_a_folder_in_its_place_is_named(self) -> None:
        self.daemon.database.mkdir()
        self.assert_refused(IO, str(self.daemon.database))

    def test_a_file_that_is_no_database_is_named_and_unchanged(self) -> None:
        for content in (b"not a database\n", bytes(range(256)) * 64):
            with self.subTest(size=len(content)):
                self.daemon.log_file.unlink(missing_ok=True)
                self.daemon.database.write_bytes(content)
                self.assert_refused(DAMAGED, str(self.daemon.database))
                self.assertEqual(self.daemon.database.read_bytes(), content)

    def test_another_programs_database_is_named_and_unchanged(self) -> None:
        with sqlite3.connect(self.daemon.database) as database:
            database.execute("CREATE TABLE theirs (thing TEXT)")
        database.close()
        content = self.daemon.database.read_bytes()
        self.assert_refused(CONFIG, str(self.daemon.database), "not a catalog")
        self.assertEqual(self.daemon.database.read_bytes(), content)

    def test_a_newer_schema_is_told_with_its_number(self) -> None:
        self.started_once()
        with sqlite3.connect(self.daemon.database) as database:
            database.execute("PRAGMA user_version = 99")
        database.close()
        self.assert_refused(CONFIG, str(self.daemon.database), "schema 99")

    def test_a_process_that_holds_it_is_named(self) -> None:
        self.started_once()
        holder = sqlite3.connect(self.daemon.database, isolation_level=None)
        self.addCleanup(holder.close)
        holder.execute("PRAGMA journal_mode = DELETE")
        holder.execute("BEGIN EXCLUSIVE")
        self.assert_refused(HELD, str(self.daemon.database), f"process {os.getpid()}")

    def test_a_process_that_reads_it_is_reason_enough(self) -> None:
        self.started_once()
        holder = sqlite3.connect(self.daemon.database, isolation_level=None)
        self.addCleanup(holder.close)
        holder.execute("BEGIN")
        holder.execute("SELECT count(*) FROM files").fetchone()
        self.assert_refused(HELD, str(self.daemon.database), f"process {os.getpid()}")


class SocketAndAccess(Refusals):
    def test_a_missing_folder_of_the_socket_is_named(self) -> None:
        self.daemon.socket = self.folder / "absent" / "socket"
        self.assert_refused(UNAVAILABLE, str(self.daemon.socket))
        self.assertFalse(self.daemon.database.exists())

    def test_a_file_in_the_place_of_the_socket_is_kept(self) -> None:
        self.daemon.socket.write_text("precious")
        self.assert_refused(UNAVAILABLE, str(self.daemon.socket))
        self.assertEqual(self.daemon.socket.read_text(), "precious")

    def test_an_unknown_user_is_named_with_its_key(self) -> None:
        name = unused_name({entry.pw_name for entry in pwd.getpwall()})
        self.daemon.configure(f"access: {{write: ['user:{name}']}}\n")
        self.assert_refused(CONFIG, "access.write", name)

    def test_an_unknown_group_is_named_with_its_key(self) -> None:
        name = unused_name({entry.gr_name for entry in grp.getgrall()})
        self.daemon.configure(f"access: {{admin: ['group:{name}']}}\n")
        self.assert_refused(CONFIG, "access.admin", name)

    def test_an_unknown_group_of_the_socket_is_named_with_its_key(self) -> None:
        name = unused_name({entry.gr_name for entry in grp.getgrall()})
        self.daemon.configure(f"socket: {{group: {name}}}\n")
        self.assert_refused(CONFIG, "socket.group", name)


if __name__ == "__main__":
    unittest.main()
