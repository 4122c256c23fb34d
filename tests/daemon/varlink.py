"""A Varlink client of the tests: blocking, with as many calls on their way as one likes."""

import json
import socket
from pathlib import Path
from typing import Any, Iterator, Optional

import schemas

PATIENCE = 60.0  # seconds; met only by a daemon that hangs
TIMEOUT = "io.catalogd.timeoutMs"


class CallFailed(Exception):
    """The reply was an error."""

    def __init__(self, error: str, parameters: dict[str, Any]) -> None:
        super().__init__(f"{error} {parameters}")
        self.error = error
        self.parameters = parameters

    @property
    def name(self) -> str:
        return self.error.rsplit(".", 1)[-1]


class Closed(Exception):
    """The daemon has closed the connection, or died."""


class Connection:
    """Replies come in the order of the calls."""

    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(PATIENCE)
        self.buffer = b""
        self.frames: list[bytes] = []
        try:
            self.socket.connect(str(path))
        except OSError:
            self.socket.close()
            raise

    def close(self) -> None:
        self.socket.close()

    def send(self, method: str, parameters: Optional[dict[str, Any]] = None,
             **keys: Any) -> None:
        """Sends a call; `keys` are those beside its parameters."""
        call = {"method": method, "parameters": parameters or {}, **keys}
        try:
            self.socket.sendall(json.dumps(call).encode() + b"\0")
        except (BrokenPipeError, ConnectionResetError):
            raise Closed from None

    def receive(self) -> dict[str, Any]:
        """The next reply, errors included."""
        while not self.frames:
            try:
                data = self.socket.recv(1 << 18)
            except ConnectionResetError:
                data = b""
            if not data:
                raise Closed
            *self.frames, self.buffer = (self.buffer + data).split(b"\0")
        return json.loads(self.frames.pop(0))

    def result(self) -> dict[str, Any]:
        """The parameters of the next reply."""
        return self.checked(self.receive())

    @staticmethod
    def checked(reply: dict[str, Any]) -> dict[str, Any]:
        parameters = reply.get("parameters", {})
        if "error" in reply:
            raise CallFailed(reply["error"], parameters)
        if "event" in parameters:
            schemas.checked(parameters["event"])
        return parameters

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self.send(method, parameters)
        return self.result()

    def stream(self, method: str, **parameters: Any) -> Iterator[dict[str, Any]]:
        self.send(method, parameters, more=True)
        continues = True
        while continues:
            reply = self.receive()
            continues = reply.get("continues", False)
            yield self.checked(reply)
