"""Jobs into which a kill falls, and what must hold of them afterwards."""

import itertools
from typing import Any, Iterator, Optional

from harness import Daemon
from kill_checks import Violation
from varlink import CallFailed

JOBS = "io.catalogd.Jobs."
KINDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("backup", {}), ("backup-proof", {}), ("vacuum", {}), ("vacuum", {"full": True}),
    ("search-index", {"rebuild": True}), ("orphan-check", {"repair": True}), ("cleanup", {}),
    ("integrity-check", {"full": True}), ("foreign-key-check", {}), ("optimize", {}),
    ("checkpoint", {"truncate": True}))
# Nothing to prove yet, or the daemon had begun it by itself.
REFUSALS = ("NotFeasible", "AlreadyRunning")


class Jobs:
    """Each kind in turn, one before each kill."""

    def __init__(self, daemon: Daemon) -> None:
        self.daemon = daemon
        self.kinds: Iterator[tuple[str, dict[str, Any]]] = itertools.cycle(KINDS)
        self.run: Optional[dict[str, Any]] = None
        self.begun = 0

    def begin(self) -> None:
        job, parameters = next(self.kinds)
        connection = self.daemon.connect()
        try:
            self.run = connection.call(JOBS + "Run", job=job, parameters=parameters)["run"]
            self.begun += 1
        except CallFailed as refused:
            self.run = None
            if refused.name not in REFUSALS:
                raise Violation(f"{job} was not begun: {refused}") from None
        finally:
            connection.close()

    def check(self) -> None:
        """After the next start: the run is noted as one that has ended, and left nothing behind."""
        if not self.run:
            return
        connection = self.daemon.connect()
        history = connection.call(JOBS + "History", job=self.run["job"])["runs"]
        connection.close()
        found = [run for run in history if run["id"] == self.run["id"]]
        if not found:
            raise Violation(f"LOST: run {self.run['id']} of {self.run['job']}, which had begun")
        if found[0]["state"] == "running":
            raise Violation(f"NOT WHOLE: run {found[0]} goes on though nobody runs it")
        unfinished = [path.name for path in self.daemon.folder.rglob(".unfinished-*")]
        if unfinished:
            raise Violation(f"NOT WHOLE: {self.run['job']} left {unfinished}")
