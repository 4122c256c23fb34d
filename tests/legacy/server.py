"""What a backup server says to the daemon, in the words of these tests."""

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable, Iterable, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "daemon"))

from harness import DaemonTest  # noqa: E402
from varlink import CallFailed  # noqa: E402

ADMIN, CLIENTS, FILES = "io.catalogd.Admin", "io.catalogd.Clients", "io.catalogd.Files"
JOBS = "io.catalogd.Jobs"

# The old server's base schema, and the two tables of its oldest one.
BASE = """
    CREATE TABLE clients (ID BLOB(16) PRIMARY KEY, Name VARCHAR(255) UNIQUE NOT NULL,
        PublicKey BLOB(160), LastSeen TEXT NOT NULL, AESKey BLOB(32));
    CREATE TABLE files (ID BLOB(16) PRIMARY KEY, FileName VARCHAR(255) NOT NULL,
        PathName VARCHAR(255) NOT NULL, Verified BOOLEAN DEFAULT 0, FileSize INTEGER,
        ModificationDate TEXT, CRC INTEGER, ClientID BLOB(16) NOT NULL
        REFERENCES clients(ID) ON DELETE CASCADE);
"""


class LegacyTest(DaemonTest):
    """A daemon that runs, and a server's connection to it."""

    def setUp(self) -> None:
        super().setUp()
        self.daemon.start()
        self.peer = self.connect()

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self.peer.call(method, **parameters)

    def error(self, method: str, **parameters: Any) -> str:
        """The name of the error that the call ends in."""
        with self.assertRaises(CallFailed) as caught:
            self.call(method, **parameters)
        return caught.exception.name

    def save(self, client: str, name: str, **file: Any) -> dict[str, Any]:
        file = {"name": name, "path": f"/stored/{client}/{name}", **file}
        return self.call(f"{FILES}.Save", clientId=client, file=file)["file"]

    def file(self, client: str, name: str) -> dict[str, Any]:
        return self.call(f"{FILES}.Get", clientId=client, name=name)["file"]

    def client(self, name: str) -> dict[str, Any]:
        return self.call(f"{CLIENTS}.Get", name=name)["client"]

    def statistics(self) -> dict[str, Any]:
        return self.call("io.catalogd.GetStatistics")["statistics"]

    def found(self, **filters: Any) -> list[str]:
        pages = self.connect().stream(f"{FILES}.Search", order="name", **filters)
        return [file["name"] for page in pages for file in page["files"]]

    def health(self) -> dict[str, Any]:
        return self.call("io.catalogd.Health.Get")["health"]

    def check(self, name: str) -> dict[str, Any]:
        return next(each for each in self.health()["checks"] if each["name"] == name)

    def removals(self) -> list[str]:
        return [each["path"] for each in self.call(f"{FILES}.ListRemovals")["removals"]]

    def at_once(self, work: Callable[[int], Any], count: int) -> list[Any]:
        """What the work gives for 0 to count - 1, each on a thread of its own."""
        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(work, range(count)))

    def kill(self) -> None:
        """As a crash would, and started again."""
        self.daemon.kill()
        self.daemon.start()
        self.peer = self.connect()

    def threads(self) -> int:
        return len(list(Path(f"/proc/{self.daemon.pid}/task").iterdir()))

    def descriptors(self) -> int:
        return len(list(Path(f"/proc/{self.daemon.pid}/fd").iterdir()))

    def old_database(self, clients: Iterable[tuple], files: Iterable[tuple] = ()) -> Path:
        """Rows as the old server wrote them, in its base schema."""
        path = self.folder / "defensive.db"
        with sqlite3.connect(path) as old:
            old.executescript(BASE)
            old.executemany("INSERT INTO clients VALUES (?, ?, ?, ?, ?)", clients)
            old.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)", files)
        old.close()
        return path

    def imported(self, path: Path, dry_run: Optional[bool] = None) -> dict[str, Any]:
        return self.call(f"{ADMIN}.ImportDatabase", path=str(path), dryRun=dry_run)["report"]
