"""What the calls of io.catalogd.Admin take and return.

Generated from protocol/io.catalogd.Admin.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, TypedDict


class Setting(TypedDict):
    name: str
    value: str
    source: str
    needsRestart: bool
    description: str


class _AuditEntry(TypedDict):
    sequence: int
    at: str
    uid: int
    pid: int
    method: str
    outcome: str
    hash: str


class AuditEntry(_AuditEntry, total=False):
    """at: time, RFC 3339 in UTC with milliseconds
    hash: Each entry's hash covers the one before it.
    """

    subject: Optional[str]


class QueryStatistic(TypedDict):
    """`statement` is a name of catalogd's own, or "(query)" for all calls of Query together.
    `rows`: returned or changed. `p99Ms` is exact to an eighth. `fullScans`: steps from row to
    row of a table that no index led to.

    totalMs: milliseconds
    meanMs: milliseconds
    p99Ms: milliseconds
    maxMs: milliseconds
    since: time, RFC 3339 in UTC with milliseconds
    """

    statement: str
    calls: int
    rows: int
    totalMs: float
    meanMs: float
    p99Ms: float
    maxMs: float
    fullScans: int
    since: str


Cell = TypedDict("Cell", {"int": Optional[int], "float": Optional[float], "text": Optional[str],
                          "bytes": Optional[str]}, total=False)


class Row(TypedDict):
    cells: List[Cell]


class _Column(TypedDict):
    name: str
    type: str
    notNull: bool
    primaryKey: bool


class Column(_Column, total=False):
    defaultValue: Optional[str]


class _Backup(TypedDict):
    name: str
    createdAt: str
    bytes: int
    sha256: str
    schemaVersion: int
    proven: bool


class Backup(_Backup, total=False):
    """createdAt: time, RFC 3339 in UTC with milliseconds
    bytes: bytes
    sha256: Empty, as schemaVersion is 0, where what was noted of the backup is lost.
    schemaVersion: number of the schema
    provenAt: time, RFC 3339 in UTC with milliseconds
    problem: Why it cannot be restored, as far as a look at the folder tells.
    """

    provenAt: Optional[str]
    problem: Optional[str]


class _Migration(TypedDict):
    version: int
    name: str
    reversible: bool
    checksum: str


class Migration(_Migration, total=False):
    """version: number of the schema
    appliedAt: time, RFC 3339 in UTC with milliseconds
    """

    appliedAt: Optional[str]


class ListSettingsReply(TypedDict):
    settings: List[Setting]


class SetSettingReply(TypedDict):
    setting: Setting


class ReloadReply(TypedDict):
    changed: List[str]
    needRestart: List[str]


class _ListAuditReply(TypedDict):
    entries: List[AuditEntry]


class ListAuditReply(_ListAuditReply, total=False):
    """next: cursor, from `next` of the page before"""

    next: Optional[str]


class _VerifyAuditReply(TypedDict):
    entries: int


class VerifyAuditReply(_VerifyAuditReply, total=False):
    broken: Optional[int]


class QueryStatisticsReply(TypedDict):
    statistics: List[QueryStatistic]


class ListMigrationsReply(TypedDict):
    """schemaVersion: number of the schema"""

    migrations: List[Migration]
    schemaVersion: int


class RollbackReply(TypedDict):
    """schemaVersion: number of the schema"""

    schemaVersion: int
    backup: str


class ListTablesReply(TypedDict):
    tables: List[str]


class GetTableSchemaReply(TypedDict):
    columns: List[Column]


class _GetTableRowsReply(TypedDict):
    columns: List[str]
    rows: List[Row]


class GetTableRowsReply(_GetTableRowsReply, total=False):
    """next: cursor, from `next` of the page before"""

    next: Optional[str]


class QueryReply(TypedDict):
    columns: List[str]
    rows: List[Row]
    truncated: bool


class ListBackupsReply(TypedDict):
    backups: List[Backup]


class RestoreReply(TypedDict, total=False):
    """schemaVersion: number of the schema
    progress: 0 to 1
    """

    schemaVersion: Optional[int]
    previous: Optional[str]
    progress: Optional[float]


class _ReadBackupReply(TypedDict):
    data: str
    offset: int
    bytes: int


class ReadBackupReply(_ReadBackupReply, total=False):
    """offset: bytes
    bytes: bytes
    """

    manifest: Optional[str]


class DeleteBackupReply(TypedDict):
    """Nothing."""


class ImportDatabaseReply(TypedDict, total=False):
    """progress: 0 to 1"""

    report: Optional[Dict[str, Any]]
    progress: Optional[float]


class RotateKeysReply(TypedDict, total=False):
    """progress: 0 to 1"""

    resealed: Optional[int]
    newKey: Optional[bool]
    progress: Optional[float]
