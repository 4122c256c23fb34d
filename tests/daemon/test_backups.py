"""Backups as an operator works with them: restored under a running daemon, killed in the middle,
brought to another machine, and on a disk that is too small."""

import json
import os
import random
import shutil
import subprocess
import threading
import time
import unittest
from pathlib import Path
from typing import Any, Optional

from harness import BINARY, Daemon, DaemonTest
from varlink import CallFailed, Closed

CATALOGCTL = str(Path(BINARY).with_name("catalogctl"))
KEY = "S2V5IHRoYXQgbm8gZmlsZSBtYXkgaG9sZC4gMTIzNDU="  # of a session, in base64
CLEAR = b"Key that no file may hold. 12345"
KILLS = 8


class WithBackups(DaemonTest):
    """A daemon that has been started, and a backup of what it held by then."""

    def setUp(self) -> None:
        super().setUp()
        self.daemon.start()
        self.client = self.saved_client(sessionKey=KEY)
        self.save("early", 3_000)
        self.backup = self.take()
        self.save("late", 3_000)

    def save(self, prefix: str, count: int) -> None:
        for begin in range(0, count, 1_000):
            files = [{"name": f"{prefix}{number}", "path": "/stored/" + "x" * 300}
                     for number in range(begin, min(begin + 1_000, count))]
            self.connect().call("io.catalogd.Files.SaveMany", clientId=self.client, files=files)

    def take(self) -> str:
        """The name of a backup of the catalog as it is: an offline restore keeps one."""
        self.daemon.stop()
        copy = self.folder / "copy"
        shutil.copy(self.daemon.database, copy)
        name = json.loads(self.offline(copy).stdout)["previous"]
        self.daemon.start()
        return name

    def offline(self, file: Path, database: Optional[Path] = None,
                *more: str) -> subprocess.CompletedProcess[str]:
        return self.catalogctl("backup", "restore", str(file), "--offline", "--yes", "--database",
                               str(database or self.daemon.database), *more)

    def catalogctl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([CATALOGCTL, "--json", "--socket", str(self.daemon.socket),
                               *arguments], capture_output=True, text=True, check=False)

    def prefixes(self) -> set[str]:
        return {name.rstrip("0123456789") for name in self.names_in(self.client)}

    def restore(self, name: str) -> dict[str, Any]:
        return self.connect().call("io.catalogd.Admin.Restore", backup=name)

    @property
    def store(self) -> Path:
        return self.folder / "backups"


class Restore(WithBackups):
    def test_it_brings_back_what_was_and_keeps_what_is(self) -> None:
        previous = self.restore(self.backup)["previous"]
        self.assertEqual(self.prefixes(), {"early"})
        self.restore(previous)
        self.assertEqual(self.prefixes(), {"early", "late"})

    def test_what_was_written_since_is_lost_from_the_catalog_alone(self) -> None:
        before = self.names_in(self.client)
        previous = self.restore(self.backup)["previous"]
        self.assertEqual({name for name in before - self.names_in(self.client)},
                         {name for name in before if name.startswith("late")})
        self.restore(previous)
        self.assertEqual(self.names_in(self.client), before)

    def test_it_is_there_after_a_restart(self) -> None:
        self.restore(self.backup)
        self.save("after", 10)
        self.daemon.stop()
        self.daemon.start()
        self.assertEqual(self.prefixes(), {"early", "after"})

    def test_settings_are_those_of_the_backup(self) -> None:
        self.connect().call("io.catalogd.Admin.SetSetting", name="readers.queue", value="77")
        previous = self.restore(self.backup)["previous"]
        self.assertEqual(self.setting("readers.queue"), "10000")
        self.restore(previous)
        self.assertEqual(self.setting("readers.queue"), "77")

    def setting(self, name: str) -> str:
        settings = self.connect().call("io.catalogd.Admin.ListSettings")["settings"]
        return next(each["value"] for each in settings if each["name"] == name)

    def test_session_keys_can_be_read_after_it(self) -> None:
        self.restore(self.backup)
        reply = self.connect().call("io.catalogd.Clients.GetSessionKey", id=self.client)
        self.assertEqual(reply["sessionKey"], KEY)

    def test_a_kill_at_any_moment_leaves_the_old_or_the_new(self) -> None:
        begun = time.monotonic()
        self.restore(self.restore(self.backup)["previous"])
        longest = (time.monotonic() - begun) / 2
        for _ in range(KILLS):
            self.connect().send("io.catalogd.Admin.Restore", {"backup": self.backup})
            time.sleep(random.uniform(0, longest))  # any moment will do
            self.daemon.kill()
            self.daemon.start()
            self.assertIn(self.prefixes(), ({"early"}, {"early", "late"}))
            self.assert_no_leftovers()
            self.save("late", 3_000)

    def assert_no_leftovers(self) -> None:
        names = {path.name for path in self.store.iterdir()}
        self.assertEqual([name for name in names
                          if not name.endswith((".backup", ".backup.manifest"))], [])

    def test_it_is_told_over_and_writers_only_have_to_wait(self) -> None:
        failed: list[str] = []
        done = threading.Event()

        def write() -> None:
            connection = self.daemon.connect()
            number = 0
            while not done.is_set():
                number += 1
                try:
                    connection.call("io.catalogd.Files.Save", clientId=self.client,
                                    file={"name": f"while{number}", "path": "/w"})
                except CallFailed as refusal:
                    if refusal.name not in ("ReadOnly", "Busy"):
                        failed.append(str(refusal))
            connection.close()

        writer = threading.Thread(target=write)
        writer.start()
        replies = list(self.connect().stream("io.catalogd.Admin.Restore", backup=self.backup))
        done.set()
        writer.join()
        self.assertEqual(failed, [])
        self.assertIn("previous", replies[-1])
        told = [reply["progress"] for reply in replies[:-1]]
        self.assertEqual(told, sorted(told))

    def test_a_stop_in_the_middle_ends_it_whole(self) -> None:
        connection = self.connect()
        connection.send("io.catalogd.Admin.Restore", {"backup": self.backup})
        time.sleep(0.1)
        self.assertEqual(self.daemon.stop(), 0)
        try:
            reply = connection.receive()
        except Closed:
            self.fail("it was not answered")
        self.daemon.start()
        finished = "error" not in reply
        self.assertEqual(self.prefixes(), {"early"} if finished else {"early", "late"})
        self.assert_no_leftovers()


class AnotherMachine(WithBackups):
    def setUp(self) -> None:
        super().setUp()
        self.backup_file = self.folder / "brought.backup"
        read = self.catalogctl("backup", "read", self.backup, str(self.backup_file))
        self.assertEqual(read.returncode, 0, read.stderr)
        there = self.folder / "there"
        there.mkdir(mode=0o700)
        self.there = self.another(there)

    def test_a_backup_that_was_read_out_is_the_one_in_the_folder(self) -> None:
        kept = self.store / f"{self.backup}.backup"
        self.assertEqual(self.backup_file.read_bytes(), kept.read_bytes())
        manifest = Path(f"{self.backup_file}.manifest")
        self.assertEqual(manifest.read_bytes(), Path(f"{kept}.manifest").read_bytes())

    def test_it_has_everything_and_its_keys(self) -> None:
        shutil.copy(self.daemon.key_file, self.there.key_file)
        restored = self.offline(self.backup_file, self.there.database)
        self.assertEqual(json.loads(restored.stdout)["compared"], True, restored.stderr)
        self.there.start()
        connection = self.connect(self.there)
        self.assertEqual(connection.call("io.catalogd.GetStatistics")["statistics"]["files"], 3_000)
        reply = connection.call("io.catalogd.Clients.GetSessionKey", id=self.client)
        self.assertEqual(reply["sessionKey"], KEY)

    def test_a_missing_key_is_said_before_anything_is_made(self) -> None:
        restored = self.offline(self.backup_file, self.there.database)
        self.assertEqual(restored.returncode, 1)
        self.assertIn("sealed with", restored.stderr)
        self.assertEqual(list(self.there.folder.iterdir()), [])

    def test_no_backup_holds_a_session_key_in_clear(self) -> None:
        for path in [self.backup_file, *self.store.iterdir()]:
            content = path.read_bytes()
            for form in (CLEAR, CLEAR.hex().encode(), KEY.encode()):
                self.assertNotIn(form, content, path)

    def test_it_is_refused_while_a_daemon_runs(self) -> None:
        restored = self.offline(self.backup_file)
        self.assertEqual(restored.returncode, 75)
        self.assertIn(f"is held by process {self.daemon.pid}", restored.stderr)

    def test_a_file_that_is_there_is_not_overwritten(self) -> None:
        before = self.backup_file.read_bytes()
        again = self.catalogctl("backup", "read", self.backup, str(self.backup_file))
        self.assertEqual(again.returncode, 1)
        self.assertEqual(self.backup_file.read_bytes(), before)

    def test_a_damaged_one_is_refused(self) -> None:
        content = bytearray(self.backup_file.read_bytes())
        content[len(content) // 2] ^= 1
        self.backup_file.write_bytes(content)
        shutil.copy(self.daemon.key_file, self.there.key_file)
        restored = self.offline(self.backup_file, self.there.database)
        self.assertEqual(restored.returncode, 1)
        self.assertIn("is damaged", restored.stderr)
        self.assertFalse(self.there.database.exists())


class SmallDisk(WithBackups):
    """One for the catalog and its backups, with no room for two more. Needs root, to mount it;
    skips without."""

    def another(self, folder: Optional[Path] = None, **names: str) -> Daemon:
        return super().another(folder or self.mounted(), **names)

    def mounted(self) -> Path:
        if os.geteuid() != 0:
            self.skipTest("only root can mount a small disk")
        disk = self.folder / "disk"
        disk.mkdir()
        said = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk],
                              capture_output=True, text=True, check=False)
        if said.returncode != 0:
            self.skipTest(f"no small disk can be mounted here: {said.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", "--lazy", disk], check=True)
        return disk

    @property
    def store(self) -> Path:
        return self.daemon.folder / "backups"

    def serve_with(self, floor: str, left: int) -> None:
        """A daemon with this floor, on a disk with so many bytes left."""
        self.daemon.stop()
        self.daemon.configure(f"backup: {{disk_floor: {floor}}}\n")
        disk = os.statvfs(self.daemon.folder)
        (self.daemon.folder / "ballast").write_bytes(bytes(disk.f_bavail * disk.f_frsize - left))
        self.daemon.start()

    def test_a_restore_that_would_cross_the_floor_is_refused_with_figures(self) -> None:
        self.serve_with("3MiB", 4 << 20)
        with self.assertRaises(CallFailed) as refusal:
            self.restore(self.backup)
        self.assertEqual(refusal.exception.error, "io.catalogd.Jobs.NotFeasible")
        self.assertRegex(refusal.exception.parameters["reason"], r"\d+ bytes are needed .* \d+ are")

    def test_a_full_vacuum_that_would_cross_it_is_refused_and_forecast_so(self) -> None:
        self.serve_with("3MiB", 3 << 20)
        peer = self.connect()
        forecast = peer.call("io.catalogd.Jobs.Forecast", job="vacuum")
        self.assertFalse(forecast["feasible"])
        self.assertRegex(forecast["reason"], r"\d+ bytes are needed .* \d+ are free")
        run = list(peer.stream("io.catalogd.Jobs.Run", job="vacuum",
                               parameters={"full": True}))[-1]["run"]
        self.assertEqual(run["state"], "failed")
        self.assertRegex(run["reason"], r"NotFeasible.* \d+ bytes are needed .* \d+ are free")

    def test_a_disk_that_fills_up_in_the_middle_changes_nothing(self) -> None:
        for left in (1 << 20, 2 << 20, 3 << 20, 4 << 20):
            self.serve_with("0KiB", left)
            with self.assertRaises(CallFailed):
                self.restore(self.backup)
            (self.daemon.folder / "ballast").unlink()
            self.assertEqual(self.prefixes(), {"early", "late"})
            self.save("late", 1)
            self.assertEqual([path.name for path in self.store.iterdir()
                              if path.name.startswith((".", "before-restore-2"))
                              and self.backup not in path.name], [])


if __name__ == "__main__":
    unittest.main()
