"""More connections than the daemon has file descriptors for."""

import os
import resource
import select
import unittest

from harness import PATIENCE, DaemonTest
from varlink import Connection

LIMIT = 64
ASKED = 100  # connections, more than the limit leaves room for
LEFT = 20  # those that it does leave room for


class FewDescriptors(DaemonTest):
    def setUp(self) -> None:
        super().setUp()
        self.daemon.before_exec = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (LIMIT, LIMIT))
        self.daemon.configure("readers: {max_age: 100ms}\n")
        self.daemon.start()
        self.client = self.saved_client()
        self.first = self.connect()
        self.first.call("org.varlink.service.GetInfo")

    def exhaust(self) -> list[Connection]:
        """Connections of which some are served; the others wait to be accepted."""
        held = [self.connect() for _ in range(ASKED)]
        for connection in held:
            connection.send("org.varlink.service.GetInfo")
        served = self.answered(held)
        self.assertIn("could not be accepted", self.daemon.log())
        self.assertLess(len(served), LIMIT)
        return held

    def answered(self, held: list[Connection]) -> list[Connection]:
        """Those that have an answer, once many have and no further ones come."""
        waiting = {connection.socket: connection for connection in held}
        served: list[Connection] = []

        def patience() -> float:
            return 1.0 if len(served) > LIMIT // 3 else PATIENCE

        while readable := select.select(list(waiting), [], [], patience())[0]:
            for one in readable:
                waiting[one].result()
                served.append(waiting.pop(one))
        return served

    def processor_seconds(self) -> float:
        with open(f"/proc/{self.daemon.pid}/stat", encoding="ascii") as status:
            ticks = status.read().rsplit(")", 1)[1].split()[11:13]
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    def test_it_waits_for_a_free_one_without_spinning(self) -> None:
        self.exhaust()
        before = self.processor_seconds()
        select.select([], [], [], 2.0)  # a span to measure over
        self.assertLess(self.processor_seconds() - before, 0.4)

    def test_those_that_are_connected_are_served_on(self) -> None:
        self.exhaust()
        for number in range(20):
            name = f"file-{number}"
            self.first.call("io.catalogd.Files.Save", clientId=self.client,
                            file={"name": name, "path": "/" + name})
            found = self.first.call("io.catalogd.Files.Get", clientId=self.client, name=name)
            self.assertEqual(found["file"]["name"], name)
            select.select([], [], [], 0.05)  # so that reading connections come of age

    def test_those_that_wait_are_served_once_others_leave(self) -> None:
        held = self.exhaust()
        for connection in held[:-LEFT]:
            connection.close()
        for connection in held[-LEFT:]:
            connection.socket.settimeout(PATIENCE)
            self.assertEqual(connection.result()["product"], "catalogd")

    def test_it_stops_cleanly_while_some_wait(self) -> None:
        self.exhaust()
        self.assertEqual(self.daemon.stop(), 0, self.daemon.log())


if __name__ == "__main__":
    unittest.main()
