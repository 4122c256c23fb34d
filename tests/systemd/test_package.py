"""The Debian packages on a machine: installed, upgraded, taken back, removed, purged."""

import os
import shutil
import subprocess
import unittest
from pathlib import Path

from machine import BUILD, HERE, SOCKET, STATE, Machine, SystemdTest

ROOT = HERE.parents[1]
NEWER = os.environ.get("CATALOGD_NEWER", f"{BUILD}/tests/bin/catalogd_newer")


def build_packages() -> list[Path]:
    """Those that `make deb` makes of the tree that is built."""
    made = subprocess.run([str(ROOT / "systemd/deb"), BUILD], text=True, capture_output=True)
    if made.returncode:
        raise AssertionError(made.stderr)
    return [ROOT / line for line in made.stdout.split()]


def newer_package(package: Path, to: Path) -> None:
    """The same as of a release to come: its version is higher, and its schema newer."""
    tree = to.with_suffix("")
    subprocess.run(["dpkg-deb", "-R", str(package), str(tree)], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(control.read_text().replace("Version: ", "Version: 9:", 1))
    shutil.copy(NEWER, tree / "usr/sbin/catalogd")
    subprocess.run(["strip", str(tree / "usr/sbin/catalogd")], check=True)
    subprocess.run(["dpkg-deb", "-b", "-Znone", "--root-owner-group", str(tree), str(to)],
                   check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)


class Package(SystemdTest):
    @classmethod
    def prepare(cls, machine: Machine) -> None:
        store = machine.stage / "srv"
        store.mkdir()
        for package in build_packages():
            name = package.name.partition("_")[0]
            if "dbgsym" not in name:
                shutil.copy(package, store / f"{name}.deb")
        newer_package(store / "catalogd.deb", store / "newer.deb")

    def setUp(self) -> None:
        self.machine.try_run("dpkg", "--purge", "catalogd", "python3-catalogd")

    def install(self, name: str = "catalogd") -> str:
        return self.machine.run("apt-get", "install", "--yes", "--quiet", "--allow-downgrades",
                                f"/srv/{name}.deb")

    def schema(self) -> int:
        return len(self.catalogctl("migrations", "list", "--no-legend").splitlines())

    def test_it_works_at_once_and_says_how_to_admit_a_server(self) -> None:
        said = self.install()
        self.assertIn("usermod --append --groups=catalogd", said)
        self.assertIn("After=catalogd.socket", said)
        self.assertIn("catalogd", self.catalogctl("status"))
        self.assertEqual(self.state(), "active")

    def test_an_upgrade_loses_neither_data_nor_a_caller(self) -> None:
        self.install()
        before = self.machine.run("stat", "-c", "%i", SOCKET)
        adding = self.machine.start("sh", "-c", """number=0
            while [ ! -e /tmp/enough ] && catalogctl clients add "client-$number" >/dev/null
            do number=$((number + 1)); done; echo "$number" """)
        self.machine.until(lambda: "client-5" in self.catalogctl("clients", "list"), "clients")
        self.install("newer")
        self.catalogctl("clients", "add", "laptop")
        self.machine.run("touch", "/tmp/enough")
        added = int(adding.communicate()[0].split()[-1])
        self.machine.run("rm", "/tmp/enough")
        listed = self.catalogctl("clients", "list", "--no-legend").splitlines()
        self.assertEqual(len(listed), added + 1)
        self.assertEqual(self.machine.run("stat", "-c", "%i", SOCKET), before)

    def test_a_downgrade_behind_a_rollback_keeps_the_data(self) -> None:
        self.install()
        self.catalogctl("clients", "add", "laptop")
        schema = self.schema()
        self.install("newer")
        self.assertEqual(self.schema(), schema + 1)
        self.catalogctl("migrations", "rollback", str(schema), "--yes")
        self.install()
        self.assertIn("laptop", self.catalogctl("clients", "list"))
        self.assertEqual(self.schema(), schema)

    def test_a_downgrade_without_one_says_what_to_run(self) -> None:
        self.install()
        schema = self.schema()
        self.install("newer")
        self.catalogctl("clients", "add", "laptop")
        self.machine.try_run("apt-get", "install", "--yes", "--quiet", "--allow-downgrades",
                             "/srv/catalogd.deb")
        self.machine.until(lambda: self.state() == "failed", "the older one refuses")
        self.assertIn(f"catalogctl migrations rollback {schema}",
                      self.machine.journal("--priority=crit"))
        self.install("newer")
        self.assertIn("laptop", self.catalogctl("clients", "list"))

    def test_removing_keeps_the_data_and_purging_does_not(self) -> None:
        self.install()
        self.catalogctl("clients", "add", "laptop")
        self.machine.run("apt-get", "remove", "--yes", "--quiet", "catalogd")
        self.assertNotEqual(self.machine.try_run("test", "-e", SOCKET)[0], 0)
        self.install()
        self.assertIn("laptop", self.catalogctl("clients", "list"))
        self.machine.run("apt-get", "purge", "--yes", "--quiet", "catalogd")
        self.assertNotEqual(self.machine.try_run("test", "-e", STATE)[0], 0)
        self.assertNotEqual(self.machine.try_run("test", "-e", "/etc/catalogd")[0], 0)

    def test_its_pages_and_completion_are_there(self) -> None:
        self.install()
        for page in "catalogd.8", "catalogctl.1", "catalogd.yaml.5":
            section = page[-1]
            self.machine.run("test", "-e", f"/usr/share/man/man{section}/{page}.gz")
        self.machine.run("bash", "-n", "/usr/share/bash-completion/completions/catalogctl")

    def test_the_client_for_python_is_importable(self) -> None:
        self.install()
        self.install("python3-catalogd")
        self.assertIn("laptop", self.machine.run("/usr/bin/python3", "-c", """if True:
            from catalogd import Client, clients
            with Client() as catalog:
                print(catalog.call(clients.save(name="laptop"))["client"]["name"])"""))


if __name__ == "__main__":
    unittest.main()
