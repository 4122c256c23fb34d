"""What the calls of io.catalogd.Health take and return.

Generated from protocol/io.catalogd.Health.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict


class _Check(TypedDict):
    name: str
    status: Literal["pass", "warn", "fail"]
    since: str


class Check(_Check, total=False):
    """name: writer, readers, queue, database-size, wal-size, disk-free, integrity, foreign-keys,
    orphans, backup, jobs, subscribers
    warnAt: time, RFC 3339 in UTC with milliseconds
    failAt: time, RFC 3339 in UTC with milliseconds
    since: time, RFC 3339 in UTC with milliseconds
    """

    observed: Optional[float]
    unit: Optional[str]
    warnAt: Optional[float]
    failAt: Optional[float]
    reason: Optional[str]
    recommendation: Optional[str]


class _Pool(TypedDict):
    readers: int
    active: int
    available: int
    peakActive: int
    utilization: float
    queued: int
    exhaustionEvents: int
    connectionsOpened: int
    connectionsClosed: int
    averageConnectionAgeSeconds: float
    oldestConnectionAgeSeconds: float
    maxAgeSeconds: float
    longestRunningMs: float
    staleClosed: int
    cleanups: int


class Pool(_Pool, total=False):
    """utilization: 0 to 1; 0 to 1
    exhaustionEvents: Calls that found the queue full.
    averageConnectionAgeSeconds: seconds
    oldestConnectionAgeSeconds: seconds
    maxAgeSeconds: seconds
    longestRunningMs: milliseconds; The longest of the requests now running, from when it began
    to run.
    staleClosed: Connections replaced for their age, or after a failure.
    lastCleanup: time, RFC 3339 in UTC with milliseconds
    """

    lastCleanup: Optional[str]


class Writer(TypedDict):
    """batchSize: Operations per commit, mean over the last minute.
    commitP50Ms: milliseconds
    commitP99Ms: milliseconds
    """

    queued: int
    commits: int
    operations: int
    batchSize: float
    commitP50Ms: float
    commitP99Ms: float


class Health(TypedDict):
    """score: 100 is perfect.
    databaseBytes: bytes
    walBytes: bytes
    diskFreeBytes: bytes
    schemaVersion: number of the schema
    version: number of the schema
    startedAt: time, RFC 3339 in UTC with milliseconds
    uptimeSeconds: seconds
    """

    status: Literal["pass", "warn", "fail"]
    score: int
    checks: List[Check]
    warnings: List[str]
    recommendations: List[str]
    pool: Pool
    writer: Writer
    databaseBytes: int
    walBytes: int
    diskFreeBytes: int
    tables: int
    indexes: int
    schemaVersion: int
    version: str
    startedAt: str
    uptimeSeconds: float


class GetReply(TypedDict):
    health: Health


class WatchReply(TypedDict):
    event: Dict[str, Any]
