"""What the calls of io.catalogd take and return.

Generated from protocol/io.catalogd.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict


class _Operation(TypedDict):
    method: str


class Operation(_Operation, total=False):
    """One call inside a transaction. `expect` names values that the reply must contain: objects as
    subsets, at every depth; arrays and scalars equal. Where it does not, the operation has
    failed with ExpectationFailed.
    """

    parameters: Optional[Dict[str, Any]]
    expect: Optional[Dict[str, Any]]
    onError: Optional[Literal["abort", "continue"]]


class Outcome(TypedDict, total=False):
    """One operation's outcome: its reply, or the error that it ended with."""

    parameters: Optional[Dict[str, Any]]
    error: Optional[str]


class _Statistics(TypedDict):
    clients: int
    clientsWithKeys: int
    files: int
    verifiedFiles: int
    bytes: int
    verifiedBytes: int
    bytesTransferred: int
    databaseBytes: int
    walBytes: int
    freeBytes: int
    asOf: str


class Statistics(_Statistics, total=False):
    """clientsWithKeys: Those with a public key.
    bytes: bytes
    verifiedBytes: bytes
    averageFileBytes: bytes; Of the files whose size is known.
    smallestFileBytes: bytes
    largestFileBytes: bytes
    averageDaysSinceSeen: days
    bytesTransferred: Adds the size whenever a record becomes verified, or a verified one is
    saved with another crc, size or time; starts at verifiedBytes after an import. It never
    falls, whatever is deleted; only a restore takes it back.
    databaseBytes: bytes; The database file and its write-ahead log, and what a vacuum would
    free.
    walBytes: bytes
    freeBytes: bytes
    asOf: time, RFC 3339 in UTC with milliseconds
    """

    averageFileBytes: Optional[float]
    smallestFileBytes: Optional[int]
    largestFileBytes: Optional[int]
    averageDaysSinceSeen: Optional[float]


class TransactionReply(TypedDict):
    results: List[Outcome]


class GetStatisticsReply(TypedDict):
    statistics: Statistics


class WatchReply(TypedDict):
    """cursor: cursor, from `next` of the page before
    clientIds: identifiers, 32 hex digits each
    """

    cursor: str
    clientIds: List[str]
    reset: bool
