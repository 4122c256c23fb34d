"""What the daemon records of itself, in the history that everybody else's numbers are in. It takes a
minute: nothing but the clock makes it begin, and none of the daemon's monotonic ones can be set."""

import unittest

from http_harness import HttpTest

MINUTE = 60


class OwnFigures(HttpTest):
    def setUp(self) -> None:
        super().setUp()
        self.peer = self.connect()

    def history(self, name: str) -> list[float]:
        points = self.peer.call("io.catalogd.Metrics.History", name=f"catalogd.{name}")["points"]
        return [point["value"] for point in points]

    def wait_until_recorded(self) -> None:
        seconds = self.events("/v1/events?types=io.catalogd.sample")
        for _ in range(2 * MINUTE):
            seconds.until("sample")
            if self.history("database_bytes"):
                return
        self.fail("a minute is over, and nothing is recorded")

    def test_sizes_rates_and_latencies_are_recorded_when_a_minute_is_over(self) -> None:
        for number in range(100):
            self.peer.call("io.catalogd.Clients.Save", name=f"client {number}")
        self.wait_until_recorded()
        for name in ("database_bytes", "wal_bytes", "disk_free_bytes", "writes_per_second",
                     "commits_per_second", "commit_p50_ms", "commit_p99_ms", "subscribers"):
            (value,) = self.history(name)
            self.assertGreater(value, 0, name)


if __name__ == "__main__":
    unittest.main()
