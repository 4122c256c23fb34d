"""What the daemon counts of its statements: across restarts, and in the log where one was slow."""

import unittest

from harness import DaemonTest

ADMIN = "io.catalogd.Admin."
COUNT = ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) "
         "SELECT count(*), 'SECRET' FROM n")


class Statistics(DaemonTest):
    def counted(self) -> dict[str, dict]:
        """What the running daemon has counted, by statement."""
        reply = self.connect().call(ADMIN + "QueryStatistics", limit=1000)
        return {each["statement"]: each for each in reply["statistics"]}

    def test_statements_are_counted_on_after_a_restart(self) -> None:
        self.daemon.start()
        self.saved_client("a")
        self.connect().call(ADMIN + "Query", sql="SELECT 1")
        before = self.counted()
        self.assertEqual(self.daemon.stop(), 0)
        self.daemon.start()
        after = self.counted()
        self.assertEqual(after["(query)"], before["(query)"])
        for statement, figures in before.items():
            self.assertGreaterEqual(after[statement]["calls"], figures["calls"], statement)
            self.assertEqual(after[statement]["since"], figures["since"], statement)

    def test_a_killed_daemon_starts_with_what_it_had_stored(self) -> None:
        self.daemon.start()
        self.saved_client("a")
        self.assertEqual(self.daemon.stop(), 0)
        self.daemon.start()
        stored = self.counted()["clients.insert"]["calls"]
        self.saved_client("b")
        self.daemon.kill()
        self.daemon.start()
        self.assertEqual(self.counted()["clients.insert"]["calls"], stored)

    def test_a_slow_statement_is_logged_by_its_name_and_never_with_a_value(self) -> None:
        self.daemon.environment["CATALOGD_LOG__SLOW_STATEMENT"] = "1ms"
        self.daemon.start()
        self.connect().call(ADMIN + "Query", sql=COUNT)
        self.assertEqual(self.daemon.stop(), 0)
        self.assertRegex(self.daemon.log(), r"slow statement \(query\): \d+ ms or more\n")
        self.assertNotIn("SECRET", self.daemon.log())

    def test_no_statement_is_slow_where_none_is_to_be(self) -> None:
        self.daemon.environment["CATALOGD_LOG__SLOW_STATEMENT"] = "0s"
        self.daemon.start()
        self.connect().call(ADMIN + "Query", sql=COUNT)
        self.assertEqual(self.daemon.stop(), 0)
        self.assertNotIn("slow", self.daemon.log())


if __name__ == "__main__":
    unittest.main()
