"""A process that writes to the daemon until the daemon dies, again and again.

It alone writes the records of its own clients, over one connection: what the daemon holds of them
is always what some first part of its calls makes of them. A call that was not answered is made again
once the daemon is back, under the same requestId.
"""

import base64
import os
import random
import signal
from collections import deque
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from ledger import LedgerWriter
from model import CLIENTS, FILES
from varlink import Closed, Connection

CLIENTS_EACH = 3
NAMES = 400  # of files of one client: few enough to meet again
DEPTHS = (1, 4, 16, 48)  # calls on their way at once

Call = tuple[str, dict[str, Any]]


def client_ids(writer: int) -> list[str]:
    return [f"{writer + 1:04x}{number + 1:028x}" for number in range(CLIENTS_EACH)]


class Calls:
    """An endless sequence of calls, the same for the same seed."""

    def __init__(self, writer: int, seed: int) -> None:
        self.random = random.Random(f"{seed}-{writer}")
        self.writer = writer
        self.clients = client_ids(writer)
        self.made = 0
        self.kinds = [self.save_client, self.delete_client, self.save_file, self.save_many,
                      self.set_verified, self.delete_file]

    def next(self) -> Call:
        kind, = self.random.choices(self.kinds, weights=(6, 1, 30, 30, 15, 15))
        method, parameters = kind()
        self.made += 1
        return method, {**parameters, "requestId": f"{self.writer}-{self.made:09}"}

    def bytes(self, size: int) -> str:
        return base64.b64encode(self.random.randbytes(size)).decode()

    def maybe(self, **fields: Any) -> dict[str, Any]:
        """Some of the fields."""
        return {name: value for name, value in fields.items() if self.random.random() < 0.7}

    def name(self) -> str:
        return f"file-{self.random.randrange(NAMES)}"

    def file(self, name: str) -> dict[str, Any]:
        mark = self.random.randrange(1 << 32)
        return {"name": name, "path": f"/{mark}/{name}", **self.maybe(
            verified=self.random.random() < 0.5, size=self.random.randrange(1 << 40), crc=mark,
            modified=f"2025-01-10T12:{mark % 60:02}:00.{mark % 1000:03}Z",
            mimeType=f"text/{mark}", category=f"category {mark}",
            attributes={"mark": str(mark), "filling": "x" * self.random.randrange(1500)})}

    def save_client(self) -> Call:
        number = self.random.randrange(CLIENTS_EACH)
        return CLIENTS + "Save", {
            "id": self.clients[number],
            "name": f"writer {self.writer}, client {number}, {self.random.randrange(10)}",
            **self.maybe(publicKey=self.bytes(160), sessionKey=self.bytes(32))}

    def delete_client(self) -> Call:
        return CLIENTS + "Delete", {"id": self.random.choice(self.clients)}

    def save_file(self) -> Call:
        return FILES + "Save", {"clientId": self.random.choice(self.clients),
                                "file": self.file(self.name())}

    def save_many(self) -> Call:
        numbers = self.random.sample(range(NAMES), self.random.randrange(2, 60))
        return FILES + "SaveMany", {"clientId": self.random.choice(self.clients),
                                    "files": [self.file(f"file-{number}") for number in numbers]}

    def set_verified(self) -> Call:
        return FILES + "SetVerified", {
            "clientId": self.random.choice(self.clients), "name": self.name(),
            "verified": self.random.random() < 0.5,
            **self.maybe(crc=self.random.randrange(1 << 32))}

    def delete_file(self) -> Call:
        return FILES + "Delete", {"clientId": self.random.choice(self.clients),
                                  "name": self.name()}


def write(writer: int, seed: int, socket: Path, ledger_path: Path, orders: Pipe) -> None:
    """Of the process. An order is the daemon's process id and after how many replies to kill it
    (0: never); None ends the process. Answers each order when it has connected, and again when
    the daemon has died."""
    calls = Calls(writer, seed)
    ledger = LedgerWriter(ledger_path)
    waiting: deque[Call] = deque()
    while order := orders.recv():
        pid, kill_at = order
        process = os.pidfd_open(pid)  # never another one that has its number later
        connection = Connection(socket)
        orders.send("connected")
        orders.recv()  # once all are
        write_until_it_dies(connection, calls, waiting, ledger, process, kill_at)
        os.close(process)
        orders.send("the daemon has died")


def write_until_it_dies(connection: Connection, calls: Calls, waiting: deque[Call],
                        ledger: LedgerWriter, process: int, kill_at: int) -> None:
    """`waiting`: the calls without an answer, which are made first."""
    depth = calls.random.choice(DEPTHS)
    unsent = deque(waiting)
    replies = 0
    sending = True
    try:
        while True:
            while sending and (unsent or len(waiting) < depth):
                if not unsent:
                    call = calls.next()
                    ledger.note_call(*call)
                    waiting.append(call)
                    unsent.append(call)
                try:
                    connection.send(*unsent.popleft())
                except Closed:
                    sending = False  # what it has answered is still to be read
            reply = connection.receive()
            replies += 1
            if replies == kill_at:
                kill(process)  # at once: its promise must hold already
            ledger.note_reply(reply)
            waiting.popleft()
    except Closed:
        connection.close()


def kill(process: int) -> None:
    try:
        signal.pidfd_send_signal(process, signal.SIGKILL)
    except ProcessLookupError:
        pass  # it has died already
