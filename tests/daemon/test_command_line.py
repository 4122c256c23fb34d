"""What the daemon's flags do, as a person and a script see it."""

import re
import subprocess
import unittest

from harness import BINARY, DaemonTest


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([BINARY, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, timeout=60, check=False)


class Flags(unittest.TestCase):
    def test_version_is_one_line_with_name_and_number(self) -> None:
        said = run("--version")
        self.assertEqual(said.returncode, 0)
        self.assertRegex(said.stdout, r"\Acatalogd \d+\.\d+\.\d+\n\Z")

    def test_help_names_every_flag(self) -> None:
        said = run("--help")
        self.assertEqual(said.returncode, 0)
        for flag in ("config", "database", "socket", "check-config", "dump-config", "version"):
            self.assertIn("--" + flag, said.stdout)

    def test_help_and_version_keep_stderr_empty(self) -> None:
        self.assertEqual(run("--help").stderr + run("--version").stderr, "")

    def test_an_unknown_flag_is_named_and_exits_64(self) -> None:
        said = run("--databse", "x")
        self.assertEqual((said.returncode, said.stdout), (64, ""))
        self.assertIn("--databse", said.stderr)

    def test_a_flag_without_its_value_exits_64(self) -> None:
        self.assertEqual(run("--database").returncode, 64)

    def test_a_word_that_is_no_flag_exits_64(self) -> None:
        self.assertEqual(run("start").returncode, 64)

    def test_checking_and_dumping_at_once_exits_64(self) -> None:
        self.assertEqual(run("--check-config", "--dump-config").returncode, 64)


class ConfigurationOfTheDaemon(DaemonTest):
    def file(self, text: str) -> str:
        path = self.folder / "catalogd.yaml"
        path.write_text(text)
        return str(path)

    def test_a_good_file_is_valid_and_starts_nothing(self) -> None:
        database = self.folder / "catalog.db"
        said = run("--check-config", "--config", self.file(f"database: {{path: {database}}}\n"))
        self.assertEqual((said.returncode, said.stderr), (0, ""))
        self.assertFalse(database.exists())

    def test_every_fault_of_a_file_is_told_with_its_place_and_exits_78(self) -> None:
        path = self.file("readers:\n  count: 0\n  queu: 5\nlog:\n  level: loud\n")
        said = run("--check-config", "--config", path)
        places = re.findall(rf"^{re.escape(path)}:(\d+):(\d+): (\S+): ", said.stderr, re.M)
        self.assertEqual(said.returncode, 78)
        self.assertEqual(places, [("2", "10", "readers.count"), ("3", "3", "readers.queu"),
                                  ("5", "10", "log.level")])

    def test_a_bad_file_keeps_the_daemon_from_starting(self) -> None:
        self.daemon.configure("readers:\n  count: 0\n")
        code, line = self.refusal()
        self.assertEqual(code, 78)
        self.assertIn("readers.count", line)
        self.assertFalse(self.daemon.database.exists())

    def test_a_missing_file_is_named_and_exits_78(self) -> None:
        said = run("--check-config", "--config", str(self.folder / "absent.yaml"))
        self.assertEqual(said.returncode, 78)
        self.assertIn("absent.yaml", said.stderr)

    def test_an_empty_value_of_a_flag_is_a_fault_and_not_the_default(self) -> None:
        for flag in ("--config", "--database", "--socket"):
            with self.subTest(flag):
                self.assertEqual(run("--check-config", flag, "").returncode, 78)

    def test_the_dump_tells_each_value_and_where_it_came_from(self) -> None:
        path = self.file("readers: {count: 3}\nwriter:\n  batch: 7\n")
        said = run("--dump-config", "--config", path, "--socket", "/run/x.sock").stdout
        self.assertRegex(said, r"(?m)^  path: /run/x\.sock +# flag --socket$")
        self.assertRegex(said, rf"(?m)^  batch: 7 +# {re.escape(path)}:3\b")
        self.assertRegex(said, r"(?m)^  queue: 10000 +# default$")

    def test_a_flag_overrides_the_file(self) -> None:
        path = self.file("database: {path: /nowhere/of.db}\n")
        said = run("--dump-config", "--config", path, "--database", "/elsewhere/of.db").stdout
        self.assertIn("path: /elsewhere/of.db", said)
        self.assertNotIn("/nowhere/", said)

    def test_the_dump_is_itself_a_valid_file(self) -> None:
        dump = run("--dump-config", "--socket", "/run/x.sock").stdout
        said = run("--check-config", "--config", self.file(dump))
        self.assertEqual((said.returncode, said.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
