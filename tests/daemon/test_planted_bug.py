"""The kill test finds out daemons with a bug in their writer: CATALOGD names such a one."""

import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

CYCLES = 60  # met by far: the first few suffice


class PlantedBug(unittest.TestCase):
    def assert_found_out(self, pattern: str) -> None:
        environment = {**os.environ}
        environment.pop("CATALOGD_SOAK_SECONDS", None)
        script = Path(__file__).with_name("kill_test.py")
        said = subprocess.run(
            [sys.executable, "-B", script, "--cycles", str(CYCLES), "--seconds", "90"],
            env=environment, capture_output=True, text=True, check=False)
        self.addCleanup(shutil.rmtree, self.kept(said.stdout), ignore_errors=True)
        self.assertEqual(said.returncode, 1, said.stdout + said.stderr)
        self.assertRegex(said.stdout, pattern)

    @staticmethod
    def kept(output: str) -> str:
        """The folder that the kill test leaves for whoever looks into the loss."""
        return output.splitlines()[0].rsplit(" in ", 1)[1]


class EarlyAcknowledgement(PlantedBug):
    def test_replies_before_the_commit_are_reported_as_lost_writes(self) -> None:
        # What is lost is missing, or makes the repetition of what came after it fail; a run whose end
        # was lost goes on.
        self.assert_found_out(
            r"(?m)^LOST: |was applied, and then answered|goes on though nobody runs it")


class ForgottenRequests(PlantedBug):
    def test_calls_that_are_applied_twice_are_reported(self) -> None:
        self.assert_found_out(r"was answered .*expected|was applied, and then answered|NOT WHOLE: ")


if __name__ == "__main__":
    unittest.main()
