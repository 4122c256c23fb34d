"""The kill test finds a daemon that acknowledges before it commits: CATALOGD names such a one."""

import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

CYCLES = 60  # met by far: the first few suffice


class KillTest(unittest.TestCase):
    def test_it_reports_lost_writes_of_a_daemon_that_acknowledges_early(self) -> None:
        environment = {**os.environ}
        environment.pop("CATALOGD_SOAK_SECONDS", None)
        script = Path(__file__).with_name("kill_test.py")
        said = subprocess.run(
            [sys.executable, "-B", script, "--cycles", str(CYCLES), "--seconds", "90"],
            env=environment, capture_output=True, text=True, check=False)
        self.addCleanup(shutil.rmtree, self.kept(said.stdout), ignore_errors=True)
        self.assertEqual(said.returncode, 1, said.stdout + said.stderr)
        self.assertRegex(said.stdout, r"(?m)^LOST: ")

    @staticmethod
    def kept(output: str) -> str:
        """The folder that the kill test leaves for whoever looks into the loss."""
        return output.splitlines()[0].rsplit(" in ", 1)[1]


if __name__ == "__main__":
    unittest.main()
