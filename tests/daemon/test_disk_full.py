"""A disk that is full for a while. Needs root, to mount a small one; skips without."""

import os
import subprocess
import unittest

from harness import Daemon, DaemonTest
from varlink import CallFailed

MEBIBYTE = 1 << 20


class SmallDiskTest(DaemonTest):
    """A daemon on a small disk that others use too."""

    SIZE = "8m"
    BALLAST = 4 * MEBIBYTE

    def setUp(self) -> None:
        super().setUp()
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        self.mount()
        # What takes the room that the daemon will want, until it is taken away.
        self.ballast = self.disk / "ballast"
        self.ballast.write_bytes(bytes(self.BALLAST))
        self.daemon = self.started()
        self.client = self.saved_client()
        self.acknowledged: set[str] = set()

    def mount(self) -> None:
        if os.geteuid() != 0:
            self.skipTest("only root can mount a small disk")
        said = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.SIZE}", "tmpfs",
                               self.disk],
                              capture_output=True, text=True, check=False)
        if said.returncode != 0:
            self.skipTest(f"no small disk can be mounted here: {said.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", "--lazy", self.disk], check=True)

    def started(self) -> Daemon:
        daemon = self.another(folder=self.disk)
        daemon.log_file = self.folder / "log"
        self.configure(daemon)
        return daemon.start()

    def configure(self, daemon: Daemon) -> None:
        daemon.configure("database: {checkpoint_at: 1MiB, disk_floor: 0B}\n")

    def save(self, name: str) -> None:
        file = {"name": name, "path": "/" + name, "attributes": {"note": "x" * 4000}}
        self.connect().call("io.catalogd.Files.Save", clientId=self.client, file=file)
        self.acknowledged.add(name)

    def save_until_refused(self) -> CallFailed:
        for number in range(len(self.acknowledged), 10_000):
            try:
                self.save(f"file-{number}")
            except CallFailed as refusal:
                return refusal
        raise AssertionError("the disk is not full after 10,000 files")


class FullDisk(SmallDiskTest):
    def test_a_full_disk_refuses_writes_as_read_only_with_the_reason(self) -> None:
        refusal = self.save_until_refused()
        self.assertEqual(refusal.error, "io.catalogd.ReadOnly")
        self.assertIn("full", refusal.parameters["reason"])
        self.assertGreater(len(self.acknowledged), 10)

    def test_a_full_disk_serves_reads_of_all_that_was_acknowledged(self) -> None:
        self.save_until_refused()
        self.assertEqual(self.names_in(self.client), self.acknowledged)
        self.assertTrue(self.daemon.running)

    def test_writes_go_on_without_a_restart_once_there_is_room(self) -> None:
        self.save_until_refused()
        before = len(self.acknowledged)
        self.ballast.unlink()
        for number in range(50):
            self.save(f"later-{number}")
        self.assertEqual(len(self.names_in(self.client)), before + 50)
        self.assertEqual(self.names_in(self.client), self.acknowledged)

    def test_a_daemon_killed_on_a_full_disk_finds_everything_again(self) -> None:
        self.save_until_refused()
        self.daemon.kill()
        self.ballast.unlink()
        self.daemon.start()
        self.assertEqual(self.names_in(self.client), self.acknowledged)

    def test_a_daemon_stopped_on_a_full_disk_loses_nothing(self) -> None:
        self.save_until_refused()
        self.daemon.stop()
        self.ballast.unlink()
        self.daemon.start()
        self.assertEqual(self.names_in(self.client), self.acknowledged)


if __name__ == "__main__":
    unittest.main()
