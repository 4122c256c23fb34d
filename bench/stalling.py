"""A disk that can be made to stall, as one does that no longer answers: whoever writes to it waits in
the kernel. Takes root."""

import contextlib
import os
import subprocess

from process import BenchError

BYTES = 4 << 30  # of which only what is written takes room


class StallingDisk:
    """A file system in a file in `folder`, for as long as it is entered."""

    def __init__(self, folder):
        self._image = folder / "disk.image"
        self.path = folder / "disk"

    def __enter__(self):
        if os.geteuid() != 0:
            raise BenchError("only root can make a disk that stalls")
        self.path.mkdir()
        with open(self._image, "wb") as image:
            image.truncate(BYTES)
        _run("mkfs.ext4", "-q", self._image)
        _run("mount", "-o", "loop", self._image, self.path)
        return self

    def __exit__(self, *_):
        _run("umount", "--lazy", self.path)

    @contextlib.contextmanager
    def stalled(self):
        _run("fsfreeze", "--freeze", self.path)
        try:
            yield
        finally:
            _run("fsfreeze", "--unfreeze", self.path)


def _run(*command):
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode != 0:
        raise BenchError(f"{command[0]}: {said.stderr.strip()}")
