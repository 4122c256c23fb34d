"""The errors of the contract, each below its class of PEP 249.

Generated from protocol/*.varlink by python/generator; do not edit.
"""

from __future__ import annotations

from typing import Dict, Type

from ..hierarchy import (
    DataError, DatabaseError, IntegrityError, InternalError, NotSupportedError, OperationalError,
    ProgrammingError
)

__all__ = [
    "AccessDenied", "AlreadyRunning", "BackupDamaged", "Busy", "ClientNotFound",
    "ConfigurationInvalid", "DeadlineExceeded", "ExpectationFailed", "ExpectedMore",
    "FileNotFound", "InterfaceNotFound", "InvalidParameter", "InvalidValue", "KeyUnavailable",
    "KeysMissing", "MethodNotFound", "MethodNotImplemented", "NameTaken", "NoNewKey",
    "NotFeasible", "NotImportable", "NotReversible", "OutcomeUnknown", "PermissionDenied",
    "QueryFailed", "ReadOnly", "RequestIdReused", "SettingFixed", "TooManySamples",
    "TransactionFailed", "UnknownBackup", "UnknownClient", "UnknownJob", "UnknownSetting",
    "UnknownTable"
]


class UnknownTable(ProgrammingError):
    """parameters: table"""
    contract_name = "io.catalogd.Admin.UnknownTable"


class UnknownSetting(ProgrammingError):
    """parameters: name"""
    contract_name = "io.catalogd.Admin.UnknownSetting"


class SettingFixed(NotSupportedError):
    """parameters: name, source, line"""
    contract_name = "io.catalogd.Admin.SettingFixed"


class ConfigurationInvalid(DataError):
    """Of Reload: everything that is wrong, each as the daemon says it at start.

    parameters: problems
    """
    contract_name = "io.catalogd.Admin.ConfigurationInvalid"


class UnknownBackup(ProgrammingError):
    """parameters: backup"""
    contract_name = "io.catalogd.Admin.UnknownBackup"


class BackupDamaged(DataError):
    """parameters: backup, reason"""
    contract_name = "io.catalogd.Admin.BackupDamaged"


class KeysMissing(NotSupportedError):
    """Session keys of the backup are sealed with these keys, of which the daemon has none.

    parameters: backup, keys
    """
    contract_name = "io.catalogd.Admin.KeysMissing"


class NotReversible(NotSupportedError):
    """parameters: version, name"""
    contract_name = "io.catalogd.Admin.NotReversible"


class QueryFailed(ProgrammingError):
    """parameters: reason"""
    contract_name = "io.catalogd.Admin.QueryFailed"


class NoNewKey(NotSupportedError):
    """Everything is sealed with the current key, and the daemon may not make another one: the key
    file is a credential, or is not the one that the daemon started with.

    parameters: reason
    """
    contract_name = "io.catalogd.Admin.NoNewKey"


class NotImportable(DataError):
    """The file is damaged, or is no database of the old server; nothing was changed.

    parameters: reason
    """
    contract_name = "io.catalogd.Admin.NotImportable"


class ClientNotFound(ProgrammingError):
    """parameters: id, name"""
    contract_name = "io.catalogd.Clients.NotFound"


class KeyUnavailable(NotSupportedError):
    """Session keys can be neither sealed nor opened: the daemon's key file is missing, or does not
    hold the key. Everything else works.

    parameters: reason
    """
    contract_name = "io.catalogd.Clients.KeyUnavailable"


class NameTaken(IntegrityError):
    """Another client has this name.

    parameters: name, id
    """
    contract_name = "io.catalogd.Clients.NameTaken"


class FileNotFound(ProgrammingError):
    """parameters: id, clientId, name"""
    contract_name = "io.catalogd.Files.NotFound"


class UnknownClient(IntegrityError):
    """parameters: clientId"""
    contract_name = "io.catalogd.Files.UnknownClient"


class UnknownJob(ProgrammingError):
    """parameters: job"""
    contract_name = "io.catalogd.Jobs.UnknownJob"


class NotFeasible(OperationalError):
    """parameters: job, reason"""
    contract_name = "io.catalogd.Jobs.NotFeasible"


class AlreadyRunning(OperationalError):
    """parameters: run"""
    contract_name = "io.catalogd.Jobs.AlreadyRunning"


class TooManySamples(DataError):
    """More samples are older than one call removes, which is `most`; before the time `before`
    there are no more than that. Trim up to it first.

    parameters: before, most
    """
    contract_name = "io.catalogd.Metrics.TooManySamples"


class TransactionFailed(IntegrityError):
    """The operation at `index` failed and nothing of the transaction was kept.

    parameters: index, error, parameters
    """
    contract_name = "io.catalogd.TransactionFailed"


class ExpectationFailed(IntegrityError):
    """The reply has no such value at `path`, "client.name" for example.

    parameters: path
    """
    contract_name = "io.catalogd.ExpectationFailed"


class InvalidValue(DataError):
    """A parameter has the right type and a wrong value.

    parameters: parameter, reason
    """
    contract_name = "io.catalogd.InvalidValue"


class Busy(OperationalError):
    """Too much is queued; nothing was done. Try again after the given time.

    parameters: retryAfterMs
    """
    contract_name = "io.catalogd.Busy"


class DeadlineExceeded(OperationalError):
    """The call's time ran out, the time it spent queued included; nothing was done.

    parameters: afterMs
    """
    contract_name = "io.catalogd.DeadlineExceeded"


class OutcomeUnknown(OperationalError):
    """The write may or may not be durable. Repeat it with the same requestId.

    parameters: requestId
    """
    contract_name = "io.catalogd.OutcomeUnknown"


class ReadOnly(OperationalError):
    """The catalog takes no such write for now: the disk is full, a restore runs …

    parameters: reason
    """
    contract_name = "io.catalogd.ReadOnly"


class RequestIdReused(ProgrammingError):
    """The requestId was used before for a different request.

    parameters: requestId
    """
    contract_name = "io.catalogd.RequestIdReused"


class AccessDenied(ProgrammingError):
    """The peer's user has a lesser role than the method needs. `setting` is the configuration key
    that would allow it.

    parameters: role, needed, setting
    """
    contract_name = "io.catalogd.AccessDenied"


class InterfaceNotFound(NotSupportedError):
    """The requested interface was not found.

    parameters: interface
    """
    contract_name = "org.varlink.service.InterfaceNotFound"


class MethodNotFound(NotSupportedError):
    """The requested method was not found

    parameters: method
    """
    contract_name = "org.varlink.service.MethodNotFound"


class MethodNotImplemented(NotSupportedError):
    """The interface defines the requested method, but the service does not implement it.

    parameters: method
    """
    contract_name = "org.varlink.service.MethodNotImplemented"


class InvalidParameter(ProgrammingError):
    """One of the passed parameters is invalid.

    parameters: parameter
    """
    contract_name = "org.varlink.service.InvalidParameter"


class PermissionDenied(ProgrammingError):
    """Client is denied access"""
    contract_name = "org.varlink.service.PermissionDenied"


class ExpectedMore(ProgrammingError):
    """Method is expected to be called with 'more' set to true, but wasn't"""
    contract_name = "org.varlink.service.ExpectedMore"


BY_NAME: Dict[str, Type[DatabaseError]] = {one.contract_name: one for one in (
    UnknownTable, UnknownSetting, SettingFixed, ConfigurationInvalid, UnknownBackup, BackupDamaged,
    KeysMissing, NotReversible, QueryFailed, NoNewKey, NotImportable, ClientNotFound,
    KeyUnavailable, NameTaken, FileNotFound, UnknownClient, UnknownJob, NotFeasible,
    AlreadyRunning, TooManySamples, TransactionFailed, ExpectationFailed, InvalidValue, Busy,
    DeadlineExceeded, OutcomeUnknown, ReadOnly, RequestIdReused, AccessDenied, InterfaceNotFound,
    MethodNotFound, MethodNotImplemented, InvalidParameter, PermissionDenied, ExpectedMore
)}
BY_NAME["io.catalogd.InternalError"] = InternalError
