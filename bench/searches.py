"""The questions that the search benchmark asks, and how long each takes."""

import json
import time

SEARCH = "io.catalogd.Files.Search"
STATISTICS = "io.catalogd.GetStatistics"

# What corpus.h puts into the names: a text, and how many of 1,000,000 records have it.
TEXTS = (("unicorn", 1), ("quarterly", 100), ("invoice", 4_000), ("holiday", 100_000),
         ("document", 1_000_000))


def first_pages(client_id):
    """{name: parameters}: one text of three characters or more, or one filter or order."""
    texts = {f"text in {found:,} records": {"text": text} for text, found in TEXTS}
    return texts | {
        "text of three characters": {"text": "nic"},
        "extension of one in eight": {"extension": "pdf"},
        "extension of one in 10,000": {"extension": ".XYZ"},
        "client": {"clientId": client_id},
        "client's name in part": {"client": "LIENT 7"},
        "modified in one day": {"modifiedFrom": "2022-03-01", "modifiedTo": "2022-03-02"},
        "modified in four years": {"modifiedFrom": "2021-01-01"},
        "size, few": {"minSize": 8_500_000_000},
        "size, two values": {"minSize": 5_000, "maxSize": 5_001},
        "size, half": {"maxSize": 100_000},
        "verified": {"verified": True},
        "not verified": {"verified": False},
        "no filter": {},
        "largest first": {"order": "largest"},
        "by name": {"order": "name"},
        "by name, descending": {"order": "nameDescending"},
    }


def combined(client_id):
    return {
        "text, extension, size, largest first": {
            "text": "holiday", "extension": "pdf", "verified": False, "minSize": 1_000,
            "order": "largest"},
        "common text, by name": {"text": "holiday", "order": "name"},
        "rare text, client, extension, by name": {
            "text": "invoice", "clientId": client_id, "extension": "xyz", "order": "name"},
    }


def slow():
    """Those that may take two seconds."""
    return {
        "one character": {"text": "q"},
        "two characters": {"text": "zz"},
        "total of two characters": {"text": "aa", "countTotal": True},
        "total of a text in all records": {"text": "document", "countTotal": True},
        "total of a text in one of ten": {"text": "holiday", "countTotal": True},
        "total of an extension": {"extension": "pdf", "countTotal": True},
    }


def percentile(times, share):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Client:
    """One connection, one call at a time."""

    def __init__(self, connection):
        self._connection = connection
        self._rest = b""

    def call(self, method, **parameters):
        self._send({"method": method, "parameters": parameters})
        return self._reply(method)["parameters"]

    def last(self, method, **parameters):
        """The last reply of a stream."""
        self._send({"method": method, "parameters": parameters, "more": True})
        reply = self._reply(method)
        while reply.get("continues"):
            reply = self._reply(method)
        return reply["parameters"]

    def _send(self, call):
        self._connection.sendall(json.dumps(call).encode() + b"\0")

    def _reply(self, method):
        while b"\0" not in self._rest:
            part = self._connection.recv(1 << 20)
            if not part:
                raise ConnectionError("catalogd closed the connection")
            self._rest += part
        frame, self._rest = self._rest.split(b"\0", 1)
        reply = json.loads(frame)
        if "error" in reply:
            raise ConnectionError(f"{method}: {reply['error']} {reply['parameters']}")
        return reply

    def milliseconds(self, method, parameters):
        before = time.perf_counter()
        self.call(method, **parameters)
        return (time.perf_counter() - before) * 1e3

    def measure(self, questions, calls):
        """{name: figures} of each question, asked that often."""
        return {name: figures([self.milliseconds(SEARCH, parameters) for _ in range(calls)])
                for name, parameters in questions.items()}


def figures(times):
    return {"p50": percentile(times, 0.5), "p99": percentile(times, 0.99), "most": max(times),
            "calls": len(times)}
