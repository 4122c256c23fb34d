"""The example server: fifty clients at a time, and a kill between every two of its steps."""

import os
import signal
import sys
import unittest
import zlib
from typing import Callable

from served import ROOT, ServedTest
from catalogd import files
from catalogd.compat import DatabaseManager

sys.path.insert(0, str(ROOT / "python/examples"))

from backup_server import BackupServer, run

STEPS = {"upload": 3, "replace": 5, "delete": 3, "delete a client": 4}


class Example(ServedTest):
    def setUp(self) -> None:
        super().setUp()
        self.storage = self.folder / "storage"

    def server(self, reached: Callable[[str], None] = lambda step: None) -> BackupServer:
        database = DatabaseManager(socket=str(self.daemon.socket), timeout=60)
        self.addCleanup(database.cleanup_connection_pool)
        return BackupServer(self.storage, database, reached)

    def assert_agreement(self) -> None:
        """Every record has its bytes, all bytes have their record, nothing is left to remove."""
        records = {file["path"]: file for page in self.catalog.stream(files.list())
                   for file in page["files"]}
        stored = {path.relative_to(self.storage).as_posix(): path.read_bytes()
                  for path in self.storage.rglob("*") if path.is_file()}
        self.assertEqual(set(records), set(stored))
        for path, record in records.items():
            self.assertEqual((record["size"], record["crc"], record["verified"]),
                             (len(stored[path]), zlib.crc32(stored[path]), True))
        self.assertEqual(self.catalog.call(files.list_removals())["removals"], [])

    def prepared(self) -> bytes:
        """A client with two files on a server that has never been killed."""
        server = self.server()
        server.start()
        client = server.register("laptop")
        for name in ("a", "b"):
            server.upload(client, name, b"first")
        return client

    def do(self, server: BackupServer, operation: str, client: bytes) -> None:
        {"upload": lambda: server.upload(client, "c", b"third"),
         "replace": lambda: server.upload(client, "a", b"second"),
         "delete": lambda: server.delete(client, "a"),
         "delete a client": lambda: server.delete_client(client)}[operation]()

    def steps_before_the_end(self, operation: str, client: bytes, at: int) -> bool:
        """Whether a server that is killed behind its step `at` was killed before its end."""
        child = os.fork()
        if child == 0:
            done = []

            def reached(step: str) -> None:
                done.append(step)
                if len(done) == at:
                    os.kill(os.getpid(), signal.SIGKILL)
            try:
                self.do(self.server(reached), operation, client)
            finally:
                os._exit(0)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

    def test_fifty_clients_at_a_time_leave_disk_and_catalog_in_agreement(self) -> None:
        server = self.server()
        server.start()
        self.assertEqual(run(server, clients=50), [])
        self.assertEqual(len(self.names()), 50 * 4)
        self.assert_agreement()

    def test_a_server_killed_between_any_two_steps_comes_back_in_agreement(self) -> None:
        for operation, steps in STEPS.items():
            for at in range(1, steps + 2):
                with self.subTest(operation, step=at):
                    client = self.prepared()
                    killed = self.steps_before_the_end(operation, client, at)
                    self.assertEqual(killed, at <= steps)
                    server = self.server()
                    server.start()
                    self.assert_agreement()
                    self.do(server, operation, client)
                    self.assert_agreement()
                    server.delete_client(client)

    def test_a_daemon_killed_between_any_two_steps_is_waited_for(self) -> None:
        for operation in STEPS:
            with self.subTest(operation):
                client = self.prepared()
                server = self.server(lambda step: self.restart())
                self.do(server, operation, client)
                self.assert_agreement()
                server.delete_client(client)

    def test_a_path_outside_the_storage_is_never_followed(self) -> None:
        client = self.prepared()
        outside = self.folder / "outside"
        outside.write_text("kept")
        self.catalog.call(files.save(client.hex(), {"name": "x", "path": "../outside"}))
        with self.assertRaises(ValueError):
            self.server().delete(client, "x")
        self.assertEqual(outside.read_text(), "kept")


if __name__ == "__main__":
    unittest.main()
