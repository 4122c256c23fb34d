#!/usr/bin/python3
"""The catalog as the server had it in its own process: Python's sqlite3, a
pool of five connections, the old table with its eight indexes, one row per
commit. What it measures it prints as a JSON object.

    python_pool.py prepare --database FILE --records N
    python_pool.py measure --database FILE --records N --key saves/64 --first N --seconds S
    python_pool.py measure --database FILE --key allFiles/1
    python_pool.py count --database FILE
"""

import argparse
import contextlib
import json
import queue
import sqlite3
import statistics
import sys
import threading
import time
import uuid

import records

POOL_SIZE = 5
# How long a save waits for the database's lock, and for a connection of the pool.
LOCK_TIMEOUT = 10
CONNECTION_TIMEOUT = 30

SCHEMA = """
CREATE TABLE clients (
    ID BLOB(16) PRIMARY KEY, Name VARCHAR(255) UNIQUE NOT NULL, PublicKey BLOB(160),
    LastSeen TEXT NOT NULL, AESKey BLOB(32));
CREATE TABLE files (
    ID BLOB(16) PRIMARY KEY, FileName VARCHAR(255) NOT NULL, PathName VARCHAR(255) NOT NULL,
    Verified BOOLEAN DEFAULT 0, FileSize INTEGER, ModificationDate TEXT, CRC INTEGER,
    ClientID BLOB(16) NOT NULL,
    FOREIGN KEY (ClientID) REFERENCES clients(ID) ON DELETE CASCADE);
CREATE INDEX idx_clients_name ON clients(Name);
CREATE INDEX idx_clients_lastseen ON clients(LastSeen);
CREATE INDEX idx_files_clientid ON files(ClientID);
CREATE INDEX idx_files_filename ON files(FileName);
CREATE INDEX idx_files_client_filename ON files(ClientID, FileName);
CREATE INDEX idx_files_verified ON files(Verified);
CREATE INDEX idx_files_moddate ON files(ModificationDate);
CREATE INDEX idx_files_filesize ON files(FileSize);
"""
INSERT = (
    "INSERT INTO files (ID, FileName, PathName, Verified, FileSize, ModificationDate, CRC,"
    " ClientID) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
SELECT = (
    "SELECT f.FileName, f.PathName, f.Verified, c.Name, f.FileSize, f.ModificationDate, f.CRC"
    " FROM files f JOIN clients c ON f.ClientID = c.ID WHERE f.ClientID = ? AND f.FileName = ?"
)
SELECT_ALL = (
    "SELECT f.FileName, f.PathName, f.Verified, c.Name, f.FileSize, f.ModificationDate, c.ID"
    " FROM files f JOIN clients c ON f.ClientID = c.ID"
)
FIELDS = ("filename", "path", "verified", "client", "size", "date", "crc")


def row_of(record):
    name = records.name_of(record)
    mixed = records.scramble(record)
    # Dates differ, or their index would be a single run of equal keys.
    date = f"2025-{mixed % 12 + 1:02}-{mixed // 12 % 28 + 1:02}T{mixed // 336 % 24:02}:00:00Z"
    client = bytes.fromhex(records.client_id(records.client_of(record)))
    return (uuid.uuid4().bytes, name, "/srv/backup/" + name, 1, mixed % 10_000_000, date,
            mixed >> 32, client)


class Pool:
    def __init__(self, database, synchronous):
        self._free = queue.Queue()
        for _ in range(POOL_SIZE):
            self._free.put(self._connect(database, synchronous))

    @staticmethod
    def _connect(database, synchronous):
        connection = sqlite3.connect(database, timeout=LOCK_TIMEOUT, check_same_thread=False)
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        expected = {"FULL": 2, "NORMAL": 1}[synchronous]
        if connection.execute("PRAGMA synchronous").fetchone()[0] != expected:
            raise RuntimeError(f"synchronous is not {synchronous}")
        return connection

    @contextlib.contextmanager
    def connection(self):
        connection = self._free.get(timeout=CONNECTION_TIMEOUT)
        try:
            yield connection
        finally:
            self._free.put(connection)

    def close(self):
        while not self._free.empty():
            self._free.get().close()


def save_file(pool, row):
    with pool.connection() as connection:
        try:
            connection.execute(INSERT, row)
            connection.commit()
        except sqlite3.Error:
            connection.rollback()
            raise


def get_file_info(pool, client_hex, name):
    with pool.connection() as connection:
        row = connection.execute(SELECT, (bytes.fromhex(client_hex), name)).fetchone()
    return dict(zip(FIELDS, row)) if row else None


def get_all_files(pool):
    with pool.connection() as connection:
        rows = connection.execute(SELECT_ALL).fetchall()
    return [{"filename": row[0], "path": row[1], "verified": bool(row[2]), "client": row[3],
             "size": row[4], "date": row[5], "client_id": row[6]} for row in rows]


class Worker(threading.Thread):
    """Calls `operation` with one item after the other until the deadline. The
    items are an iterator that all workers share: the pool is not fair, and one
    thread may do most of the work."""

    def __init__(self, operation, items, start_line):
        super().__init__()
        self.latencies = []
        self.failures = 0
        self.error = None
        self.deadline = None
        self._operation = operation
        self._items = items
        self._start_line = start_line

    def run(self):
        self._start_line.wait()
        clock = time.perf_counter
        for item in self._items:
            before = clock()
            if before >= self.deadline:
                return
            try:
                self._operation(item)
            except (sqlite3.Error, queue.Empty):
                self.failures += 1
                continue
            except LookupError as error:
                self.error = str(error)
                return
            self.latencies.append(clock() - before)
        self.error = "faster than the prepared records allow for: prepare more of them"


def drive(operation, items, threads, seconds):
    """Operations per second and latencies of `threads` threads at once."""
    start_line = threading.Barrier(threads + 1)
    shared = iter(items)
    workers = [Worker(operation, shared, start_line) for _ in range(threads)]
    for worker in workers:
        worker.start()
    start = time.perf_counter()
    for worker in workers:
        worker.deadline = start + seconds
    start_line.wait()
    for worker in workers:
        worker.join()
    elapsed = time.perf_counter() - start
    errors = [worker.error for worker in workers if worker.error]
    if errors:
        raise SystemExit(f"python_pool.py: {errors[0]}")
    latencies = sorted(value for worker in workers for value in worker.latencies)
    micros = [latencies[int(share * (len(latencies) - 1))] * 1e6 for share in (0.5, 0.99, 1)]
    return {
        "perSecond": len(latencies) / elapsed,
        "p50": micros[0],
        "p99": micros[1],
        "max": micros[2],
        "failures": sum(worker.failures for worker in workers),
    }


def measure_saves(pool, first, threads, seconds):
    # Rows are made beforehand: only the saving is measured.
    rows = [row_of(first + i) for i in range(int(seconds * 100_000))]
    return drive(lambda row: save_file(pool, row), rows, threads, seconds)


def measure_lookups(pool, present, first, threads, seconds):
    wanted = (records.scramble(first + i) % present for i in range(int(seconds * 200_000)))
    keys = [(records.client_id(records.client_of(i)), records.name_of(i)) for i in wanted]

    def look_up(key):
        if get_file_info(pool, *key) is None:
            raise LookupError("a record that was saved is not there")

    return drive(look_up, keys, threads, seconds)


def measure_all_files(call, rounds=5):
    """What one call takes, the median of a few, and how many records it returned."""
    times = []
    for _ in range(rounds):
        before = time.perf_counter()
        count = len(call())
        times.append(time.perf_counter() - before)
    return {"milliseconds": 1000 * statistics.median(times), "records": count}


def prepare(database, count):
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA cache_size=-1000000")
    connection.executescript(SCHEMA)
    clients = range(records.CLIENTS)
    connection.executemany(
        "INSERT INTO clients (ID, Name, LastSeen) VALUES (?, ?, ?)",
        ((bytes.fromhex(records.client_id(c)), f"client {c}", records.MODIFIED) for c in clients))
    step = 250_000
    for start in range(0, count, step):
        connection.executemany(
            INSERT, (row_of(record) for record in range(start, min(start + step, count))))
        connection.commit()
    # As its daily maintenance did; without it lookups walk all files of a client.
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def measure(options):
    what, threads = options.key.split("/")
    pool = Pool(options.database, "NORMAL" if what == "savesNormal" else "FULL")
    if what == "allFiles":
        figures = measure_all_files(lambda: get_all_files(pool))
    elif what == "lookups":
        figures = measure_lookups(
            pool, options.records, options.first, int(threads), options.seconds)
    else:
        figures = measure_saves(pool, options.first, int(threads), options.seconds)
    pool.close()
    return figures


def count(database):
    connection = sqlite3.connect(database)
    try:
        return connection.execute("SELECT count(*) FROM files").fetchone()[0]
    finally:
        connection.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=("prepare", "measure", "count"))
    parser.add_argument("--database", required=True)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--key", default="saves/1", help="saves, savesNormal, lookups or allFiles/THREADS")
    parser.add_argument("--first", type=int, default=records.RANGE)
    parser.add_argument("--seconds", type=float, default=5)
    options = parser.parse_args()
    if options.command == "prepare":
        prepare(options.database, options.records)
    elif options.command == "count":
        print(count(options.database))
    else:
        print(json.dumps(measure(options)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
