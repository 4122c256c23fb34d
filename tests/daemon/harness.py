"""The daemon as its users see it: a process, a socket, files and a log. CATALOGD names it."""

import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path
from typing import Callable, Iterator, Optional, Sequence

from varlink import Connection

BINARY = os.environ.get("CATALOGD", str(Path(__file__).parents[2] / "build/bin/catalogd"))
PATIENCE = 60.0  # seconds; met only by a daemon that hangs
SOON = 10.0  # "within a second", and room for a machine that has other things to do
NOBODY = 65534


def sanitized() -> bool:
    """Whether the daemon was built with a sanitizer: some tools do not go together with one."""
    content = Path(BINARY).read_bytes()
    return b"libasan" in content or b"libtsan" in content


def told(manager: socket.socket, ended: int) -> Iterator[str]:
    """What the daemon tells the service manager, message by message; until it says nothing, or
    has ended (a pidfd tells)."""
    while manager in select.select([manager, ended], [], [], PATIENCE)[0]:
        yield manager.recv(4096).decode()


def eventually(holds: Callable[[], bool]) -> bool:
    """Asks until it does; whether it came to that while there was patience."""
    end = time.monotonic() + PATIENCE
    while not (held := holds()) and time.monotonic() < end:
        pass
    return held


class NotReady(AssertionError):
    """The daemon ended, or said nothing, before it was ready."""


class Daemon:
    """One process of the daemon on the files of one folder. Ends only what it has started."""

    def __init__(self, folder: Path, name: str = "catalog", socket_name: str = "socket") -> None:
        self.folder = folder
        self.database = folder / f"{name}.db"
        self.socket = folder / socket_name
        self.binary = BINARY
        self.arguments: list[str] = []
        self.wrapper: Sequence[str] = ()  # what runs it: strace
        # The port is one: whoever adds to this does not replace it.
        self.environment: dict[str, str] = {"CATALOGD_HTTP__ADDRESS": "off"}
        self.before_exec = None
        self.process: Optional[subprocess.Popen] = None
        self.log_file = folder / f"{socket_name}.log"

    @property
    def wal(self) -> Path:
        return self.database.with_name(self.database.name + "-wal")

    @property
    def key_file(self) -> Path:
        return self.database.with_name(self.database.name + ".key")

    def configure(self, text: str) -> None:
        """Its configuration file, as YAML."""
        path = self.folder / f"{self.socket.name}.yaml"
        path.write_text(text)
        self.arguments = ["--config", str(path)]

    def launch(self, environment: Optional[dict[str, str]] = None) -> "Daemon":
        """Starts the process and waits for nothing."""
        command = [*self.wrapper, self.binary, "--database", str(self.database),
                   "--socket", str(self.socket), *self.arguments]
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, **self.environment, **(environment or {})},
                preexec_fn=self.before_exec)
        return self

    def serve_http(self) -> str:
        """From its next start on, at an address that nobody else has; which one."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = "127.0.0.1:%d" % free.getsockname()[1]
        self.environment["CATALOGD_HTTP__ADDRESS"] = address
        return address

    def start(self) -> "Daemon":
        """Starts the process and returns when it says that it is ready, as it does to systemd."""
        notify = self.folder / f"{self.socket.name}.notify"
        notify.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
            ready.bind(str(notify))
            self.launch({"NOTIFY_SOCKET": str(notify)})
            ended = os.pidfd_open(self.process.pid)
            try:
                is_ready = any("READY=1" in message for message in told(ready, ended))
            finally:
                os.close(ended)
            if not is_ready:
                self.kill()
                raise NotReady(f"not ready; its log:\n{self.log()}")
        return self

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def wait(self, seconds: float = PATIENCE) -> int:
        """Its exit code, once it ends."""
        return self.process.wait(seconds)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.wait()

    def kill(self) -> None:
        if self.running:
            self.process.kill()
        if self.process is not None:
            self.process.wait()

    def connect(self) -> Connection:
        return Connection(self.socket)

    def log(self) -> str:
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""


class DaemonTest(unittest.TestCase):
    """Each test in a folder of its own, with a daemon that has not been started yet."""

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="catalogd-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.daemon = self.another()

    def another(self, folder: Optional[Path] = None, **names: str) -> Daemon:
        daemon = Daemon(folder or self.folder, **names)
        self.addCleanup(daemon.kill)
        return daemon

    def connect(self, daemon: Optional[Daemon] = None) -> Connection:
        connection = (daemon or self.daemon).connect()
        self.addCleanup(connection.close)
        return connection

    def saved_client(self, name: str = "laptop", **more) -> str:
        """The identifier of a client that the running daemon has from now on."""
        return self.connect().call("io.catalogd.Clients.Save", name=name, **more)["client"]["id"]

    def names_in(self, client: str) -> set[str]:
        """The names of the client's files, as the running daemon lists them."""
        pages = self.connect().stream("io.catalogd.Files.List", clientId=client)
        return {file["name"] for page in pages for file in page["files"]}

    def refusal(self, daemon: Optional[Daemon] = None) -> tuple[int, str]:
        """Exit code and last line of a daemon that is not to start."""
        daemon = daemon or self.daemon
        code = daemon.launch().wait()
        return code, (daemon.log().splitlines() or [""])[-1]

    def become_nobody(self, daemon: Daemon) -> None:
        """Root may write everywhere: the daemon has to run as somebody who may not."""
        if os.geteuid() != 0:
            return
        self.folder.chmod(0o755)
        # Nobody may have no way to the folder that it was built in.
        daemon.binary = shutil.copy(BINARY, self.folder / "catalogd")
        for path in (daemon.folder, *daemon.folder.iterdir()):
            os.chown(path, NOBODY, NOBODY)
        daemon.before_exec = lambda: (os.setgroups([]), os.setgid(NOBODY), os.setuid(NOBODY))


class ManagedTest(DaemonTest):
    """The daemon tells this test what it would tell systemd."""

    def setUp(self) -> None:
        super().setUp()
        self.manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.manager.close)
        self.manager.bind(str(self.folder / "manager"))
        self.daemon.environment["NOTIFY_SOCKET"] = str(self.folder / "manager")

    def messages_until(self, wanted: str) -> list[str]:
        """What the daemon that was launched tells next, up to the message that holds this."""
        ended = os.pidfd_open(self.daemon.pid)
        self.addCleanup(os.close, ended)
        messages = []
        for message in told(self.manager, ended):
            messages.append(message)
            if wanted in message:
                return messages
        raise AssertionError(f"never told {wanted}: {messages}; {self.daemon.log()}")
