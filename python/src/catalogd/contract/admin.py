"""For the operator: settings, audit, schema, queries. Role admin, but for what says otherwise.

Generated from protocol/io.catalogd.Admin.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Optional, Sequence

from ..call import Call, Repeat
from .types.admin import (Cell, DeleteBackupReply, GetTableRowsReply, GetTableSchemaReply,
                          ImportDatabaseReply, ListAuditReply, ListBackupsReply,
                          ListMigrationsReply, ListSettingsReply, ListTablesReply, QueryReply,
                          QueryStatisticsReply, ReadBackupReply, ReloadReply, RestoreReply,
                          RollbackReply, RotateKeysReply, SetSettingReply, VerifyAuditReply)


def list_settings() -> Call[ListSettingsReply]:
    """io.catalogd.Admin.ListSettings

    Returns: settings.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.ListSettings", Repeat.FREELY, {})


def set_setting(name: str, *, value: Optional[str] = None,
                request_id: Optional[str] = None) -> Call[SetSettingReply]:
    """Kept in the catalog; takes effect at once unless needsRestart; null goes back to the
    default. Order: default, catalog, file, environment, flag; a key that a later one sets is
    SettingFixed, and so is one that is needed before the catalog is open. Values are written as
    in the configuration file.

    request_id: 1 to 64 bytes; the client makes one where it is left out
    Returns: setting.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.SetSetting", Repeat.WITH_ID, {"name": name, "value": value,
                                                                 "requestId": request_id})


def reload() -> Call[ReloadReply]:
    """Reads the configuration file again; on any error the old one stays in force. `changed`:
    settings that have another value than before; `needRestart`: those whose value is not in
    force before the daemon starts anew, from earlier changes too.

    Returns: changed, needRestart.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.Reload", Repeat.NEVER, {})


def list_audit(*, after: Optional[str] = None,
               limit: Optional[int] = None) -> Call[ListAuditReply]:
    """Newest first. Equal refusals of one user fold into one entry a minute. After a restore the
    chain begins with the restore, which names the last hash before it.

    after: cursor, from `next` of the page before
    limit: 1 to 1,000, 100 where left out
    Returns: entries, next.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.ListAudit", Repeat.FREELY, {"after": after, "limit": limit})


def verify_audit() -> Call[VerifyAuditReply]:
    """Walks the chain from its anchor, the hash of the last entry that retention removed; `broken`
    is the first entry whose hash does not fit.

    Returns: entries, broken.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.VerifyAudit", Repeat.FREELY, {})


def query_statistics(*, limit: Optional[int] = None) -> Call[QueryStatisticsReply]:
    """What took most time of all comes first. Kept across restarts.

    limit: 1 to 1,000, 100 where left out
    Returns: statistics.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.QueryStatistics", Repeat.FREELY, {"limit": limit})


def list_migrations() -> Call[ListMigrationsReply]:
    """io.catalogd.Admin.ListMigrations

    Returns: migrations, schemaVersion.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.ListMigrations", Repeat.FREELY, {})


def rollback(to_version: int) -> Call[RollbackReply]:
    """Back to the given version, after a backup; refused where a step is not reversible. The
    daemon stops afterwards, since it cannot serve an older schema; started again, it goes
    forward.

    to_version: number of the schema
    Returns: schemaVersion, backup.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.Rollback", Repeat.NEVER, {"toVersion": to_version})


def list_tables() -> Call[ListTablesReply]:
    """Role write.

    Returns: tables.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.ListTables", Repeat.FREELY, {})


def get_table_schema(table: str) -> Call[GetTableSchemaReply]:
    """Role write.

    Returns: columns.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.GetTableSchema", Repeat.FREELY, {"table": table})


def get_table_rows(table: str, *, after: Optional[str] = None,
                   limit: Optional[int] = None) -> Call[GetTableRowsReply]:
    """Role write. Secrets never appear. Tables and columns have the names of the old database:
    clients, files, metrics_history and what is in them.

    after: cursor, from `next` of the page before
    limit: 1 to 1,000, 100 where left out
    Returns: columns, rows, next.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.GetTableRows", Repeat.FREELY, {"table": table, "after": after,
                                                                  "limit": limit})


def query(sql: str, *, parameters: Optional[Sequence[Cell]] = None,
          limit: Optional[int] = None) -> Call[QueryReply]:
    """One read-only statement, on a read-only connection, under a deadline. Sees the same tables
    and columns as GetTableRows.

    limit: 1 to 1,000, 100 where left out
    Returns: columns, rows, truncated.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.Query", Repeat.FREELY, {"sql": sql, "parameters": parameters,
                                                           "limit": limit})


def list_backups() -> Call[ListBackupsReply]:
    """Newest first. `proven`: restored to a scratch copy, checked, and found equal.

    Returns: backups.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.ListBackups", Repeat.FREELY, {})


def restore(backup: str, *, without_keys: Optional[bool] = None) -> Call[RestoreReply]:
    """Replaces the catalog by a backup: checks it first, keeps the present catalog as a backup of
    its own, and swaps only when all is well. Until it has, reads go on in the present catalog;
    writes get ReadOnly from when that is being kept. A backup of an older schema is brought to
    the present one; one of a newer schema is InvalidValue. KeysMissing, unless `withoutKeys`,
    where not all of its session keys could be read. NotFeasible where the disk has too little
    room.
    [Supports 'more' flag] Progress comes first.

    Returns: schemaVersion, previous, progress.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.Restore", Repeat.NEVER, {"backup": backup,
                                                            "withoutKeys": without_keys})


def read_backup(backup: str, *, offset: Optional[int] = None) -> Call[ReadBackupReply]:
    """[Supports 'more' flag] The whole backup, in chunks of at most 4 MiB; without `more` one
    chunk. `data` is base64, `bytes` the size of the whole. The chunk at offset 0 brings the
    text that was noted of the backup: it belongs into a file beside it.

    offset: bytes
    Returns: data, offset, bytes, manifest.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.ReadBackup", Repeat.FREELY, {"backup": backup,
                                                                "offset": offset})


def delete_backup(backup: str) -> Call[DeleteBackupReply]:
    """io.catalogd.Admin.DeleteBackup

    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.DeleteBackup", Repeat.NEVER, {"backup": backup})


def import_database(path: str, *, dry_run: Optional[bool] = None) -> Call[ImportDatabaseReply]:
    """Role admin. Reads an old database, never changing it, and brings it over; see the old
    module's seven schema versions. `path` is a copy that the daemon can read, its write-ahead
    log beside it. What the catalog has already stays as it is: importing twice changes nothing,
    and importing again after a failure does the rest. The report:
      schema      of the old database: oldest, base, migration 1 … migration 5
      dryRun      whether nothing was written
      tables      of each: table; read, the number of its rows, each of which was either
                  imported, merged (into a record with others), present (its record was
                  in the catalog already) or set aside, the first three as numbers;
                  setAside, reasons with counts: [{reason, count}];
                  valuesSetAside, the same of single values of rows that came over
      sideReport  the file with all that was set aside, where anything was
    [Supports 'more' flag] Progress comes first.

    Returns: report, progress.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.ImportDatabase", Repeat.NEVER, {"path": path,
                                                                   "dryRun": dry_run})


def rotate_keys() -> Call[RotateKeysReply]:
    """Makes a new key-encryption key and seals every stored session key anew with it; where an
    earlier rotation was broken off, or a new key was put in front of the key file, goes on with
    that one, and newKey is false. Backups open with the keys before it, which the key file
    keeps.
    [Supports 'more' flag] Progress comes first.

    Returns: resealed, newKey, progress.
    Errors beside those of every call: UnknownTable, UnknownSetting, SettingFixed,
    ConfigurationInvalid, UnknownBackup, BackupDamaged, KeysMissing, NotReversible, QueryFailed,
    NoNewKey, NotImportable.
    """
    return Call("io.catalogd.Admin.RotateKeys", Repeat.NEVER, {})
