"""The methods of the old class that browse and edit tables. Which columns may be edited is a list;
everything else is refused."""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Optional, Tuple

from .. import errors
from ..call import Call
from ..contract import admin, clients, files
from ..contract.types.files import File, NewFile
from ..transaction import Transaction
from .catalog import PAGE
from .errors import InvalidValue, ProgrammingError, translating
from .sql import Statements, value_of
from .values import identifier, key_text, number, time_text

FOUND_AT_MOST = 1000
IDENTIFIERS = ("ID", "ClientID")
log = logging.getLogger(__name__)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class Tables(Statements):
    def get_table_names(self) -> List[str]:
        return self._call(admin.list_tables())["tables"]

    def get_table_schema(self, table_name: str) -> List[Dict[str, Any]]:
        columns = self._call(admin.get_table_schema(table_name))["columns"]
        return [{"cid": position, "name": column["name"], "type": column["type"],
                 "notnull": column["notNull"], "default": column.get("defaultValue"),
                 "pk": column["primaryKey"]} for position, column in enumerate(columns)]

    def get_table_content(self, table_name: str) -> Tuple[List[str], List[Dict[str, Any]]]:
        """The first 1,000 rows; bytes as hex, NULL as ""."""
        rows: List[Dict[str, Any]] = []
        call = admin.get_table_rows(table_name, limit=PAGE)
        while True:
            page = self._call(call)
            rows += [dict(zip(page["columns"], (shown(value_of(cell)) for cell in row["cells"])))
                     for row in page["rows"]]
            following = page.get("next")
            if following is None or len(rows) >= FOUND_AT_MOST:
                break
            call = call.changed(after=following)
        if following is not None or len(rows) > FOUND_AT_MOST:
            log.warning("get_table_content(%r): only the first %d rows are returned; "
                        "catalogd.admin.get_table_rows has all", table_name, FOUND_AT_MOST)
        return page["columns"], rows[:FOUND_AT_MOST]

    def get_row_by_primary_key(self, table_name: str, primary_key_column: str,
                               primary_key_value: Any) -> Optional[Dict[str, Any]]:
        """Bytes as hex, NULL as None."""
        value = self._key(table_name, primary_key_column, primary_key_value)
        cursor = self._read(f"SELECT * FROM {quoted(table_name)} "
                            f"WHERE {quoted(primary_key_column)} = ? LIMIT 1", (value,))
        row = cursor.fetchone()
        return None if row is None else {
            name: cell.hex() if isinstance(cell, bytes) else cell
            for name, cell in zip(cursor.columns, row)}

    def update_table_row(self, table_name: str, primary_key_column: str, primary_key_value: Any,
                         updates: Dict[str, Any]) -> bool:
        """Whether the row is there. All columns change, or none."""
        if table_name == "clients":
            return self._update_client(primary_key_column, primary_key_value, updates)
        if table_name == "files":
            return self._update_file(primary_key_column, primary_key_value, updates)
        raise ProgrammingError(f"rows of {table_name!r} cannot be edited")

    def delete_table_row(self, table_name: str, primary_key_column: str,
                         primary_key_value: Any) -> bool:
        """Whether the row was there."""
        if table_name == "clients":
            client = self._client_id(primary_key_column, primary_key_value)
            return client is not None and self._found(clients.delete(client)) is not None
        if table_name == "files":
            file = self._file(primary_key_column, primary_key_value)
            return file is not None and self._changed(file, [
                files.delete(file["clientId"], file["name"])])
        raise ProgrammingError(f"rows of {table_name!r} cannot be deleted one by one")

    def _update_client(self, column: str, value: Any, updates: Dict[str, Any]) -> bool:
        changes = checked(updates, "clients", ("Name", "PublicKey", "LastSeen"))
        client = self._client_id(column, value)
        if client is None:
            return False
        key = changes.get("PublicKey")
        transaction = Transaction()
        if {"Name", "PublicKey"} & set(changes):
            transaction.add(clients.update(
                client, name=changes.get("Name"),
                public_key=key_text(bytes.fromhex(key) if isinstance(key, str) else key),
                clear=["publicKey"] if "PublicKey" in changes and not key else None))
        if "LastSeen" in changes:
            seen = time_text(changes["LastSeen"])
            transaction.add(clients.touch(client, at=seen))
            # A client is never seen back in time; that is not done in silence.
            transaction.add(clients.get(id=client), expect={"client": {"lastSeen": seen}})
        return self._applied(transaction)

    def _update_file(self, column: str, value: Any, updates: Dict[str, Any]) -> bool:
        changes = checked(updates, "files", ("Verified", "CRC", "FileSize", "ModificationDate"))
        file = self._file(column, value)
        if file is None:
            return False
        saved: NewFile = {"name": file["name"], "path": file["path"],
                          "verified": bool(changes.get("Verified", file["verified"])),
                          "size": number(changes.get("FileSize"), "FileSize"),
                          "crc": number(changes.get("CRC"), "CRC"),
                          "modified": time_text(changes.get("ModificationDate"))}
        return self._changed(file, [files.save(file["clientId"], saved)])

    def _changed(self, file: File, calls: List[Call[Any]]) -> bool:
        """Applies them to the record that was read; not to one that took its place meanwhile."""
        transaction = Transaction()
        transaction.add(files.get(id=file["id"]), expect={"file": {
            "name": file["name"], "path": file["path"], "verified": file["verified"]}})
        for call in calls:
            transaction.add(call)
        return self._applied(transaction)

    def _applied(self, transaction: Transaction) -> bool:
        """False where the row is not there."""
        with translating():
            try:
                self.catalog.call(transaction.call())
            except errors.TransactionFailed as error:
                if isinstance(error.__cause__, (errors.ClientNotFound, errors.FileNotFound)):
                    return False
                raise
        return True

    def _client_id(self, column: str, value: Any) -> Optional[str]:
        if column == "Name":
            reply = self._found(clients.get(name=value))
            return None if reply is None else reply["client"]["id"]
        if column != "ID":
            raise ProgrammingError(f"clients are known by ID or Name, not by {column!r}")
        return identifier(value)

    def _file(self, column: str, value: Any) -> Optional[File]:
        if column != "ID":
            raise ProgrammingError(f"files are known by ID, not by {column!r}")
        reply = self._found(files.get(id=identifier(value)))
        return None if reply is None else reply["file"]

    def _key(self, table: str, column: str, value: Any) -> Any:
        """Hex, as the rows show it, for identifiers and for columns of bytes."""
        types = {one["name"]: one["type"] for one in self.get_table_schema(table)}
        if column not in types:
            raise ProgrammingError(f"{table!r} has no column {column!r}")
        if column in IDENTIFIERS:
            return identifier(value)
        if types[column].upper().startswith("BLOB") and isinstance(value, str):
            try:
                return bytes.fromhex(value)
            except ValueError:
                raise InvalidValue(f"{column} is hex digits, not {value!r}") from None
        return value


def shown(value: Any) -> Any:
    if value is None:
        return ""
    return value.hex() if isinstance(value, bytes) else value


def checked(updates: Dict[str, Any], table: str, editable: Tuple[str, ...]) -> Dict[str, Any]:
    others = sorted(set(updates) - set(editable))
    if others or not updates:
        raise ProgrammingError(f"{', '.join(others) or 'nothing'} of {table} cannot be edited, "
                               f"only {', '.join(editable)}")
    cleared = sorted(name for name, value in updates.items() if value is None)
    if cleared and cleared != ["PublicKey"]:
        raise ProgrammingError(f"{', '.join(cleared)} of {table} cannot be cleared")
    return updates
