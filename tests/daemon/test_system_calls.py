"""The files that the daemon opens and closes, as the kernel sees it. Needs strace; skips without.

Closing a file drops every lock that the process has on it: were the daemon itself to open and
close its database while it serves, other processes could write to it.
"""

import re
import shutil
import unittest
from dataclasses import dataclass

from harness import DaemonTest, sanitized

OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]*)", ([A-Z_|0-9]+).*\) += (\d+)')
CLOSED = re.compile(r"\bclose\((\d+)\) += 0")


@dataclass
class Opening:
    path: str
    flags: set[str]
    serving: bool


class OpenFiles(DaemonTest):
    def setUp(self) -> None:
        super().setUp()
        if not shutil.which("strace"):
            self.skipTest("the package strace is not installed")
        self.trace = self.folder / "trace"
        # -D: the daemon itself stays our child, and strace looks on from aside.
        self.daemon.wrapper = ["strace", "-D", "-f", "-qq", "-o", str(self.trace), "-s", "300",
                               "-e", "trace=open,openat,creat,close,sendmsg", "-e", "signal=none"]
        if sanitized():
            self.daemon.environment["ASAN_OPTIONS"] = "detect_leaks=0"  # it traces too

    def served_once(self) -> None:
        self.daemon.start()
        client = self.saved_client()
        connection = self.connect()
        for number in range(200):
            connection.send("io.catalogd.Files.Save", {
                "clientId": client, "file": {"name": f"file-{number}", "path": "/"}})
            connection.send("io.catalogd.Files.List", {"clientId": client})
            connection.result()
            connection.result()
        connection.call("io.catalogd.Clients.Delete", id=client)
        self.assertEqual(self.daemon.stop(), 0, self.daemon.log())

    def observed(self) -> tuple[list[Opening], list[str]]:
        """What was opened of the database and its log, and what was closed while serving."""
        openings, closed = [], []
        paths: dict[str, str] = {}
        observed = {str(self.daemon.database), str(self.daemon.wal)}
        serving = False
        for line in self.trace.read_text(errors="replace").splitlines():
            serving = (serving or "READY=1" in line) and "STOPPING=1" not in line
            if opened := OPENED.search(line):
                path, flags, number = opened.groups()
                paths[number] = path
                if path in observed:
                    openings.append(Opening(path, set(flags.split("|")), serving))
            elif gone := CLOSED.search(line):
                path = paths.pop(gone[1], "")
                if serving and path in observed:
                    closed.append(path)
        return openings, closed

    def test_it_neither_opens_nor_closes_its_database_while_it_serves(self) -> None:
        self.served_once()
        openings, closed = self.observed()
        self.assertGreater(len(openings), 0)
        self.assertEqual([opening for opening in openings if opening.serving], [])
        self.assertEqual(closed, [])

    def test_none_but_sqlite_ever_opens_its_database_or_log(self) -> None:
        self.served_once()
        openings, _ = self.observed()
        self.assertEqual({opening.path for opening in openings},
                         {str(self.daemon.database), str(self.daemon.wal)})
        for opening in openings:
            # SQLite follows no links there; nothing else of the daemon opens like that.
            self.assertIn("O_NOFOLLOW", opening.flags, opening)


if __name__ == "__main__":
    unittest.main()
