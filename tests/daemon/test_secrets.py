"""Session keys, what seals them, and the token of HTTP: in clear nowhere but where they belong."""

import base64
import os
import re
import subprocess
import tarfile
import unittest
from pathlib import Path
from typing import Any, Iterator

from harness import BINARY
from keys_harness import CLIENTS, Keys, text_of
from varlink import CallFailed
from websocket import Http

CATALOGCTL = str(Path(BINARY).with_name("catalogctl"))

# Methods that only tell, of every interface, those to come too.
TELLING = re.compile(r"^method ((?:Get|List|Search|Query|Read|Verify|History)\w*)\(([^)]*)\)", re.M)
# What a parameter of these names may be, beside nothing.
SAMPLES: dict[str, Any] = {"table": "clients", "sql": "SELECT * FROM clients",
                           "interface": CLIENTS, "name": "client-0"}


class Secrets(Keys):
    def setUp(self) -> None:
        super().setUp()
        self.token_file = self.folder / "token"
        self.token_file.write_text(os.urandom(16).hex() + "\n")
        self.daemon.configure(f"log: {{level: trace}}\nhttp: {{token_file: {self.token_file}}}\n")
        self.address = self.daemon.serve_http()
        self.daemon.start()
        self.session_keys = list(self.save_keys(20).values())

    def forms(self) -> Iterator[bytes]:
        """Every secret as bytes, as hexadecimal digits and as base64."""
        ring = self.daemon.key_file.read_bytes()
        sealing_keys = [ring[at:at + 32] for at in range(0, len(ring), 32)]
        token = self.token_file.read_bytes().strip()
        for key in [*self.session_keys, *sealing_keys, token, bytes.fromhex(token.decode())]:
            yield from (key, key.hex().encode(), key.hex().upper().encode(),
                        base64.b64encode(key), base64.urlsafe_b64encode(key))

    def assert_in_no_file(self) -> None:
        files = [path for path in self.folder.rglob("*")
                 if path.is_file() and path not in (self.daemon.key_file, self.token_file)]
        self.assertIn(self.daemon.database, files)
        self.assertIn(self.daemon.log_file, files)
        for path in files:
            content = path.read_bytes()
            for form in self.forms():
                self.assertNotIn(form, content, path.name)

    def replies(self) -> Iterator[tuple[str, bytes]]:
        """What every method answers that only tells, but for the one that gives keys out."""
        connection = self.connect()
        interfaces = connection.call("org.varlink.service.GetInfo")["interfaces"]
        for interface in interfaces:
            text = connection.call("org.varlink.service.GetInterfaceDescription",
                                   interface=interface)["description"]
            for method, parameters in TELLING.findall(text):
                if method == "GetSessionKey":
                    continue
                given = {name: value for name, value in SAMPLES.items()
                         if re.search(rf"\b{name}:", parameters)}
                connection.send(f"{interface}.{method}", given)
                yield method, repr(connection.receive()).encode()

    def misplaced(self) -> None:
        """Gives a session key where it does not belong."""
        text = text_of(self.session_keys[0])
        for method in ("Save", "GetSessionKey", "Get"):
            with self.assertRaises(CallFailed):
                self.connect().call(f"{CLIENTS}.{method}", name=text, key=text)

    def use_the_token(self) -> None:
        """Where it belongs, and where it does not."""
        token = self.token_file.read_text().strip()
        peer = Http(self.address)
        self.addCleanup(peer.close)
        self.assertEqual(peer.ask("/metrics", Authorization=f"Bearer {token}").status, 200)
        self.assertEqual(peer.ask(f"/metrics?token={token}").status, 401)

    def report(self) -> dict[str, bytes]:
        """What is in the archive that is made for a bug report, by name."""
        archive = self.folder / "report.tar.gz"
        subprocess.run([CATALOGCTL, "--socket", str(self.daemon.socket), "report", str(archive)],
                       capture_output=True, check=True)
        with tarfile.open(archive) as files:
            return {each.name: files.extractfile(each).read() for each in files}

    def test_are_in_no_file_but_their_own(self) -> None:
        self.misplaced()
        self.use_the_token()
        self.assert_given_out({})
        self.assertGreater(self.daemon.wal.stat().st_size, 0)
        self.assert_in_no_file()
        self.assertEqual(self.daemon.stop(), 0)
        self.assert_in_no_file()

    def test_are_in_no_file_after_a_rotation(self) -> None:
        self.rotate()
        self.assertEqual(self.daemon.key_file.stat().st_size, 64)
        self.assert_in_no_file()
        self.daemon.kill()
        self.assert_in_no_file()

    def test_are_in_no_report_of_a_bug(self) -> None:
        self.misplaced()
        self.rotate()
        self.use_the_token()
        report = self.report()
        self.assertIn(str(self.token_file).encode(), report["catalogd-report/settings.json"])
        for name, content in report.items():
            self.assertNotIn(b'{"error":', content, name)
            for form in self.forms():
                self.assertNotIn(form, content, name)

    def test_are_in_no_reply(self) -> None:
        asked = set()
        for method, reply in self.replies():
            asked.add(method)
            for form in self.forms():
                self.assertNotIn(form, reply, method)
        self.assertLessEqual({"Get", "List", "Search", "GetStatistics"}, asked)


if __name__ == "__main__":
    unittest.main()
