"""A disk that no longer answers, as a controller or a network's storage does: whoever writes to it
waits in the kernel. Needs root, for a file system that can be frozen; skips without."""

import os
import subprocess
import unittest
from typing import Any

from http_harness import HttpTest
from varlink import Connection


class StalledDisk(HttpTest):
    def setUp(self) -> None:
        super().setUp()
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        self.mount()
        self.daemon.stop()
        self.daemon = self.another(folder=self.disk)
        self.daemon.log_file = self.folder / "log"
        self.address = self.daemon.serve_http()
        self.daemon.configure("health: {writer_warn: 500ms}\n")
        self.daemon.start()
        self.client = self.saved_client()
        self.asker = self.connect()

    def mount(self) -> None:
        if os.geteuid() != 0:
            self.skipTest("only root can mount a disk")
        image = self.folder / "image"
        with open(image, "wb") as file:
            file.truncate(64 << 20)
        for command in (["mkfs.ext4", "-q", image], ["mount", "-o", "loop", image, self.disk]):
            said = subprocess.run(command, capture_output=True, text=True, check=False)
            if said.returncode != 0:
                self.skipTest(f"no disk can be made here: {said.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", "--lazy", self.disk], check=True)

    def stall(self) -> None:
        subprocess.run(["fsfreeze", "--freeze", self.disk], check=True)
        self.addCleanup(subprocess.run, ["fsfreeze", "--unfreeze", self.disk], check=False,
                        capture_output=True)

    def answer_again(self) -> None:
        subprocess.run(["fsfreeze", "--unfreeze", self.disk], check=True)

    def begin_save(self, name: str) -> Connection:
        peer = self.connect()
        peer.send("io.catalogd.Files.Save",
                  {"clientId": self.client, "file": {"name": name, "path": "/" + name}})
        return peer

    def check_of_the_writer(self) -> dict[str, Any]:
        health = self.asker.call("io.catalogd.Health.Get")["health"]
        return next(check for check in health["checks"] if check["name"] == "writer")

    def wait_until_it_is_told(self) -> dict[str, Any]:
        while (check := self.check_of_the_writer())["status"] == "pass":
            pass
        return check

    def test_health_tells_of_it_with_what_to_look_at(self) -> None:
        self.stall()
        self.begin_save("meanwhile")
        check = self.wait_until_it_is_told()
        self.assertRegex(check["reason"], "the writer has been with one batch for")
        self.assertRegex(check["recommendation"], "Look at the disk")

    def test_what_is_stored_is_still_found(self) -> None:
        self.begin_save("before").result()
        self.stall()
        self.begin_save("meanwhile")
        self.wait_until_it_is_told()
        self.assertEqual(self.names_in(self.client), {"before"})
        self.assertEqual(self.get("/livez").status, 200)

    def test_what_was_asked_meanwhile_is_saved_once_it_answers_again(self) -> None:
        self.stall()
        saves = [self.begin_save(f"file-{number}") for number in range(10)]
        self.wait_until_it_is_told()
        self.answer_again()
        self.assertTrue(all(save.result()["created"] for save in saves))
        self.assertEqual(len(self.names_in(self.client)), 10)


if __name__ == "__main__":
    unittest.main()
