"""The dashboard: its files as they are served, and the page in Debian's Chromium."""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/daemon"))

import schemas  # noqa: E402
from harness import DaemonTest  # noqa: E402
from websocket import Http  # noqa: E402

BROWSER = ROOT / "build/browser"
OUTPUT = Path(os.environ.get("CATALOGD_TEST_OUTPUT", ROOT / "build/dashboard"))
TOOLS = all(shutil.which(tool) for tool in ("chromium", "node", "npm"))


def end(script: subprocess.Popen) -> None:
    script.kill()
    script.wait()
    for stream in (script.stdin, script.stdout, script.stderr):
        stream.close()


class Dashboard(DaemonTest):

    def setUp(self) -> None:
        super().setUp()
        self.address = self.daemon.serve_http()
        # A page must not warn of the machine that the tests run on.
        self.daemon.configure("health:\n  disk_warn: 0B\n  disk_fail: 0B\n")
        self.daemon.start()

    def http(self) -> Http:
        peer = Http(self.address)
        self.addCleanup(peer.close)
        return peer

    def get(self, path: str):
        return self.http().ask(path)

    def test_its_files_are_those_of_the_tree_under_a_strict_policy(self) -> None:
        for path, name in (("/", "index.html"), ("/style.css", "style.css"),
                           ("/dashboard.js", "dashboard.js")):
            response = self.get(path)
            self.assertEqual(response.body, (ROOT / "web" / name).read_text())
            policy = response.fields["content-security-policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
        self.assertIn("Chart.js", self.get("/chart.js").body[:200])

    def test_nothing_of_it_comes_from_elsewhere(self) -> None:
        for path in sorted((ROOT / "web").iterdir()):
            self.assertEqual(re.findall(r"(?:https?:)?//[a-z]+\.[^\s'\"]*", path.read_text()), [],
                             path.name)

    @unittest.skipUnless(TOOLS, "chromium, node or npm is not installed")
    def test_it_shows_what_happens_in_a_browser(self) -> None:
        subprocess.run([ROOT / ".ci/browser"], check=True, timeout=300)
        schemas.ask_for_all(self.http())
        OUTPUT.mkdir(parents=True, exist_ok=True)
        script = subprocess.Popen(
            ["node", str(ROOT / "tests/web/dashboard.js"), self.address, str(OUTPUT)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "NODE_PATH": str(BROWSER / "node_modules")})
        self.addCleanup(end, script)
        said = []
        for line in script.stdout:
            if line.startswith("event "):
                schemas.checked(json.loads(line.removeprefix("event ")))
                continue
            said.append(line.strip())
            if line.startswith("please "):
                self.obey(line.split()[1])
                script.stdin.write("done\n")
                script.stdin.flush()
        self.assertEqual(script.wait(60), 0, "\n".join([*said, script.stderr.read()]))

    def obey(self, request: str) -> None:
        {"write": self.write, "back-up": self.back_up, "fill": self.fill, "prove": self.prove,
         "delete": self.delete, "warn": lambda: self.make_limit_small("warn"),
         "fail": lambda: self.make_limit_small("fail"), "stop": self.daemon.stop,
         "start": self.daemon.start}[request]()

    def write(self) -> None:
        client = self.saved_client()
        files = [{"name": f"file{number}", "path": "/stored"} for number in range(500)]
        self.connect().call("io.catalogd.Files.SaveMany", clientId=client, files=files)
        for _ in range(20):
            self.connect().call("io.catalogd.Clients.Get", id=client)

    def run_job(self, job: str, **parameters: str) -> None:
        self.connect().call("io.catalogd.Jobs.Run", job=job, parameters=parameters)

    def back_up(self) -> None:
        self.run_job("backup", name="first")

    def fill(self) -> None:
        """22 more by hand, of which one is not whole, and one by the daemon."""
        backup = self.folder / "backups/first.backup"
        for number in range(22):
            copy = backup.with_name(f"copy-{number:02}.backup")
            shutil.copy(backup, copy)
            shutil.copy(f"{backup}.manifest", f"{copy}.manifest")
        with open(copy, "ab") as damaged:
            damaged.write(b"more")
        self.run_job("backup", name="newest")

    def prove(self) -> None:
        self.run_job("backup-proof", backup="newest")

    def delete(self) -> None:
        self.connect().call("io.catalogd.Admin.DeleteBackup", backup="newest")

    def make_limit_small(self, mark: str) -> None:
        self.connect().call("io.catalogd.Admin.SetSetting", name=f"health.database_{mark}",
                            value="1KB")


if __name__ == "__main__":
    unittest.main()
