"""docs/alerts.yml: each alert comes when it should, asks for metrics that there are, and leads to a
heading of the runbook that there is."""

import re
import shutil
import subprocess
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOCS = HERE.parents[1] / "docs"
ALERTS = (DOCS / "alerts.yml").read_text()


def anchors(page: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", each.lower()).replace(" ", "-") for each in headings}


class Alerts(unittest.TestCase):

    @unittest.skipUnless(shutil.which("promtool"), "promtool is not installed")
    def test_each_comes_when_it_should(self) -> None:
        said = subprocess.run(["promtool", "test", "rules", str(HERE / "alerts_test.yml")],
                              capture_output=True, text=True, check=False)
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)

    def test_each_is_tested(self) -> None:
        tested = (HERE / "alerts_test.yml").read_text()
        for alert in re.findall(r"alert: (\w+)", ALERTS):
            self.assertRegex(tested, rf"alertname: {alert}\b")

    def test_each_leads_to_a_heading_of_the_runbook(self) -> None:
        runbook = anchors((DOCS / "operations.md").read_text())
        links = re.findall(r"runbook: docs/operations\.md#(\S+)", ALERTS)
        self.assertEqual(len(links), len(re.findall(r"- alert:", ALERTS)))
        self.assertLessEqual(set(links), runbook)

    def test_each_asks_for_metrics_that_there_are(self) -> None:
        known = set(re.findall(r"`(catalogd_\w+)`", (DOCS / "metrics.md").read_text()))
        asked = {re.sub(r"_bucket$", "", name)
                 for name in re.findall(r"\bcatalogd_\w+", ALERTS)}
        self.assertGreater(len(asked), 4)
        self.assertLessEqual(asked, known)


if __name__ == "__main__":
    unittest.main()
