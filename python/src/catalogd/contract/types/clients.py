"""What the calls of io.catalogd.Clients take and return.

Generated from protocol/io.catalogd.Clients.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import List, Literal, Optional, TypedDict


class _Client(TypedDict):
    id: str
    name: str
    lastSeen: str
    hasSessionKey: bool
    files: int
    verifiedFiles: int
    bytes: int


class Client(_Client, total=False):
    """id: identifier, 32 hex digits
    publicKey: key, base64 of 160 bytes
    lastSeen: time, RFC 3339 in UTC with milliseconds
    bytes: bytes
    """

    publicKey: Optional[str]


class _NewClient(TypedDict):
    name: str


class NewClient(_NewClient, total=False):
    """`id` absent: the daemon makes one. `lastSeen` absent: now.

    id: identifier, 32 hex digits
    publicKey: key, base64 of 160 bytes
    sessionKey: key, base64 of 32 bytes
    lastSeen: time, RFC 3339 in UTC with milliseconds
    """

    id: Optional[str]
    publicKey: Optional[str]
    sessionKey: Optional[str]
    lastSeen: Optional[str]


class SaveReply(TypedDict):
    client: Client
    created: bool


class GetReply(TypedDict):
    client: Client


class GetSessionKeyReply(TypedDict, total=False):
    """sessionKey: key, base64 of 32 bytes"""

    sessionKey: Optional[str]


ListOrder = Literal["name", "newest", "oldest", "mostFiles", "mostBytes"]


class _ListReply(TypedDict):
    clients: List[Client]


class ListReply(_ListReply, total=False):
    """next: cursor, from `next` of the page before"""

    next: Optional[str]
    total: Optional[int]


class UpdateReply(TypedDict):
    client: Client


class TouchReply(TypedDict):
    """Nothing."""


class DeleteReply(TypedDict):
    deletedFiles: int


class DeleteManyReply(TypedDict):
    deletedClients: int
    deletedFiles: int
    missing: List[str]


class ImportReply(TypedDict):
    inserted: int
    attempted: int
    skipped: int
    skippedNames: List[str]
