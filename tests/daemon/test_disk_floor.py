"""A disk that fills up to its floor, on which what makes room still works. Needs root, to mount a
small one; skips without."""

import os
import unittest
from typing import Any

from harness import Daemon
from test_disk_full import MEBIBYTE, SmallDiskTest
from varlink import CallFailed

FLOOR = MEBIBYTE


class DiskFloor(SmallDiskTest):
    SIZE = "16m"
    BALLAST = 12 * MEBIBYTE

    def configure(self, daemon: Daemon) -> None:
        daemon.configure("database: {checkpoint_at: 1MiB, disk_floor: 1MiB, disk_reserve: 512KiB}\n"
                         "backup: {disk_floor: 0B}\n")

    def free(self) -> int:
        disk = os.statvfs(self.disk)
        return disk.f_bavail * disk.f_frsize

    def fill_up(self) -> None:
        """Somebody else takes what is left, to the last byte."""
        with open(self.disk / "other", "wb") as other:
            try:
                while True:
                    other.write(bytes(65536))
                    other.flush()
            except OSError:
                pass

    def run_job(self, job: str, **parameters: Any) -> dict[str, Any]:
        replies = self.connect().stream("io.catalogd.Jobs.Run", job=job, parameters=parameters)
        return list(replies)[-1]["run"]

    def delete(self, name: str) -> None:
        self.connect().call("io.catalogd.Files.Delete", clientId=self.client, name=name)
        self.acknowledged.discard(name)

    def test_writes_end_before_the_disk_is_full(self) -> None:
        refusal = self.save_until_refused()
        self.assertEqual(refusal.error, "io.catalogd.ReadOnly")
        self.assertIn("nearly full", refusal.parameters["reason"])
        self.assertGreater(self.free(), FLOOR // 2)
        self.assertEqual(self.names_in(self.client), self.acknowledged)

    def test_deletions_go_on_where_nothing_is_left(self) -> None:
        self.save_until_refused()
        self.fill_up()
        for name in sorted(self.acknowledged)[:20]:
            self.delete(name)
        self.assertEqual(self.names_in(self.client), self.acknowledged)
        self.assertTrue(self.daemon.running)

    def test_cleanup_checkpoints_and_deleting_backups_go_on(self) -> None:
        self.assertEqual(self.run_job("backup", name="one")["state"], "succeeded")
        self.save_until_refused()
        self.fill_up()
        for job in ("cleanup", "checkpoint"):
            self.assertEqual(self.run_job(job)["state"], "succeeded", job)
        self.connect().call("io.catalogd.Admin.DeleteBackup", backup="one")
        self.assertEqual(self.connect().call("io.catalogd.Admin.ListBackups")["backups"], [])

    def test_maintenance_can_be_held_off(self) -> None:
        self.save_until_refused()
        self.fill_up()
        peer = self.connect()
        until = peer.call("io.catalogd.Jobs.Hold", reason="no room", seconds=600)["until"]
        self.assertEqual(peer.call("io.catalogd.Jobs.List")["heldUntil"], until)
        peer.call("io.catalogd.Jobs.Release")

    def test_writes_go_on_by_themselves_with_room_to_spare(self) -> None:
        self.save_until_refused()
        self.ballast.unlink()
        self.save("after")
        self.assertEqual(self.names_in(self.client), self.acknowledged)

    def test_a_daemon_killed_meanwhile_finds_everything_again(self) -> None:
        self.save_until_refused()
        self.fill_up()
        self.daemon.kill()
        self.ballast.unlink()
        self.daemon.start()
        self.assertEqual(self.names_in(self.client), self.acknowledged)

    def test_others_are_refused_by_name(self) -> None:
        self.save_until_refused()
        for method, parameters in (("Clients.Save", {"name": "another"}),
                                   ("Metrics.Record", {"samples": [{"name": "n", "value": 1}]})):
            with self.assertRaises(CallFailed) as refusal:
                self.connect().call(f"io.catalogd.{method}", **parameters)
            self.assertEqual(refusal.exception.error, "io.catalogd.ReadOnly")


if __name__ == "__main__":
    unittest.main()
