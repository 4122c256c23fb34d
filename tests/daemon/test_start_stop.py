"""The daemon's life: ready, told to stop, killed, and beside another of its kind."""

import os
import signal
import sqlite3
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor

from harness import Daemon, DaemonTest
from varlink import Closed, Connection

PIPELINED = 32


def save(connection: Connection, client: str, name: str) -> None:
    connection.send("io.catalogd.Files.Save",
                    {"clientId": client, "file": {"name": name, "path": "/" + name}})


class Load:
    """Connections that save without pause until the daemon closes them."""

    def __init__(self, daemon: Daemon, client: str, connections: int = 4) -> None:
        self.client = client
        self.enough = threading.Event()
        self.pool = ThreadPoolExecutor(connections)
        self.running = [self.pool.submit(self.save_until_closed, daemon.connect(), f"{number}-")
                        for number in range(connections)]

    def save_until_closed(self, connection: Connection, prefix: str) -> set[str]:
        sent, answered = 0, 0
        try:
            while True:
                while sent - answered < PIPELINED:
                    save(connection, self.client, f"{prefix}{sent}")
                    sent += 1
                connection.result()
                answered += 1
                if answered == 5 * PIPELINED:
                    self.enough.set()
        except Closed:
            answered += self.rest(connection)
        connection.close()
        return {f"{prefix}{number}" for number in range(answered)}

    @staticmethod
    def rest(connection: Connection) -> int:
        """How many replies are still to be read after the daemon has closed."""
        count = 0
        try:
            while True:
                connection.result()
                count += 1
        except Closed:
            return count

    def acknowledged(self) -> set[str]:
        """After the daemon has ended."""
        with self.pool:
            return set().union(*(connection.result() for connection in self.running))


def stored(daemon: Daemon) -> set[str]:
    """The files of a stopped daemon's database."""
    database = sqlite3.connect(daemon.database)
    names = {row[0] for row in database.execute("SELECT name FROM files")}
    database.close()
    return names


class Start(DaemonTest):
    def test_it_says_that_it_is_ready_when_a_call_is_answered(self) -> None:
        self.daemon.start()
        info = self.connect().call("org.varlink.service.GetInfo")
        self.assertIn("io.catalogd.Files", info["interfaces"])
        self.assertIn(f"serves {self.daemon.database} on {self.daemon.socket}",
                      self.daemon.log())

    def test_the_socket_is_for_user_and_group_and_the_files_for_the_user_alone(self) -> None:
        self.daemon.start()
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in
                 (self.daemon.socket, self.daemon.database, self.daemon.wal, self.daemon.key_file)}
        self.assertEqual(set(modes.values()), {"0o660", "0o600"})
        self.assertEqual(modes.pop(self.daemon.socket.name), "0o660")

    def test_the_socket_belongs_to_the_group_that_is_told_by_number_too(self) -> None:
        group = 12345 if os.geteuid() == 0 else os.getegid()
        self.daemon.configure(f'socket: {{group: "{group}"}}\n')
        self.daemon.start()
        self.assertEqual(self.daemon.socket.stat().st_gid, group)

    def test_the_socket_of_a_killed_daemon_is_taken_over(self) -> None:
        self.daemon.start().kill()
        self.assertTrue(self.daemon.socket.exists())
        self.daemon.start()
        self.connect().call("org.varlink.service.GetInfo")

    def test_the_log_that_a_kill_left_behind_is_recovered(self) -> None:
        self.daemon.start()
        client = self.saved_client()
        connection = self.connect()
        for number in range(100):
            save(connection, client, f"file-{number}")
        for _ in range(100):
            connection.result()
        self.daemon.kill()
        self.assertGreater(self.daemon.wal.stat().st_size, 0)
        self.daemon.start()
        self.assertEqual(self.names_in(client), {f"file-{number}" for number in range(100)})

    def test_it_serves_on_when_whoever_read_its_log_has_gone(self) -> None:
        reading, writing = os.pipe()
        self.daemon.before_exec = lambda: os.dup2(writing, 2)
        self.daemon.start()
        os.close(writing)
        os.close(reading)
        self.daemon.process.send_signal(signal.SIGHUP)  # is answered with a line
        self.saved_client()
        self.assertEqual(self.daemon.stop(), 0)


class Stop(DaemonTest):
    def test_sigterm_finishes_what_was_accepted_and_nothing_more(self) -> None:
        self.stops_under_load_with(signal.SIGTERM)

    def test_sigint_finishes_what_was_accepted_and_nothing_more(self) -> None:
        self.stops_under_load_with(signal.SIGINT)

    def stops_under_load_with(self, number: int) -> None:
        self.daemon.start()
        load = Load(self.daemon, self.saved_client())
        self.assertTrue(load.enough.wait(60))
        self.assertEqual(self.daemon.stop(number), 0, self.daemon.log())
        self.assertEqual(stored(self.daemon), load.acknowledged())

    def test_the_final_checkpoint_leaves_no_log_and_no_socket(self) -> None:
        self.daemon.start()
        self.saved_client()
        self.assertEqual(self.daemon.stop(), 0)
        self.assertFalse(self.daemon.wal.exists() and self.daemon.wal.stat().st_size > 0)
        self.assertFalse(self.daemon.socket.exists())

    def test_idle_connections_do_not_hold_it_up(self) -> None:
        self.daemon.configure("shutdown: {grace: 10m}\n")
        self.daemon.start()
        idle = [self.connect() for _ in range(50)]
        self.assertEqual(self.daemon.stop(), 0)
        self.assertRaises(Closed, idle[0].receive)

    def test_a_peer_that_reads_no_replies_is_closed_after_the_grace(self) -> None:
        self.daemon.configure("shutdown: {grace: 100ms}\n")
        self.daemon.start()
        stuck = self.connect()
        stuck.socket.settimeout(1)
        with self.assertRaises(TimeoutError):
            while True:  # until neither side's buffers take any more
                stuck.send("org.varlink.service.GetInterfaceDescription",
                           {"interface": "io.catalogd.Files"})
        self.assertEqual(self.daemon.stop(), 0)
        self.assertIn("did not finish in time", self.daemon.log())

    def test_sighup_is_noted_and_ends_nothing(self) -> None:
        self.daemon.start()
        self.daemon.process.send_signal(signal.SIGHUP)
        client = self.saved_client()
        self.assertEqual(self.names_in(client), set())
        self.assertEqual(self.daemon.stop(), 0)
        self.assertIn("SIGHUP", self.daemon.log())

    def test_it_starts_again_on_what_it_left(self) -> None:
        self.daemon.start()
        client = self.saved_client("laptop")
        self.assertEqual(self.daemon.stop(), 0)
        self.daemon.start()
        found = self.connect().call("io.catalogd.Clients.Get", name="laptop")
        self.assertEqual(found["client"]["id"], client)


class SecondDaemon(DaemonTest):
    def assert_refused_without_harm(self, second: Daemon) -> None:
        self.daemon.start()
        client = self.saved_client()
        for _ in range(5):
            second.log_file.unlink(missing_ok=True)
            code, line = self.refusal(second)
            self.assertEqual(code, 75)
            self.assertRegex(line, rf"process {self.daemon.pid}\b")
            self.assertEqual(len(second.log().splitlines()), 1, second.log())
            connection = self.connect()
            save(connection, client, "kept")
            connection.result()
        self.assertEqual(self.names_in(client), {"kept"})
        self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual(stored(self.daemon), {"kept"})

    def test_on_the_same_database_names_the_first_and_leaves_it_alone(self) -> None:
        self.assert_refused_without_harm(self.another(socket_name="other"))

    def test_on_the_same_socket_names_the_first_and_leaves_it_alone(self) -> None:
        second = self.another(name="other")
        second.log_file = self.folder / "other.log"
        self.assert_refused_without_harm(second)
        self.assertFalse(second.database.exists())

    def test_of_many_started_at_once_on_one_database_exactly_one_serves(self) -> None:
        contenders = [self.another(socket_name=f"socket-{number}") for number in range(4)]
        for contender in contenders:
            contender.launch()
        ends = threading.Semaphore(0)
        for contender in contenders:
            threading.Thread(target=lambda one=contender: (one.process.wait(), ends.release()),
                             daemon=True).start()
        for _ in range(3):
            self.assertTrue(ends.acquire(timeout=60))
        alive = [contender for contender in contenders if contender.running]
        self.assertEqual(len(alive), 1)
        self.connect(alive[0]).call("org.varlink.service.GetInfo")
        codes = [one.process.returncode for one in contenders if one is not alive[0]]
        self.assertEqual(codes, [75, 75, 75])


if __name__ == "__main__":
    unittest.main()
