#!/usr/bin/python3
"""The drop-in of python/, measured in a process of its own, as python_pool.py measures what it
replaces. What it measures it prints as a JSON object.

    drop_in_calls.py prepare --socket PATH --records N
    drop_in_calls.py measure --socket PATH --records N --key saves/50 --first N --seconds S
    drop_in_calls.py poll --socket PATH --interval S --polls N
    drop_in_calls.py resave --socket PATH --records N --threads N      until its input ends
"""

import argparse
import json
import pathlib
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "python/src"))

import python_pool
import records
from catalogd import files
from catalogd.compat import DatabaseManager

BATCH = 1_000


def row_of(record):
    """The arguments of save_file_info_to_db, of the same record as the pool's."""
    _, name, path, verified, size, date, crc, client = python_pool.row_of(record)
    return client, name, path, bool(verified), size, date, crc


def prepare(database, count):
    for client in range(records.CLIENTS):
        database.save_client_to_db(bytes.fromhex(records.client_id(client)), f"client {client}")
    for client in range(records.CLIENTS):
        rows = [row_of(record) for record in range(client, count, records.CLIENTS)]
        new = [{"name": name, "path": path, "verified": verified, "size": size, "modified": date,
                "crc": crc} for _, name, path, verified, size, date, crc in rows]
        database.catalog.pipeline(
            files.save_many(records.client_id(client), new[start:start + BATCH])
            for start in range(0, len(new), BATCH))


def measure_saves(database, first, threads, seconds):
    rows = [row_of(first + i) for i in range(int(seconds * 50_000))]
    return python_pool.drive(lambda row: database.save_file_info_to_db(*row), rows, threads,
                             seconds)


def measure_lookups(database, present, first, threads, seconds):
    wanted = (records.scramble(first + i) % present for i in range(int(seconds * 100_000)))
    keys = [(records.client_id(records.client_of(i)), records.name_of(i)) for i in wanted]

    def look_up(key):
        if database.get_file_info(*key) is None:
            raise LookupError("a record that was saved is not there")

    return python_pool.drive(look_up, keys, threads, seconds)


def measure(database, options):
    what, threads = options.key.split("/")
    if what == "allFiles":
        return python_pool.measure_all_files(database.get_all_files)
    if what == "lookups":
        return measure_lookups(database, options.records, options.first, int(threads),
                               options.seconds)
    return measure_saves(database, options.first, int(threads), options.seconds)


def poll_once(database):
    """The eight calls of the old dashboard's poll."""
    database.get_total_clients_count()
    database.get_total_files_count()
    database.get_total_clients_count()
    database.get_total_files_count()
    database.get_database_stats()
    database.get_total_clients_count()
    database.get_total_storage_bytes(True)
    database.get_average_backup_size_bytes(True)


def poll(database, interval, count):
    """Seconds that each poll took."""
    times = []
    begun = time.monotonic()
    for number in range(count):
        time.sleep(max(0, begun + number * interval - time.monotonic()))
        before = time.perf_counter()
        poll_once(database)
        times.append(time.perf_counter() - before)
    return times


def resave(database, count, threads):
    """Saves the present records again, so that there are no more of them."""
    saved, ended = [0] * threads, threading.Event()

    def work(number):
        record = number
        while not ended.is_set():
            database.save_file_info_to_db(*row_of(record % count))
            saved[number] += 1
            record += threads
    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    begun = time.monotonic()
    sys.stdin.read()
    ended.set()
    for worker in workers:
        worker.join()
    return {"perSecond": sum(saved) / (time.monotonic() - begun)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=("prepare", "measure", "poll", "resave"))
    parser.add_argument("--socket", required=True)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--key", default="saves/1", help="saves, lookups or allFiles/THREADS")
    parser.add_argument("--first", type=int, default=records.RANGE)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--threads", type=int, default=50)
    parser.add_argument("--interval", type=float, default=5)
    parser.add_argument("--polls", type=int, default=40)
    options = parser.parse_args()
    database = DatabaseManager(socket=options.socket, timeout=60)
    if options.command == "prepare":
        prepare(database, options.records)
    elif options.command == "poll":
        print(json.dumps(poll(database, options.interval, options.polls)))
    elif options.command == "resave":
        print(json.dumps(resave(database, options.records, options.threads)))
    else:
        print(json.dumps(measure(database, options)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
