"""What the daemon and systemd say to each other, with this test in systemd's place."""

import fcntl
import os
import signal
import socket
import sqlite3
import unittest
from pathlib import Path

from harness import DaemonTest, ManagedTest

DAMAGED, CONFIG = 65, 78


class ServiceManager(ManagedTest):
    def pass_socket(self, name: str, *sockets: socket.socket) -> None:
        """As systemd passes what it listens on: from descriptor 3 on, named in the environment."""
        def exec_with_its_pid() -> None:
            spare = [fcntl.fcntl(one.fileno(), fcntl.F_DUPFD, 100) for one in sockets]
            for number, one in enumerate(spare):
                os.dup2(one, 3 + number)
            os.closerange(3 + len(sockets), 256)
            command = ["/bin/sh", "-c", 'LISTEN_PID=$$ exec "$0" "$@"', self.daemon.binary,
                       "--database", str(self.daemon.database), "--socket",
                       str(self.folder / "unused"), *self.daemon.arguments]
            os.execve(command[0], command, {
                **os.environ, "LISTEN_FDS": str(len(sockets)),
                "LISTEN_FDNAMES": ":".join([name] * len(sockets)), **self.daemon.environment})

        self.daemon.before_exec = exec_with_its_pid

    def listening(self) -> socket.socket:
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.addCleanup(listening.close)
        listening.bind(str(self.daemon.socket))
        listening.listen(64)
        return listening


class Life(ServiceManager):
    def test_it_tells_in_words_what_it_does(self) -> None:
        self.daemon.launch()
        opening, *_, ready = self.messages_until("READY=1")
        self.assertIn(f"STATUS=Opening the catalog {self.daemon.database}", opening)
        self.assertIn(f"STATUS=serves {self.daemon.database} on {self.daemon.socket}", ready)
        self.daemon.process.send_signal(signal.SIGTERM)
        self.assertIn("STATUS=Stopping", self.messages_until("STOPPING=1")[-1])
        self.assertEqual(self.daemon.wait(), 0)

    def test_the_watchdog_is_fed_without_anything_to_do(self) -> None:
        self.daemon.launch({"WATCHDOG_USEC": "900000"})
        for _ in range(3):
            self.messages_until("WATCHDOG=1")

    def test_nothing_is_fed_where_nobody_watches(self) -> None:
        self.daemon.launch()
        self.messages_until("READY=1")
        self.daemon.process.send_signal(signal.SIGTERM)
        self.assertNotIn("WATCHDOG=1", self.messages_until("copying the log"))


class PassedSocket(ServiceManager):
    def test_who_connected_before_it_started_is_served(self) -> None:
        self.pass_socket("varlink", self.listening())
        early = self.connect()
        self.daemon.launch()
        self.assertEqual(early.call("org.varlink.service.GetInfo")["product"], "catalogd")

    def test_it_stays_behind_when_the_daemon_ends(self) -> None:
        self.pass_socket("varlink", self.listening())
        self.daemon.launch()
        self.messages_until("READY=1")
        self.assertEqual(self.daemon.stop(), 0)
        self.assertTrue(self.daemon.socket.is_socket())
        late = self.connect()
        self.daemon.launch()
        self.assertEqual(late.call("org.varlink.service.GetInfo")["product"], "catalogd")

    def test_no_other_socket_is_made_beside_it(self) -> None:
        self.pass_socket("varlink", self.listening())
        self.daemon.launch()
        ready = self.messages_until("READY=1")[-1]
        self.assertIn(f" on {self.daemon.socket}", ready)
        self.assertFalse((self.folder / "unused").exists())

    def test_a_socket_of_another_kind_is_refused(self) -> None:
        internet = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(internet.close)
        self.pass_socket("varlink", internet)
        self.assertEqual(self.refusal()[0], CONFIG, self.daemon.log())
        self.assertIn("no Unix socket", self.daemon.log())

    def test_one_that_is_not_there_is_told(self) -> None:
        self.pass_socket("varlink")
        self.daemon.environment["LISTEN_FDS"] = "1"
        self.assertEqual(self.refusal()[0], CONFIG, self.daemon.log())

    def test_two_under_one_name_are_refused(self) -> None:
        listening = self.listening()
        self.pass_socket("varlink", listening, listening)
        self.assertEqual(self.refusal()[0], CONFIG, self.daemon.log())
        self.assertIn("under the name varlink", self.daemon.log())


class ExitCodes(DaemonTest):
    """The unit names those behind which no restart helps."""

    UNIT = Path(__file__).resolve().parents[2] / "systemd/catalogd.service"

    def excluded(self) -> set[int]:
        line = next(line for line in self.UNIT.read_text().splitlines()
                    if line.startswith("RestartPreventExitStatus="))
        return {int(code) for code in line.partition("=")[2].split()}

    def test_a_damaged_database_is_not_started_again(self) -> None:
        self.daemon.database.write_bytes(bytes(range(256)) * 64)
        self.assertEqual(self.refusal()[0], DAMAGED)
        self.assertIn(DAMAGED, self.excluded())

    def test_a_newer_schema_is_not_started_again(self) -> None:
        self.daemon.start()
        self.daemon.stop()
        with sqlite3.connect(self.daemon.database) as database:
            database.execute("PRAGMA user_version = 9999")
        database.close()
        self.assertIn(self.refusal()[0], self.excluded())

    def test_a_bad_configuration_is_not_started_again(self) -> None:
        self.daemon.configure("moon: {}\n")
        self.assertIn(self.refusal()[0], self.excluded())

    def test_a_lost_database_is(self) -> None:
        self.daemon.start()
        self.daemon.database.unlink()
        self.assertNotIn(self.daemon.wait(), self.excluded())


if __name__ == "__main__":
    unittest.main()
