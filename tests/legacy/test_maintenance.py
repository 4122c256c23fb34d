"""Maintenance and security: defects 52 to 59 of the old server's layer."""

import base64
import time
import unittest
from typing import Any

from server import ADMIN, CLIENTS, FILES, JOBS, LegacyTest

SECRET = b"PLANTED-KEY-OF-32-BYTES-PLANTED-"


class Maintenance(LegacyTest):

    def test_limits_are_settings_and_what_passes_them_is_reported(self) -> None:
        size = self.check("database-size")
        self.assertEqual((size["status"], size["warnAt"], size["failAt"]), ("pass", 500e6, 1e9))
        for name, value in (("database_warn", "1KB"), ("database_fail", "2KB")):
            self.call(f"{ADMIN}.SetSetting", name=f"health.{name}", value=value)
        while self.check("database-size")["status"] != "fail":
            pass  # a look a second, of which it takes some
        about = self.health()
        size = self.check("database-size")
        self.assertEqual((about["status"], size["warnAt"], size["failAt"]), ("fail", 1e3, 2e3))
        self.assertIn("vacuum", size["recommendation"])
        self.assertTrue(any(each.startswith("database-size: ") for each in about["warnings"]))

    def run_job(self, job: str, **parameters: Any) -> dict[str, Any]:
        """The run, once it has ended."""
        replies = self.connect().stream(f"{JOBS}.Run", job=job, parameters=parameters)
        return list(replies)[-1]["run"]

    def backups(self) -> list[str]:
        return [each["name"] for each in self.call(f"{ADMIN}.ListBackups")["backups"]]

    def test_what_an_optimisation_says_was_done(self) -> None:
        client = self.saved_client("laptop")
        for number in range(500):
            self.save(client, f"file{number}", attributes={"note": "x" * 4000})
        self.call(f"{CLIENTS}.Delete", id=client)
        before = self.statistics()["freeBytes"]
        done = self.run_job("vacuum")
        self.assertEqual(done["state"], "succeeded")
        self.assertGreater(done["result"]["bytesFreed"], 1_000_000)
        self.assertLess(self.statistics()["freeBytes"], before)
        failed = self.run_job("backup-proof", backup="none")
        self.assertEqual(failed["state"], "failed")
        self.assertIn("UnknownBackup", failed["reason"])
        self.assertNotIn("result", failed)

    def test_a_backup_that_fails_leaves_the_one_before_it(self) -> None:
        self.saved_client("laptop")
        self.assertEqual(self.run_job("backup", name="one")["state"], "succeeded")
        content = (self.folder / "backups/one.backup").read_bytes()
        self.assertEqual(self.run_job("backup", name="one")["state"], "failed")
        self.assertEqual(self.backups(), ["one"])
        self.assertEqual((self.folder / "backups/one.backup").read_bytes(), content)
        self.assertEqual(self.run_job("backup-proof", backup="one")["state"], "succeeded")

    def test_maintenance_runs_by_itself_and_says_when(self) -> None:
        jobs = {job["name"]: job for job in self.call(f"{JOBS}.List")["jobs"]}
        self.assertEqual(len(jobs), 10)
        for job in jobs.values():
            self.assertTrue(job["enabled"], job)
            self.assertRegex(job["nextRun"], r"^\d{4}-\d\d-\d\dT")
        for name, value in (("jitter", "0s"), ("checkpoint", "every 10s")):
            self.call(f"{ADMIN}.SetSetting", name=f"jobs.{name}", value=value)
        for _ in range(600):
            runs = self.call(f"{JOBS}.History", job="checkpoint")["runs"]
            if runs and runs[0]["state"] != "running":
                break
            time.sleep(0.1)
        self.assertEqual((runs[0]["trigger"], runs[0]["state"]), ("schedule", "succeeded"))

    def test_a_database_that_is_missing_is_an_error_and_is_not_made(self) -> None:
        missing = self.folder / "nowhere.db"
        self.assertEqual(self.error(f"{ADMIN}.ImportDatabase", path=str(missing)), "InvalidValue")
        self.assertEqual(self.error(f"{ADMIN}.ImportDatabase", path="defensive.db"),
                         "InvalidValue")
        self.assertFalse(missing.exists())

    def test_no_byte_of_a_session_key_is_in_a_file_a_log_or_a_reply(self) -> None:
        key = base64.b64encode(SECRET).decode()
        client = self.saved_client("laptop", sessionKey=key)
        self.imported(self.old_database([(b"i" * 16, "old", None, "", SECRET),
                                         (b"j" * 16, "odd", None, "", SECRET[:31])]))
        replies = repr([self.call(f"{CLIENTS}.List"), self.call(f"{CLIENTS}.Get", id=client)])
        (self.folder / "defensive.db").unlink()
        self.daemon.kill()
        written = [path.read_bytes() for path in self.folder.iterdir() if path.is_file()]
        self.assertGreater(len(written), 3)
        for form in (SECRET[:16], SECRET.hex().encode()[:32], key.encode()[:20]):
            for content in (*written, replies.encode()):
                self.assertNotIn(form, content)

    def test_only_the_columns_that_may_be_edited_can_be(self) -> None:
        client = self.saved_client("laptop")
        self.save(client, "a")
        for column in ("sessionKey", "aesKey", "AESKey", "lastSeen", "newId"):
            self.assertEqual(self.error(f"{CLIENTS}.Update", id=client, **{column: "x"}),
                             "InvalidParameter")
        for column in ("path", "newClientId", "PathName"):
            self.assertEqual(self.error(f"{FILES}.SetVerified", clientId=client, name="a",
                                        verified=True, **{column: "/etc/passwd"}),
                             "InvalidParameter")


if __name__ == "__main__":
    unittest.main()
