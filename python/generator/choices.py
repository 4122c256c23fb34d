"""What the contract leaves to each language: which class of PEP 249 an error is, and in which
words a docstring says the unit of a field. Tests hold both against the contract."""

from __future__ import annotations

import re
from typing import Optional

# Which of PEP 249's classes each error is. Only what may go away by itself is operational:
# callers retry that.
BASES = {
    "Busy": "OperationalError",
    "DeadlineExceeded": "OperationalError",
    "OutcomeUnknown": "OperationalError",
    "ReadOnly": "OperationalError",
    "AlreadyRunning": "OperationalError",
    "NotFeasible": "OperationalError",
    "InvalidValue": "DataError",
    "ConfigurationInvalid": "DataError",
    "NotImportable": "DataError",
    "TooManySamples": "DataError",
    "BackupDamaged": "DataError",
    "UnknownClient": "IntegrityError",
    "NameTaken": "IntegrityError",
    "ExpectationFailed": "IntegrityError",
    "TransactionFailed": "IntegrityError",
    "InternalError": "InternalError",
    "InterfaceNotFound": "NotSupportedError",
    "MethodNotFound": "NotSupportedError",
    "KeyUnavailable": "NotSupportedError",
    "KeysMissing": "NotSupportedError",
    "MethodNotImplemented": "NotSupportedError",
    "NoNewKey": "NotSupportedError",
    "NotReversible": "NotSupportedError",
    "SettingFixed": "NotSupportedError",
    "AccessDenied": "ProgrammingError",
    "ExpectedMore": "ProgrammingError",
    "InvalidParameter": "ProgrammingError",
    "NotFound": "ProgrammingError",
    "PermissionDenied": "ProgrammingError",
    "QueryFailed": "ProgrammingError",
    "RequestIdReused": "ProgrammingError",
    "UnknownBackup": "ProgrammingError",
    "UnknownJob": "ProgrammingError",
    "UnknownSetting": "ProgrammingError",
    "UnknownTable": "ProgrammingError",
}

# A method with a requestId may be repeated under it; one whose name begins so changes nothing.
READS = re.compile(r"Forecast|Get|History|List|Query|Read|Search|Verify|Watch")

_TIME = "time, RFC 3339 in UTC with milliseconds"

UNITS = (
    (r"id|clientId", "identifier, 32 hex digits"),
    (r"ids|clientIds", "identifiers, 32 hex digits each"),
    (r"publicKey", "key, base64 of 160 bytes"),
    (r"sessionKey", "key, base64 of 32 bytes"),
    (r"lastSeen|modified(From|To)?|at|since|before|from|to|until|asOf|lastCleanup|nextRun|nextFullRun|heldUntil"
     r"|\w+At", _TIME),
    (r"size|\w*[bB]ytes|bytesFreed|diskNeeded|minSize|maxSize|offset", "bytes"),
    (r"crc", "CRC-32, 0 to 4294967295"),
    (r"limit", "1 to 1,000, 100 where left out"),
    (r"after|next|cursor", "cursor, from `next` of the page before"),
    (r"requestId", "1 to 64 bytes; the client makes one where it is left out"),
    (r"\w*Ms", "milliseconds"),
    (r"seconds|\w+Seconds", "seconds"),
    (r"progress|utilization", "0 to 1"),
    (r"averageDaysSinceSeen", "days"),
    (r"schemaVersion|version|toVersion", "number of the schema"),
)
# The same word is something else there.
ELSEWHERE = {
    ("io.catalogd.Jobs", "id"): "number of the run",
}


def unit(interface: str, field: str, type_name: str) -> Optional[str]:
    """The unit of a field, where its name tells one."""
    if (interface, field) in ELSEWHERE:
        return ELSEWHERE[interface, field]
    if type_name == "bool":
        return None
    return next((text for pattern, text in UNITS if re.fullmatch(pattern, field)), None)
