"""What the calls of io.catalogd.Files take and return.

Generated from protocol/io.catalogd.Files.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Dict, List, Literal, Optional, TypedDict


class _File(TypedDict):
    id: str
    clientId: str
    clientName: str
    name: str
    path: str
    verified: bool


class File(_File, total=False):
    """id: identifier, 32 hex digits
    clientId: identifier, 32 hex digits
    size: bytes
    modified: time, RFC 3339 in UTC with milliseconds
    crc: CRC-32, 0 to 4294967295
    attributes: Anything more that the server knows of the file, as it gave it.
    """

    size: Optional[int]
    modified: Optional[str]
    crc: Optional[int]
    extension: Optional[str]
    mimeType: Optional[str]
    category: Optional[str]
    attributes: Optional[Dict[str, str]]


class _NewFile(TypedDict):
    name: str
    path: str


class NewFile(_NewFile, total=False):
    """Left out: `verified` is false, `size`, `modified` and `crc` keep the stored value where the
    record exists and are null where it does not, as do the rest. `extension` is the lower-cased
    part of the name after its last dot.

    size: bytes
    modified: time, RFC 3339 in UTC with milliseconds
    crc: CRC-32, 0 to 4294967295
    """

    verified: Optional[bool]
    size: Optional[int]
    modified: Optional[str]
    crc: Optional[int]
    mimeType: Optional[str]
    category: Optional[str]
    attributes: Optional[Dict[str, str]]


class Removal(TypedDict):
    """Stored bytes that no record names any more: `path` was dropped with its record, or replaced
    by another. Noted in the same commit, so that the server can remove the bytes whenever it
    crashes in between.

    id: identifier, 32 hex digits
    clientId: identifier, 32 hex digits
    since: time, RFC 3339 in UTC with milliseconds
    """

    id: str
    clientId: str
    path: str
    since: str


class SaveReply(TypedDict):
    file: File
    created: bool


class SaveManyReply(TypedDict):
    created: int
    updated: int


class GetReply(TypedDict):
    file: File


class SetVerifiedReply(TypedDict):
    file: File


class DeleteReply(TypedDict):
    file: File


class DeleteManyReply(TypedDict):
    deleted: int
    missing: List[str]


class _ListReply(TypedDict):
    files: List[File]


class ListReply(_ListReply, total=False):
    """next: cursor, from `next` of the page before"""

    next: Optional[str]


SearchOrder = Literal["newest", "oldest", "largest", "smallest", "name", "nameDescending"]


class _SearchReply(TypedDict):
    files: List[File]


class SearchReply(_SearchReply, total=False):
    """next: cursor, from `next` of the page before"""

    next: Optional[str]
    total: Optional[int]


class _ListRemovalsReply(TypedDict):
    removals: List[Removal]


class ListRemovalsReply(_ListRemovalsReply, total=False):
    """next: cursor, from `next` of the page before"""

    next: Optional[str]


class ConfirmRemovalsReply(TypedDict):
    confirmed: int
