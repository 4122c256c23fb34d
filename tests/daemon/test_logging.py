"""What the daemon's log looks like to the journal, to a file and to a terminal."""

import os
import pty
import re
import select
import signal
import unittest

from harness import DaemonTest

DATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d "
                   r"(debug|info|warning|error|critical) ")


class Lines(DaemonTest):
    def journal_stream(self) -> str:
        """What systemd puts into the environment of whom it gives this very log."""
        self.daemon.log_file.touch()
        status = self.daemon.log_file.stat()
        return f"{status.st_dev}:{status.st_ino}"

    def test_the_journal_gets_priorities_and_no_times(self) -> None:
        self.daemon.environment["JOURNAL_STREAM"] = self.journal_stream()
        self.daemon.start()
        self.daemon.database.unlink()
        self.assertEqual(self.daemon.wait(), 74)
        lines = self.daemon.log().splitlines()
        for line in lines:
            self.assertRegex(line, r"^<[2-7]>\w")
        self.assertLessEqual({"<6>", "<2>"}, {line[:3] for line in lines})
        self.assertRegex(lines[1], r"^<6>catalogd .* serves ")
        self.assertTrue(any(re.match("<2>the catalog takes no more writes", line)
                            for line in lines), lines)

    def test_another_processs_journal_is_not_taken_for_ours(self) -> None:
        self.daemon.environment["JOURNAL_STREAM"] = "1:1"
        self.daemon.start()
        for line in self.daemon.log().splitlines():
            self.assertRegex(line, DATED)

    def test_a_file_gets_times_and_levels_and_no_colour(self) -> None:
        self.daemon.start()
        self.assertEqual(self.daemon.stop(), 0)
        self.assertNotIn("\x1b", self.daemon.log())
        for line in self.daemon.log().splitlines():
            self.assertRegex(line, DATED)

    def test_a_level_holds_back_what_is_less_severe(self) -> None:
        self.daemon.configure("log: {level: error}\n")
        self.daemon.start()
        self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual(self.daemon.log(), "")

    def test_equal_lines_are_written_once_a_minute(self) -> None:
        self.daemon.start()
        connection = self.connect()
        for _ in range(20):
            self.daemon.process.send_signal(signal.SIGHUP)
            connection.call("org.varlink.service.GetInfo")
        self.assertEqual(self.daemon.stop(), 0)
        self.assertEqual(self.daemon.log().count("SIGHUP"), 1)

    def test_a_control_character_in_a_path_is_refused_and_told_in_digits(self) -> None:
        self.daemon.database = self.folder / "\x1b[31mred.db"
        code, line = self.refusal()
        self.assertEqual(code, 78)
        self.assertIn("0x1b", line)
        self.assertNotIn("\x1b", self.daemon.log())


class Terminal(DaemonTest):
    def shown(self) -> str:
        """All that a terminal would be given from start to stop."""
        screen, stderr = pty.openpty()
        self.daemon.before_exec = lambda: os.dup2(stderr, 2)
        self.daemon.start()
        self.assertEqual(self.daemon.stop(), 0)
        text = b""
        while select.select([screen], [], [], 0)[0]:
            text += os.read(screen, 65536)
        os.close(stderr)
        os.close(screen)
        return text.decode()

    def test_a_terminal_gets_the_level_in_colour(self) -> None:
        os.environ.pop("NO_COLOR", None)
        self.daemon.environment["TERM"] = "xterm"
        self.assertRegex(self.shown(), "\x1b\\[[0-9;]*minfo\x1b\\[")

    def test_no_color_is_heeded(self) -> None:
        self.daemon.environment["NO_COLOR"] = "1"
        self.assertNotIn("\x1b", self.shown())

    def test_a_terminal_that_can_do_nothing_gets_no_colour(self) -> None:
        self.daemon.environment["TERM"] = "dumb"
        self.assertNotIn("\x1b", self.shown())


if __name__ == "__main__":
    unittest.main()
