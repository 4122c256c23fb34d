#!/usr/bin/env python3
"""A backup server's storage on the drop-in: registers clients, stores, verifies, lists and deletes
their files, and comes back from a kill at any moment with disk and catalog in agreement.

    backup_server.py STORAGE [--clients N]     makes a round with N clients at a time

What keeps disk and catalog together:

  - Every upload has a path of its own, which is never used again. Its bytes are durable before a
    record names them, so a record always has its bytes.
  - When a record goes, or names other bytes, the daemon notes the old path as a removal in the
    same commit. `sweep` deletes those bytes, then confirms. Whatever is cut short is found again.
  - Bytes that were never recorded belong to an upload that was cut short: `start` deletes them.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import threading
import zlib
from datetime import datetime, timezone
from pathlib import Path
from typing import Callable, Dict, Iterator, List, Optional

from catalogd import files
from catalogd.compat import DatabaseManager


class BackupServer:
    """`reached` is told of each step when it is done; tests end the process there."""

    def __init__(self, storage: Path, database: DatabaseManager,
                 reached: Callable[[str], None] = lambda step: None) -> None:
        self.storage = storage
        self.database = database
        self._reached = reached
        self._sweeping = threading.Lock()

    def start(self) -> None:
        """Puts right what a kill has left; before the first client is let in."""
        self.storage.mkdir(parents=True, exist_ok=True)
        self.database.init_database()
        self.sweep()
        known = {file["path"]: file for file in self.database.get_all_files()}
        for path in self._stored():
            if path not in known:
                self._located(path).unlink()
        for file in known.values():
            if not file["verified"]:
                self.verify(file["client_id"], file["filename"])

    def register(self, name: str, public_key: Optional[bytes] = None) -> bytes:
        """The client's identifier, new or as it was."""
        known = self.database.get_client_by_name(name)
        client = known[0] if known else secrets.token_bytes(16)
        self.database.save_client_to_db(client, name, public_key, None)
        return client

    def upload(self, client: bytes, name: str, content: bytes) -> bool:
        """Stores a file, or what replaces it; whether what was stored is what came."""
        path = f"{client.hex()}/{secrets.token_hex(16)}"
        self._write(path, content)
        self._reached("written")
        moment = datetime.now(timezone.utc).isoformat()
        self.database.save_file_info_to_db(client, name, path, False, len(content), moment,
                                           zlib.crc32(content))
        self._reached("recorded")
        good = self.verify(client, name)
        self.sweep()
        return good

    def verify(self, client: bytes, name: str) -> bool:
        """Compares the stored bytes with what the record says of them."""
        info = self.database.get_file_info(client.hex(), name)
        if info is None:
            return False
        content = self._located(info["path"]).read_bytes()
        good = (len(content), zlib.crc32(content)) == (info["size"], info["crc"])
        self.database.update_file_verification(client.hex(), name, good, info["crc"])
        self._reached("verified")
        return good

    def list(self, client: bytes) -> List[Dict[str, object]]:
        return self.database.get_files_for_client(client.hex())

    def delete(self, client: bytes, name: str) -> bool:
        deleted = self.database.delete_file(client.hex(), name)
        self._reached("record deleted")
        self.sweep()
        return deleted

    def delete_client(self, client: bytes) -> bool:
        deleted = self.database.delete_client(client)
        self._reached("client deleted")
        self.sweep()
        return deleted

    def sweep(self) -> None:
        """Deletes the bytes that no record names any more. One thread at a time; what is noted
        meanwhile is left to the next."""
        if not self._sweeping.acquire(blocking=False):
            return
        try:
            for page in self.database.catalog.stream(files.list_removals(limit=1000)):
                for removal in page["removals"]:
                    self._located(removal["path"]).unlink(missing_ok=True)
                    self._reached("bytes removed")
                if page["removals"]:
                    self.database.catalog.call(files.confirm_removals(
                        [removal["id"] for removal in page["removals"]]))
                    self._reached("removal confirmed")
        finally:
            self._sweeping.release()

    def _located(self, path: str) -> Path:
        """Below the storage: a record is never followed anywhere else."""
        located = (self.storage / path).resolve()
        if self.storage.resolve() not in located.parents:
            raise ValueError(f"{path!r} is not in the storage")
        return located

    def _write(self, path: str, content: bytes) -> None:
        """Durable when it returns: the bytes, their name, and the folder's name."""
        located = self._located(path)
        located.parent.mkdir(exist_ok=True)
        with open(located, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        for folder in (located.parent, self.storage):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _stored(self) -> Iterator[str]:
        for path in self.storage.rglob("*"):
            if path.is_file():
                yield path.relative_to(self.storage).as_posix()


def round_of(server: BackupServer, number: int, rounds: int = 5) -> None:
    """What one client does: registers, stores, replaces, lists, deletes."""
    client = server.register(f"client {number}")
    for count in range(rounds):
        for content in (b"first", b"second"):
            if not server.upload(client, f"{count}.txt", content * (count + number)):
                raise RuntimeError("what was stored is not what came")
    server.delete(client, "0.txt")
    if len(server.list(client)) != rounds - 1:
        raise RuntimeError(f"client {number} has {server.list(client)}")


def run(server: BackupServer, clients: int) -> List[BaseException]:
    """A round of each client in a thread of its own; what failed."""
    failures: List[BaseException] = []

    def work(number: int) -> None:
        try:
            round_of(server, number)
        except BaseException as error:
            failures.append(error)
    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.sweep()
    return failures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("storage", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    options = parser.parse_args()
    server = BackupServer(options.storage, DatabaseManager())
    server.start()
    failures = run(server, options.clients)
    print(server.database.get_database_stats())
    for failure in failures:
        print(f"backup_server: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
