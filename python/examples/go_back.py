#!/usr/bin/env python3
"""The way back: brings what the catalog holds into a database of the old server, in one transaction.

    go_back.py OLD_DATABASE

The old server must not run. Clients and files that the old database has under the same id, or
client and name, get what the catalog says of them; the others are added. Nothing is removed from
the old database, and nothing is changed in the catalog. Needs the role admin, for session keys.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from typing import Dict, Iterator, Optional, Tuple

from catalogd.errors import Error
from catalogd.compat import DatabaseManager

Counts = Tuple[int, int]


def bring_clients(database: DatabaseManager, old: sqlite3.Connection) -> int:
    count = 0
    for client_id, *_ in database.load_clients_from_db():
        client = database.get_client_by_id(client_id)
        if client is None:
            continue  # deleted in between
        _, name, public_key, last_seen, session_key = client
        old.execute(
            "INSERT INTO clients (ID, Name, PublicKey, LastSeen, AESKey) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (ID) DO UPDATE SET Name = excluded.Name, PublicKey = excluded.PublicKey, "
            "LastSeen = excluded.LastSeen, AESKey = excluded.AESKey",
            (client_id, name, public_key, last_seen, session_key))
        count += 1
    return count


def records(database: DatabaseManager) -> Iterator[Dict[str, object]]:
    """With the CRC, which `get_all_files` never had."""
    for file in database.get_all_files():
        whole = database.get_file_info(file["client_id"].hex(), file["filename"])
        if whole is not None:
            yield {**whole, "client_id": file["client_id"]}


def row_of(old: sqlite3.Connection, client: object, name: object) -> Optional[bytes]:
    """The old database may have several rows of one file: the one stored last."""
    found = old.execute("SELECT ID FROM files WHERE ClientID = ? AND FileName = ? "
                        "ORDER BY rowid DESC LIMIT 1", (client, name)).fetchone()
    return None if found is None else found[0]


def bring_files(database: DatabaseManager, old: sqlite3.Connection) -> int:
    count = 0
    for file in records(database):
        values = (file["path"], file["verified"], file["size"], file["date"], file["crc"])
        row = row_of(old, file["client_id"], file["filename"])
        if row is None:
            old.execute("INSERT INTO files (ID, FileName, ClientID, PathName, Verified, FileSize, "
                        "ModificationDate, CRC) VALUES (randomblob(16), ?, ?, ?, ?, ?, ?, ?)",
                        (file["filename"], file["client_id"], *values))
        else:
            old.execute("UPDATE files SET PathName = ?, Verified = ?, FileSize = ?, "
                        "ModificationDate = ?, CRC = ? WHERE ID = ?", (*values, row))
        count += 1
    return count


def go_back(database: DatabaseManager, path: str) -> Counts:
    """How many clients and files the old database has got from the catalog; all of them or none."""
    old = sqlite3.connect(f"file:{path}?mode=rw", uri=True)
    try:
        with old:
            return bring_clients(database, old), bring_files(database, old)
    finally:
        old.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Brings what the catalog holds into an old database.")
    parser.add_argument("old_database")
    path = parser.parse_args().old_database
    try:
        clients, files = go_back(DatabaseManager(), path)
    except (Error, sqlite3.Error) as error:
        print(f"go_back: {error}; nothing was changed", file=sys.stderr)
        return 1
    print(f"{path}: {clients} clients and {files} files as the catalog has them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
