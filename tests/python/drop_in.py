"""The drop-in on a running daemon, in a folder of its own; or on a peer with given replies."""

from __future__ import annotations

import os
import time
import unittest
from typing import Any

from scripted_daemon import ScriptedDaemon
from served import ServedTest
from catalogd.compat import DatabaseManager

ALICE = bytes(range(16))
BOB = bytes(range(16, 32))
NOBODY = bytes(16)
PUBLIC_KEY = b"p" * 160
AES_KEY = b"k" * 32
# The old server's ways to write a time, and what each is.
SAVED_AT = "2025-01-10T13:00:00"  # local time, an hour before UTC's
MODIFIED = "2025-01-10T12:00:00.000Z"
os.environ["TZ"] = "CET-1"
time.tzset()


class DropInTest(ServedTest):
    def setUp(self) -> None:
        super().setUp()
        before = os.getcwd()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, before)
        self.database = self.manager()

    def manager(self, **options: Any) -> DatabaseManager:
        database = DatabaseManager(socket=str(self.daemon.socket), **options)
        self.addCleanup(database.cleanup_connection_pool)
        return database

    def save(self, name: str, client: bytes = ALICE, verified: bool = False, size: int = 5,
             crc: Any = None, path: str = "") -> None:
        self.database.save_file_info_to_db(client, name, path or f"received_files/{name}",
                                           verified, size, SAVED_AT, crc)

    def alice(self) -> None:
        self.database.save_client_to_db(ALICE, "alice", PUBLIC_KEY, AES_KEY)


class AnsweredTest(unittest.TestCase):
    """For what matters is which calls are made of the contract, and what is made of its replies."""

    def manager(self, *replies: Any, **options: Any) -> DatabaseManager:
        """The drop-in on a daemon that gives these replies; `self.peer` has its calls."""
        self.peer = ScriptedDaemon(*replies)
        self.peer.__enter__()
        self.addCleanup(self.peer.__exit__)
        database = DatabaseManager(socket=self.peer.socket, **options)
        self.addCleanup(database.cleanup_connection_pool)
        return database

    @property
    def called(self) -> list[str]:
        return [call["method"].split("catalogd.")[1] for call in self.peer.calls]

    def parameters(self, position: int = 0) -> dict[str, Any]:
        return self.peer.calls[position]["parameters"]


def reply(parameters: Any, continues: bool = False) -> Any:
    return {"parameters": parameters, **({"continues": True} if continues else {})}
