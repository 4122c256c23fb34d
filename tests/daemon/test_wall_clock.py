"""A wall clock that jumps while the daemon serves. Needs the package faketime; skips without."""

import glob
import unittest
from datetime import datetime, timedelta, timezone

from harness import SOON, DaemonTest, sanitized
from varlink import TIMEOUT

LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"
JUMPS = ["+1d", "-1d", "+400d", "-400d", "+0d"]


class JumpingClock(DaemonTest):
    def setUp(self) -> None:
        super().setUp()
        found = glob.glob(LIBRARY)
        if not found:
            self.skipTest("the package faketime is not installed")
        if sanitized():
            self.skipTest("a sanitizer and faketime both replace the clock's functions")
        self.offset = self.folder / "offset"
        self.jump("+0d")
        self.daemon.environment.update({
            "LD_PRELOAD": found[0], "FAKETIME_TIMESTAMP_FILE": str(self.offset),
            "FAKETIME_NO_CACHE": "1", "NO_FAKE_STAT": "1",
            # The wall clock alone: nothing sets a monotonic one.
            "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"})
        self.daemon.start()
        self.client = self.saved_client()
        self.connection = self.connect()

    def jump(self, offset: str) -> None:
        self.offset.write_text(offset + "\n")

    def save(self, name: str) -> str:
        """The identifier of the record."""
        file = {"name": name, "path": "/" + name}
        return self.connection.call("io.catalogd.Files.Save", clientId=self.client,
                                    file=file)["file"]["id"]

    def seen(self) -> datetime:
        """What the daemon holds for the time of day."""
        client = self.connection.call("io.catalogd.Clients.Save", id=self.client,
                                      name="laptop")["client"]
        return datetime.fromisoformat(client["lastSeen"].replace("Z", "+00:00"))

    def test_the_daemon_sees_the_jumps_that_these_tests_make(self) -> None:
        for days in (400, -400):
            self.jump(f"{days:+}d")
            away = self.seen() - datetime.now(timezone.utc)
            self.assertLess(abs(away - timedelta(days=days)), timedelta(hours=1))

    def test_no_deadline_is_missed(self) -> None:
        for number in range(100):
            self.jump(JUMPS[number % len(JUMPS)])
            for method, parameters in (
                    ("Save", {"file": {"name": f"file-{number}", "path": "/"}}), ("List", {})):
                self.connection.send(f"io.catalogd.Files.{method}",
                                     {"clientId": self.client, **parameters}, **{TIMEOUT: 30_000})
            self.connection.result()
            self.connection.result()

    def test_identifiers_stay_in_the_order_in_which_they_were_made(self) -> None:
        made = []
        for number in range(50):
            self.jump(JUMPS[number % len(JUMPS)])
            made += [self.save(f"file-{number}-{count}") for count in range(3)]
        self.assertEqual(made, sorted(set(made)))

    def test_what_is_done_every_second_goes_on(self) -> None:
        for offset in JUMPS:
            self.jump(offset)
            self.save(f"at{offset}")
        self.jump("-400d")
        self.save("last")
        self.daemon.wal.unlink()
        self.assertEqual(self.daemon.wait(SOON), 74)

    def test_it_stops_in_good_order(self) -> None:
        self.save("a")
        self.jump("-400d")
        self.assertEqual(self.daemon.stop(), 0)
        self.jump("+400d")
        self.daemon.start()
        self.assertEqual(self.names_in(self.client), {"a"})


if __name__ == "__main__":
    unittest.main()
