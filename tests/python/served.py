"""The package's tests: each with a daemon of its own, and clocks that only they step."""

from __future__ import annotations

import atexit
import os
import sys
from pathlib import Path
from typing import Any, Callable, List, Optional

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "python/src"), str(ROOT / "tests/daemon")]

from catalogd import Client, clients, files  # noqa: E402
from harness import Daemon, DaemonTest  # noqa: E402


# With -W error a socket that nobody has closed ends up here, where unittest does not look.
_unseen: List[str] = []
sys.unraisablehook = lambda unseen: _unseen.append(f"{unseen.exc_value!r} in {unseen.object!r}")


@atexit.register
def _fail_for_what_was_not_seen() -> None:
    if _unseen:
        print("FAILED:", *_unseen, sep="\n", file=sys.stderr, flush=True)
        os._exit(1)


class SteppedClock:
    """Time passes only while somebody sleeps. `when(seconds, action)` does something then."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: List[float] = []
        self._actions: List[Any] = []

    def monotonic(self) -> float:
        return self.now

    def when(self, seconds: float, action: Callable[[], Any]) -> None:
        self._actions.append((self.now + seconds, action))

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        due = [action for at, action in self._actions if at <= self.now]
        self._actions = [one for one in self._actions if one[0] > self.now]
        for action in due:
            action()


class ServedTest(DaemonTest):
    """`self.catalog` is a client of a running daemon."""

    def setUp(self) -> None:
        super().setUp()
        self.daemon.start()
        self.catalog = self.client()

    def client(self, **options: Any) -> Client:
        client = Client(str(self.daemon.socket), **options)
        self.addCleanup(client.close)
        return client

    def restart(self) -> None:
        self.daemon.kill()
        self.daemon.start()

    def saved(self, name: str = "laptop") -> str:
        """The identifier of a client that there is from now on."""
        return self.catalog.call(clients.save(name=name))["client"]["id"]

    def stored(self, client: str, *names: str) -> None:
        for name in names:
            self.catalog.call(files.save(client, {"name": name, "path": "/srv/" + name}))

    def names(self, client: Optional[str] = None, limit: int = 1000) -> List[str]:
        pages = self.catalog.stream(files.list(client_id=client, limit=limit))
        return [file["name"] for page in pages for file in page["files"]]


__all__ = ["ROOT", "Daemon", "ServedTest", "SteppedClock"]
