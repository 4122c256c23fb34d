"""What the old class's `transaction()` gives now: the writes are collected, and applied in one go
when the block ends, all of them or none."""

from __future__ import annotations

from typing import Any, Optional, Sequence

from ..call import Call
from ..transaction import Transaction
from . import client_records, file_records
from .figures import recorded
from .sql import Cursor, Parameters, Statements, refused
from .values import Identifier


class RecordedTransaction:
    """The writing methods of DatabaseManager. They return nothing: whether there is anything to
    delete, say, is known only when all is applied, and a client or file that is not there fails
    the whole. Reads do not see what is collected here."""

    def __init__(self, transaction: Transaction, statements: Statements) -> None:
        self._transaction = transaction
        self._statements = statements

    def save_client_to_db(self, client_id: Identifier, name: str,
                          public_key_bytes: Optional[bytes] = None,
                          aes_key: Optional[bytes] = None) -> None:
        self._add(client_records.saved(client_id, name, public_key_bytes, aes_key))

    def update_client(self, client_id: Identifier, name: Optional[str] = None,
                      public_key: Optional[bytes] = None) -> None:
        self._add(client_records.updated(client_id, name, public_key))

    def delete_client(self, client_id: Identifier) -> None:
        self._add(client_records.deleted(client_id))

    def save_file_info_to_db(self, client_id: Identifier, file_name: str, path_name: str,
                             verified: bool, file_size: Optional[int], mod_date: Optional[str],
                             crc: Optional[int] = None) -> None:
        self._add(file_records.saved(client_id, file_name, path_name, verified, file_size,
                                     mod_date, crc))

    def update_file_verification(self, client_id: Identifier, filename: str, verified: bool,
                                 crc: Optional[int] = None) -> None:
        self._add(file_records.verified_as(client_id, filename, verified, crc))

    def delete_file(self, client_id: Identifier, filename: str) -> None:
        self._add(file_records.deleted(client_id, filename))

    def delete_file_record(self, client_id: Identifier, file_name: str) -> None:
        self._add(file_records.deleted(client_id, file_name))

    def record_metric(self, metric_name: str, value: float) -> None:
        self._add(recorded(metric_name, value))

    def execute(self, query: str, params: Parameters = ()) -> Cursor:
        """A read, at once."""
        return self._statements._read(query, params)

    def executemany(self, query: str, params: Sequence[Parameters]) -> None:
        raise refused(query)

    def commit(self) -> None:
        """Nothing: the end of the block applies all of it."""

    def rollback(self) -> None:
        """Forgets what was collected."""
        self._transaction.clear()

    def _add(self, call: Call[Any]) -> None:
        self._transaction.add(call)
