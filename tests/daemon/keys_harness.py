"""A daemon whose clients have session keys."""

import base64
import os
from typing import Any

from harness import DaemonTest

CLIENTS = "io.catalogd.Clients"
ROTATE = "io.catalogd.Admin.RotateKeys"


def text_of(key: bytes) -> str:
    return base64.b64encode(key).decode()


class Keys(DaemonTest):
    def session_key(self, client: str) -> bytes:
        answer = self.connect().call(f"{CLIENTS}.GetSessionKey", id=client)
        return base64.b64decode(answer["sessionKey"])

    def save_keys(self, count: int) -> dict[str, bytes]:
        """As many clients, and the session key of each."""
        keys = [os.urandom(32) for _ in range(count)]
        connection = self.connect()
        connection.call(f"{CLIENTS}.Import", clients=[
            {"id": f"{number:032x}", "name": f"client-{number}", "sessionKey": text_of(key)}
            for number, key in enumerate(keys)])
        return {f"{number:032x}": key for number, key in enumerate(keys)}

    def assert_given_out(self, keys: dict[str, bytes]) -> None:
        connection = self.connect()
        for client, key in keys.items():
            answer = connection.call(f"{CLIENTS}.GetSessionKey", id=client)
            self.assertEqual(base64.b64decode(answer["sessionKey"]), key)

    def rotate(self) -> dict[str, Any]:
        return list(self.connect().stream(ROTATE))[-1]
