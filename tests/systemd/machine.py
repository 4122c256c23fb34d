"""A machine that systemd runs, with catalogd installed on it as `cmake --install` does."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Callable, Optional

HERE = Path(__file__).resolve().parent
BUILD = os.environ.get("CATALOGD_BUILD", str(HERE.parents[1] / "build/release"))
SOCKET = "/run/catalogd.sock"
CONFIG = "/etc/catalogd/catalogd.yaml"
STATE = "/var/lib/catalogd"
PATIENCE = 60.0  # seconds; met only by what hangs


def why_not() -> Optional[str]:
    """Why there can be no such machine here."""
    if os.geteuid() != 0:
        return "only root can boot a systemd"
    tried = subprocess.run(["unshare", "--pid", "--mount", "--ipc", "--uts", "--net", "--cgroup",
                            "--fork", "mount", "--make-rprivate", "/"], capture_output=True)
    return tried.stderr.decode().strip() if tried.returncode else None


class Machine:
    """One boot. Everything in it is gone when it is shut down."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="catalogd-lab-"))
        self.stage = self.folder / "stage"
        self.stage.mkdir()
        self.environment = {**os.environ, "LAB_DIR": str(self.folder / "lab")}

    def install(self) -> None:
        subprocess.run(["cmake", "--install", BUILD, "--prefix", "/usr"], check=True,
                       stdout=subprocess.DEVNULL, env={**os.environ, "DESTDIR": str(self.stage)})

    def _lab(self, *command: str, **options) -> subprocess.CompletedProcess:
        return subprocess.run([str(HERE / "lab"), *command], text=True, capture_output=True,
                              env=self.environment, **options)

    def boot(self) -> None:
        booted = self._lab("up", str(self.stage), timeout=120)
        if booted.returncode:
            raise AssertionError(booted.stderr)

    def shut_down(self) -> None:
        self._lab("down", timeout=60)
        shutil.rmtree(self.folder, ignore_errors=True)

    def try_run(self, *command: str, input: Optional[str] = None) -> tuple[int, str]:
        """Exit status, and what it printed."""
        done = self._lab("run", *command, input=input, timeout=PATIENCE * 2)
        return done.returncode, done.stdout + done.stderr

    def run(self, *command: str, input: Optional[str] = None) -> str:
        status, printed = self.try_run(*command, input=input)
        if status:
            raise AssertionError(f"{' '.join(command)}: status {status}: {printed}")
        return printed

    def start(self, *command: str) -> subprocess.Popen:
        """A command that goes on beside the test."""
        return subprocess.Popen([str(HERE / "lab"), "run", *command], text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                env=self.environment)

    def write(self, path: str, text: str) -> None:
        self.run("sh", "-c", 'mkdir -p "$(dirname "$0")" && cat >"$0"', path, input=text)

    def property(self, name: str, unit: str = "catalogd.service") -> str:
        return self.run("systemctl", "show", "--value", f"--property={name}", unit).strip()

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Waits in the machine's own time; fails where it never comes."""
        for _ in range(int(PATIENCE * 5)):
            if holds():
                return
            self.run("sleep", "0.2")
        raise AssertionError(f"never: {what}\n{self.journal()}")

    def journal(self, *more: str) -> str:
        return self.run("journalctl", "--no-pager", "--unit=catalogd.service", *more)


class SystemdTest(unittest.TestCase):
    """The tests of one class share a machine; each begins with a service that is as new."""

    machine: Machine

    @classmethod
    def setUpClass(cls) -> None:
        if reason := why_not():
            if "CATALOGD_NO_SKIP" in os.environ:
                raise AssertionError(reason)
            raise unittest.SkipTest(reason)
        cls.machine = Machine()
        cls.addClassCleanup(cls.machine.shut_down)
        cls.prepare(cls.machine)
        cls.machine.boot()
        cls.machine.run("systemd-sysusers")

    @classmethod
    def prepare(cls, machine: Machine) -> None:
        """What lies over its root from the first moment on."""
        machine.install()

    def setUp(self) -> None:
        run = self.machine.run
        run("sh", "-c", f"systemctl stop catalogd.socket catalogd-http.socket catalogd.service; "
            f"rm -rf {STATE} {CONFIG} /etc/credstore /etc/systemd/system/catalogd.service.d; "
            "systemctl daemon-reload; systemctl reset-failed catalogd.service catalogd.socket || true")
        self.machine.write(CONFIG, "")
        run("systemctl", "start", "catalogd.socket")

    def drop_in(self, text: str) -> None:
        self.machine.write("/etc/systemd/system/catalogd.service.d/test.conf", text)
        self.machine.run("systemctl", "daemon-reload")

    def catalogctl(self, *arguments: str) -> str:
        return self.machine.run("catalogctl", *arguments)

    def state(self) -> str:
        return self.machine.property("ActiveState")
