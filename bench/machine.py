"""What the figures were measured on."""

import os
import platform
import statistics
import subprocess
import sys
import time


def describe(folder):
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "kernel": platform.release(),
        "fileSystem": _file_system(folder),
    }


# Half a second of work; prints the part of it that was spent on a processor.
_SPIN = """
import time
end = time.perf_counter() + 0.5
before = time.process_time()
while time.perf_counter() < end:
    pass
print((time.process_time() - before) / 0.5)
"""


def free_share():
    """How much of the cores the benchmark gets: near 1 where nothing else is running."""
    spinners = [
        subprocess.Popen([sys.executable, "-c", _SPIN], stdout=subprocess.PIPE, text=True)
        for _ in os.sched_getaffinity(0)]
    return statistics.mean(float(spinner.communicate()[0]) for spinner in spinners)


def sync_microseconds(folder):
    """The median time that the disk takes to make 8 KiB durable."""
    path = folder / "sync-probe"
    times = []
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        for _ in range(300):
            before = time.perf_counter()
            os.write(descriptor, bytes(8192))
            os.fdatasync(descriptor)
            times.append(time.perf_counter() - before)
    finally:
        os.close(descriptor)
        path.unlink()
    return statistics.median(times) * 1e6


def _processor():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def _file_system(folder):
    device = os.stat(folder).st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    with open("/proc/self/mountinfo", encoding="utf-8") as mounts:
        for mount in mounts:
            if mount.split()[2] == wanted:
                return mount.split(" - ")[1].split()[0]
    return "unknown"
