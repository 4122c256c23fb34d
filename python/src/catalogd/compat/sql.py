"""SQL of the old module's callers: reads go to the daemon, which knows tables and columns by their
old names; writes are refused, and the error names what to call instead."""

from __future__ import annotations

import base64
import re
from typing import Any, Iterator, List, Optional, Sequence, Tuple

from ..contract import admin
from ..contract.types.admin import Cell
from .catalog import Catalog
from .errors import InvalidValue, ProgrammingError

ROWS = 1000
IDENTIFIER = 16  # bytes; the daemon's tables show them as hex digits
COMMENTS = re.compile(r"--[^\n]*(\n|$)|/\*.*?\*/", re.DOTALL)
READS = re.compile(r"(SELECT|WITH|VALUES|EXPLAIN|PRAGMA)\b", re.IGNORECASE)
# A write's first words, and what does the same.
INSTEAD = (
    (r"(INSERT|REPLACE).*\bclients\b", "save_client_to_db or bulk_insert_clients"),
    (r"(INSERT|REPLACE).*\bfiles\b", "save_file_info_to_db"),
    (r"(INSERT|REPLACE).*\bmetrics_history\b", "record_metric"),
    (r"UPDATE.*\bclients\b", "update_client"),
    (r"UPDATE.*\bfiles\b", "update_file_verification or save_file_info_to_db"),
    (r"DELETE.*\bclients\b", "delete_client"),
    (r"DELETE.*\bfiles\b", "delete_file"),
    (r"DELETE.*\bmetrics_history\b", "cleanup_old_metrics"),
    (r"VACUUM|ANALYZE|REINDEX", "optimize_database"),
    (r"BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE", "transaction()"),
    (r"CREATE|ALTER|DROP", "a migration of catalogd"),
)
Parameters = Sequence[Any]
Row = Tuple[Any, ...]


def without_comments(query: str) -> str:
    return " ".join(COMMENTS.sub(" ", query).split())


def refused(query: str) -> ProgrammingError:
    words = without_comments(query)
    instead = next((name for pattern, name in INSTEAD if re.match(pattern, words, re.IGNORECASE)),
                   "a method of DatabaseManager")
    return ProgrammingError(f"SQL only reads here; for {words.split(' ')[0] or 'this'} "
                            f"use {instead}")


def cell_of(value: Any) -> Cell:
    if value is None:
        return {}
    if isinstance(value, bool):
        return {"int": int(value)}
    if isinstance(value, int):
        return {"int": value}
    if isinstance(value, float):
        return {"float": value}
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, (bytes, bytearray, memoryview)):
        if len(value) == IDENTIFIER:
            return {"text": bytes(value).hex()}
        return {"bytes": base64.b64encode(value).decode("ascii")}
    raise InvalidValue(f"no value of SQLite: {type(value).__name__}")


def value_of(cell: Cell) -> Any:
    """A number without a fraction may come as one: the field tells what it is."""
    number = cell.get("float")
    if number is not None:
        return float(number)
    data = cell.get("bytes")
    if data is not None:
        return base64.b64decode(data)
    return cell.get("int") if cell.get("text") is None else cell.get("text")


class Cursor:
    """The rows of a read."""

    def __init__(self, columns: List[str], rows: List[Row]) -> None:
        self.columns = columns
        self.description = [(name, None, None, None, None, None, None) for name in columns]
        self._rows = iter(rows)

    def fetchone(self) -> Optional[Row]:
        return next(self._rows, None)

    def fetchall(self) -> List[Row]:
        return list(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return self._rows


class Statements(Catalog):
    def execute(self, query: str, params: Parameters = (), commit: bool = False,
                fetchone: bool = False, fetchall: bool = False) -> Any:
        """One row or None with `fetchone`, a list of rows with `fetchall`, None otherwise. At
        most 1,000 rows: more of them raise, they are not cut."""
        cursor = self._read(query, params, whole=not fetchone)
        if fetchone:
            return cursor.fetchone()
        return cursor.fetchall() if fetchall else None

    def execute_many(self, query: str, param_list: Sequence[Parameters],
                     commit: bool = True) -> bool:
        """Refused, whatever it is: only writes make sense many times."""
        raise refused(query)

    def _read(self, query: str, params: Parameters = (), *, whole: bool = True) -> Cursor:
        if not READS.match(without_comments(query)):
            raise refused(query)
        cells = [cell_of(value) for value in params]
        reply = self._call(admin.query(query, parameters=cells or None, limit=ROWS))
        if whole and reply["truncated"]:
            raise ProgrammingError(f"more than {ROWS:,} rows: add LIMIT and OFFSET, or use "
                                   "get_all_files, get_all_clients or catalogd.files.list")
        return Cursor(reply["columns"], [tuple(map(value_of, row["cells"]))
                                         for row in reply["rows"]])
