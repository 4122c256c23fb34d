"""DatabaseManager: the old class's name and methods, with the daemon behind them."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from typing import Dict, Iterator, Optional

from .. import errors
from ..client import DEFAULT_TIMEOUT, Client
from ..connection import Clock
from ..contract import catalog, clients
from .client_records import ClientRecords
from .connections import ConnectionPool, Connections
from .errors import translating
from .figures import Figures
from .file_records import FileRecords
from .maintenance import Maintenance
from .moment import Moment
from .tables import Tables
from .transaction import RecordedTransaction

log = logging.getLogger(__name__)


class DatabaseManager(ClientRecords, FileRecords, Figures, Connections, Maintenance, Tables):
    """`socket`: where the daemon serves, else $CATALOGD_SOCKET, else /run/catalogd.sock.
    `timeout`: seconds within which each call ends, reconnecting included."""

    storage_directory = "received_files"

    def __init__(self, db_name: Optional[str] = None, use_pool: bool = True, *,
                 socket: Optional[str] = None, timeout: float = DEFAULT_TIMEOUT,
                 clock: Clock = time) -> None:
        if db_name is not None:
            log.warning("DatabaseManager: db_name %r is ignored: the daemon owns the database",
                        db_name)
        self.catalog = Client(socket, timeout=timeout, clock=clock)
        self.db_name = db_name or "catalog"
        self.use_pool = use_pool
        self._moment = Moment(clock)
        self.connection_pool: Optional[ConnectionPool] = None
        if use_pool:
            self.connection_pool = ConnectionPool(self)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[RecordedTransaction]:
        """A block whose writes are applied when it ends: all of them, or none."""
        with translating(), self.catalog.transaction() as transaction:
            yield RecordedTransaction(transaction, self)

    def init_database(self) -> None:
        """The daemon has its schema; this only makes sure that it answers."""
        self._call(catalog.get_statistics())

    def ensure_storage_dir(self) -> None:
        os.makedirs(self.storage_directory, exist_ok=True)

    def check_startup_permissions(self) -> None:
        """SystemExit where the storage cannot be written to, or the catalog not by this user."""
        try:
            self.ensure_storage_dir()
            if not os.access(self.storage_directory, os.W_OK | os.X_OK):
                raise PermissionError(f"{self.storage_directory} cannot be written to")
            # A write that changes nothing: no client has this identifier.
            self._call(clients.delete_many(["0" * 32]))
        except (OSError, errors.Error) as error:
            log.critical("start-up: %s", error)
            raise SystemExit(f"start-up: {error}") from error


_sharing = threading.Lock()
_shared: Optional[DatabaseManager] = None


def get_database_manager() -> DatabaseManager:
    """One for the process, however often it is asked for."""
    global _shared
    with _sharing:
        if _shared is None:
            _shared = DatabaseManager()
        return _shared


def init_database() -> None:
    get_database_manager().init_database()


def check_database_permissions() -> None:
    get_database_manager().check_startup_permissions()


def get_connection_pool_status() -> Dict[str, object]:
    return get_database_manager().get_connection_pool_metrics()


def monitor_database_connections() -> Dict[str, object]:
    return get_database_manager().monitor_connection_pool()
