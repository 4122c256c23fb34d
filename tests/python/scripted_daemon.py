"""A peer on a real socket that does what a test tells it, and keeps what it was sent."""

from __future__ import annotations

import contextlib
import json
import socket
import tempfile
import threading
from pathlib import Path
from typing import Any, Dict, List

Reply = Any  # what is sent as JSON, or a function that makes it of the calls so far
CLOSE = None


class ScriptedDaemon:
    """Answers each call by the next of `replies`, on whichever connection it comes; CLOSE closes
    that connection instead, SILENCE leaves the caller waiting, and ENDLESS sends a reply that never
    ends."""

    SILENCE: Dict[str, Any] = {"silence": True}
    ENDLESS: Dict[str, Any] = {"endless": True}

    def __init__(self, *replies: Reply) -> None:
        self.calls: List[Dict[str, Any]] = []
        self.connections = 0
        self._replies = list(replies)
        self._folder = tempfile.TemporaryDirectory(prefix="catalogd-")
        self.socket = str(Path(self._folder.name) / "socket")
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(self.socket)
        self._listening.listen()
        self._open: List[socket.socket] = []
        self._serving = threading.Thread(target=self._serve)

    def __enter__(self) -> ScriptedDaemon:
        self._serving.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._serving.join()
        self._listening.close()
        for connection in self._open:
            connection.close()
        self._folder.cleanup()

    @property
    def request_ids(self) -> List[Any]:
        return [call.get("parameters", {}).get("requestId") for call in self.calls]

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        received = b""
        with contextlib.suppress(OSError):  # the client has gone
            while True:
                data = connection.recv(65536)
                if not data:
                    return
                *frames, received = (received + data).split(b"\0")
                for frame in frames:
                    self.calls.append(json.loads(frame))
                    self._send(connection, self._replies.pop(0) if self._replies else CLOSE)

    def _send(self, connection: socket.socket, reply: Reply) -> None:
        """A stream's replies are all of them answers to one call."""
        while reply is self.ENDLESS:
            connection.send(b" ")
        while reply is not self.SILENCE:
            message = reply(self.calls) if callable(reply) else reply
            if message is CLOSE:
                connection.shutdown(socket.SHUT_RDWR)
                raise OSError("closed")
            connection.sendall(json.dumps(message).encode() + b"\0")
            if not (isinstance(message, dict) and message.get("continues")):
                return
            reply = self._replies.pop(0)
