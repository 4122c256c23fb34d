"""Callers that leave neither readers nor the writer of a daemon at rest."""

import multiprocessing
import threading

import records
from process import BenchError

SEARCHERS = 8
WRITERS = 8  # so that always some wait for the writer
BATCH = 100  # files in a call; a long one would keep the session's thread, and so measure that
# Names are of hexadecimal digits: a search for what none has looks at all of them.
NOWHERE = {"text": "zq"}


class Busy:
    """For as long as it is entered; in a process of its own, so that whoever measures meanwhile
    waits for no interpreter's lock."""

    def __init__(self, catalogd):
        self._catalogd = catalogd
        self._done = multiprocessing.Event()
        self._failed = multiprocessing.Event()
        self._process = multiprocessing.Process(target=self._call)

    def __enter__(self):
        self._process.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._process.join()
        if self._failed.is_set() or self._process.exitcode != 0:
            raise BenchError("a caller that is to keep the daemon busy has failed")

    def _call(self):
        calls = [("io.catalogd.Files.Search", NOWHERE)] * SEARCHERS
        calls += [("io.catalogd.Files.SaveMany", {
            "clientId": records.client_id(number),
            "files": [{"name": f"busy/{each}", "path": f"/busy/{each}"} for each in range(BATCH)]})
            for number in range(WRITERS)]
        threads = [threading.Thread(target=self._repeat, args=call) for call in calls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _repeat(self, method, parameters):
        client = self._catalogd.client()
        try:
            while not self._done.is_set():
                client.call(method, **parameters)
        except OSError:
            self._failed.set()
