"""The methods of the old class about clients."""

from __future__ import annotations

import time
from typing import Any, Dict, List, Optional, Sequence, Tuple

from ..call import Call
from ..contract import clients
from ..contract.types import clients as types
from .catalog import PAGE, Catalog
from .errors import translating
from .values import Identifier, identifier, key_bytes, key_text

ClientRow = Tuple[bytes, str, Optional[bytes], str, Optional[bytes]]
# Of one call; more of them share a transaction.
IMPORTED = 10_000


def saved(client_id: Identifier, name: str, public_key_bytes: Optional[bytes],
          aes_key: Optional[bytes]) -> Call[types.SaveReply]:
    return clients.save(id=identifier(client_id), name=name,
                        public_key=key_text(public_key_bytes), session_key=key_text(aes_key))


def updated(client_id: Identifier, name: Optional[str],
            public_key: Optional[bytes]) -> Call[types.UpdateReply]:
    return clients.update(identifier(client_id), name=name, public_key=key_text(public_key))


def deleted(client_id: Identifier) -> Call[types.DeleteReply]:
    return clients.delete(identifier(client_id))


def new_client(client: Dict[str, Any]) -> types.NewClient:
    one: types.NewClient = {"name": client["name"]}
    if client.get("id") is not None:
        one["id"] = identifier(client["id"])
    if client.get("public_key") is not None:
        one["publicKey"] = key_text(client["public_key"])
    if client.get("aes_key") is not None:
        one["sessionKey"] = key_text(client["aes_key"])
    return one


class ClientRecords(Catalog):
    def load_clients_from_db(self) -> List[Tuple[bytes, str, Optional[bytes], str]]:
        """[(id, name, public key or None, last seen)]"""
        return [(bytes.fromhex(client["id"]), client["name"], key_bytes(client.get("publicKey")),
                 client["lastSeen"]) for client in self._all_clients()]

    def save_client_to_db(self, client_id: bytes, name: str,
                          public_key_bytes: Optional[bytes] = None,
                          aes_key: Optional[bytes] = None) -> None:
        """A key that is None is kept as it was. A name that another client has is refused."""
        self._call(saved(client_id, name, public_key_bytes, aes_key))

    def get_client_by_id(self, client_id: bytes) -> Optional[ClientRow]:
        """(id, name, public key, last seen, session key); each key that is given out is noted in
        the daemon's audit."""
        return self._client_row(clients.get(id=identifier(client_id)))

    def get_client_by_name(self, client_name: str) -> Optional[ClientRow]:
        return self._client_row(clients.get(name=client_name))

    def get_all_clients(self) -> List[Dict[str, Any]]:
        return [{"id": client["id"], "name": client["name"], "last_seen": client["lastSeen"]}
                for client in self._all_clients()]

    def update_client(self, client_id: bytes, name: Optional[str] = None,
                      public_key: Optional[bytes] = None) -> bool:
        """Whether the client is there. Not a sign of life: last seen stays."""
        return self._found(updated(client_id, name, public_key)) is not None

    def delete_client(self, client_id: bytes) -> bool:
        """Whether the client was there. Its file records go with it."""
        return self._found(deleted(client_id)) is not None

    def bulk_insert_clients(self, clients_data: Sequence[Dict[str, Any]]) -> Dict[str, Any]:
        """All in one transaction; those whose id or name is taken are skipped."""
        new = [new_client(client) for client in clients_data]
        counts = {"inserted": 0, "attempted": 0, "skipped": 0}
        for reply in self._imported(new):
            counts["inserted"] += reply["inserted"]
            counts["attempted"] += reply["attempted"]
            counts["skipped"] += reply["skipped"]
        return {"success": True, "data": counts, "error": None}

    def _imported(self, new: List[types.NewClient]) -> List[types.ImportReply]:
        if len(new) <= IMPORTED:
            return [self._call(clients.import_(new))] if new else []
        with translating(), self.catalog.transaction() as transaction:
            parts = [transaction.add(clients.import_(new[start:start + IMPORTED]))
                     for start in range(0, len(new), IMPORTED)]
        return [part.reply for part in parts]

    def _all_clients(self) -> List[types.Client]:
        return [client for page in self._replies(clients.list(limit=PAGE))
                for client in page["clients"]]

    def _client_row(self, call: Call[types.GetReply]) -> Optional[ClientRow]:
        begun = time.monotonic()
        reply = self._found(call)
        if reply is None:
            return None
        client = reply["client"]
        session_key = None
        if client["hasSessionKey"]:
            key = self._found(clients.get_session_key(client["id"]), self._left(begun))
            if key is None:  # deleted between the two calls
                return None
            session_key = key_bytes(key.get("sessionKey"))
        return (bytes.fromhex(client["id"]), client["name"], key_bytes(client.get("publicKey")),
                client["lastSeen"], session_key)
