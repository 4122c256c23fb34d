"""The other end of HTTP and of a WebSocket: as much of them as the tests need, byte for byte."""

import base64
import json
import os
import socket
import struct
import time
from typing import Any, Iterator, Optional

import schemas
from harness import PATIENCE

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Closed(ConnectionError):
    """The daemon has closed the connection; `code` where it said why."""

    def __init__(self, code: Optional[int] = None) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class Response:
    def __init__(self, head: bytes, rest: bytes, peer: "Http") -> None:
        line, *fields = head.decode().split("\r\n")
        self.status = int(line.split()[1])
        self.fields = {name.lower(): value for name, value in
                       (field.split(": ", 1) for field in fields)}
        length = int(self.fields.get("content-length", 0))
        while len(rest) < length:
            rest += peer.some()
        self.body, peer.received = rest[:length].decode(), rest[length:]


class Http:
    """One connection. With a small window little fits between it and a daemon whose words it does
    not take: as if a network lay between them."""

    def __init__(self, address: str, small_window: bool = False) -> None:
        host, _, port = address.rpartition(":")
        self.address = address
        self.socket = socket.socket()
        self.socket.settimeout(PATIENCE)
        if small_window:
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.connect((host, int(port)))
        self.received = b""

    def close(self) -> None:
        self.socket.close()

    def some(self) -> bytes:
        data = self.socket.recv(65536)
        if not data:
            raise Closed()
        return data

    def exactly(self, count: int) -> bytes:
        while len(self.received) < count:
            self.received += self.some()
        data, self.received = self.received[:count], self.received[count:]
        return data

    def response(self) -> Response:
        while b"\r\n\r\n" not in self.received:
            self.received += self.some()
        head, _, rest = self.received.partition(b"\r\n\r\n")
        return Response(head, rest, self)

    def ask(self, target: str, method: str = "GET", **fields: str) -> Response:
        """Names of fields with _ for -."""
        lines = {"Host": self.address, **{key.replace("_", "-"): value
                                          for key, value in fields.items()}}
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.socket.sendall(f"{method} {target} HTTP/1.1\r\n{text}\r\n".encode())
        return self.response()

    def upgrade(self, target: str = "/v1/events", **fields: str) -> Response:
        key = base64.b64encode(os.urandom(16)).decode()
        return self.ask(target, **{
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Key": key,
            "Sec_WebSocket_Version": "13", "Sec_WebSocket_Protocol": "cloudevents.json", **fields})


class Events(Http):
    """A WebSocket of events."""

    def __init__(self, address: str, target: str = "/v1/events", small_window: bool = False,
                 **fields: str) -> None:
        super().__init__(address, small_window)
        schemas.ask_for_all(self)
        response = self.upgrade(target, **fields)
        if response.status != 101:
            raise Closed(response.status)

    def frame(self) -> tuple[int, bytes]:
        first, second = self.exactly(2)
        length = second & 0x7F
        if length == 126:
            length = struct.unpack(">H", self.exactly(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", self.exactly(8))[0]
        return first & 0x0F, self.exactly(length)

    def send(self, kind: int, data: bytes = b"") -> None:
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))
        self.socket.sendall(bytes([0x80 | kind, 0x80 | len(data)]) + mask + masked)

    def event(self) -> dict[str, Any]:
        while True:
            kind, data = self.frame()
            if kind == TEXT:
                return schemas.checked(json.loads(data))
            if kind == PING:
                self.send(PONG, data)
            if kind == CLOSE:
                raise Closed(struct.unpack(">H", data[:2])[0] if data else None)

    def up_to(self, kind: str) -> Iterator[dict[str, Any]]:
        """Each event up to the next one of this type. Heartbeats keep nobody waiting for one that
        does not come."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            event = self.event()
            yield event
            if event["type"] == f"io.catalogd.{kind}":
                return
        raise AssertionError(f"no {kind} has come in {PATIENCE:.0f} s")

    def until(self, kind: str) -> dict[str, Any]:
        *_, event = self.up_to(kind)
        return event
