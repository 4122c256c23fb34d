"""Starting programs and saying in one line what went wrong with them."""

import os
import shutil
import subprocess


class BenchError(Exception):
    """The benchmark cannot go on. Its text is one clear line."""


def need_program(name, remedy, folder=None):
    """The path of a program that the benchmark compares with; its absence is a failure."""
    path = shutil.which(name, path=str(folder) if folder else None)
    if path is None:
        raise BenchError(f"{name} is missing: {remedy}")
    return path


def run_program(command, account=None, **options):
    """Standard output of a program that must succeed."""
    done = subprocess.run(
        [str(part) for part in command], text=True, capture_output=True,
        **(account.options() if account else {}), **options)
    if done.returncode != 0:
        lines = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()
        name = os.path.basename(str(command[0]))
        raise BenchError(f"{name} failed ({done.returncode}): {lines[-1]}")
    return done.stdout


def start_program(command, log):
    """A program in the background; what it prints goes to the file `log`.

    In a session of its own: Ctrl-C ends the benchmark, which ends the program in order.
    """
    with open(log, "ab") as output:
        return subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL,
                                stdout=output, stderr=output, start_new_session=True)


def last_line(log):
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "it printed nothing"
