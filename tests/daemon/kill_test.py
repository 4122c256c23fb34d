#!/usr/bin/env python3
"""Kills the daemon at random moments while processes write, and looks for what it has lost, or done
twice: what was not answered is called again, under the same requestId.

    CATALOGD=build/bin/catalogd tests/daemon/kill_test.py [--cycles N] [--seconds N] [--seed N]

Other kills fall into jobs, of each kind in turn. After every restart: each call that was acknowledged is there with what it said, each other one is
there whole or not at all, and nothing else is. Exit code 1, and a line that begins with LOST or
NOT WHOLE or names another broken promise, where that does not hold; the folder is then kept.
"""

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from harness import BINARY, PATIENCE, Daemon, NotReady
from kill_checks import Promises, Violation, check_stopped
from kill_jobs import Jobs
from kill_writer import write

CONFIGURATION = """
database: {checkpoint_at: 1MiB, wal_limit: 4MiB}  # so that kills meet checkpoints
writer: {batch: 64}
"""
CYCLES, SECONDS = 20, 25.0  # of a run that is told neither
STOP_EVERY = 7  # cycles


class Writers:
    """The processes that write, and what they were promised."""

    def __init__(self, count: int, seed: int, daemon: Daemon) -> None:
        context = multiprocessing.get_context("spawn")
        self.orders = []
        self.promises = []
        for number in range(count):
            ledger = daemon.folder / f"ledger-{number}"
            ours, theirs = context.Pipe()
            context.Process(target=write, daemon=True,
                            args=(number, seed, daemon.socket, ledger, theirs)).start()
            theirs.close()
            self.orders.append(ours)
            self.promises.append(Promises(number, ledger))
            ledger.touch()

    def start(self, pid: int, killer: int = -1, kill_at: int = 0) -> None:
        for number, order in enumerate(self.orders):
            order.send((pid, kill_at if number == killer else 0))
        self.wait()
        for order in self.orders:
            order.send("begin")

    def wait(self) -> None:
        """Until each has connected, or has noticed that the daemon has died."""
        for order in self.orders:
            if not order.poll(PATIENCE):
                raise RuntimeError("a writer does not answer")
            order.recv()

    @property
    def acknowledged(self) -> int:
        return sum(promises.acknowledged for promises in self.promises)


class KillTest:
    def __init__(self, folder: Path, seed: int, writers: int) -> None:
        self.random = random.Random(seed)
        self.daemon = Daemon(folder)
        self.daemon.configure(CONFIGURATION)
        self.writers = Writers(writers, seed, self.daemon)
        self.jobs = Jobs(self.daemon)
        self.moments = [self.at_some_time, self.at_a_reply, self.while_it_stops]
        self.slowest_start = 0.0

    def start(self) -> None:
        begun = time.monotonic()
        self.daemon.start()
        self.slowest_start = max(self.slowest_start, time.monotonic() - begun)

    def pause(self, longest: float) -> None:
        time.sleep(self.random.uniform(0, longest))

    def at_some_time(self) -> None:
        self.writers.start(self.daemon.pid)
        self.pause(0.4)

    def at_a_reply(self) -> None:
        """The strictest moment: a promise has been made that very instant."""
        killer = self.random.randrange(len(self.writers.orders))
        self.writers.start(self.daemon.pid, killer, self.random.randrange(1, 120))
        self.daemon.wait()

    def while_it_stops(self) -> None:
        self.at_some_time()
        self.daemon.process.send_signal(signal.SIGTERM)
        self.pause(0.05)

    def kill_while_it_starts(self) -> None:
        self.daemon.launch()
        self.pause(0.05)
        self.daemon.kill()

    def cycle(self) -> None:
        self.random.choices(self.moments, weights=(3, 5, 2))[0]()
        self.daemon.kill()
        self.writers.wait()
        while self.random.random() < 0.3:
            self.kill_while_it_starts()
        self.start()
        self.check()
        self.kill_a_job()

    def kill_a_job(self) -> None:
        """While nobody writes: some kinds keep writers waiting or have them refused."""
        self.jobs.begin()
        self.pause(0.03)
        self.daemon.kill()
        self.start()
        self.jobs.check()
        self.check()

    def check(self) -> None:
        connection = self.daemon.connect()
        for promises in self.writers.promises:
            promises.check(connection)
        connection.close()

    def stop(self) -> None:
        code = self.daemon.stop()
        if code != 0:
            raise Violation(f"stopped with exit code {code}")
        check_stopped(self.daemon.database)

    def run(self, cycles: int, seconds: float) -> int:
        """How many cycles were made."""
        end = time.monotonic() + seconds
        done = 0
        self.start()
        while done < cycles and (done == 0 or time.monotonic() < end):
            self.cycle()
            done += 1
            if done % STOP_EVERY == 0:
                self.stop()
                self.start()
                self.check()
        self.stop()
        return done


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    soak = os.environ.get("CATALOGD_SOAK_SECONDS")
    parser.add_argument("--cycles", type=int, help="at most so many kills")
    parser.add_argument("--seconds", type=float, default=float(soak) if soak else None,
                        help="no further kill after these; unless told, $CATALOGD_SOAK_SECONDS")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--writers", type=int, default=4)
    wanted = parser.parse_args()
    if wanted.cycles is None and wanted.seconds is None:
        wanted.cycles, wanted.seconds = CYCLES, SECONDS
    return wanted


def main() -> int:
    wanted = arguments()
    folder = Path(tempfile.mkdtemp(prefix="catalogd-kill-"))
    print(f"{BINARY}, seed {wanted.seed}, in {folder}", flush=True)
    test = KillTest(folder, wanted.seed, wanted.writers)
    try:
        done = test.run(wanted.cycles or sys.maxsize, wanted.seconds or float("inf"))
    except (Violation, NotReady) as broken:
        print(f"{broken}\nafter {test.writers.acknowledged} acknowledged calls; "
              f"{folder} is kept; repeat with --seed {wanted.seed}")
        return 1
    finally:
        test.daemon.kill()
    print(f"{done} kills survived and {test.jobs.begun} in jobs, {test.writers.acknowledged} acknowledged calls all there, "
          f"slowest start {test.slowest_start:.2f} s")
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
