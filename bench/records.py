"""The records that every subject of the benchmark stores.

A record is known by its number: its name is a hash of it, so names arrive in
random order, are never repeated, and any record can be found again without a
list of them. The same as records.h.
"""

CLIENTS = 100
FOLDER = "documents/2025/"
SUFFIX = ".dat"
MODIFIED = "2025-01-10T12:00:00.000Z"
# Every measurement saves records in a range of numbers of its own, wider than it can use up.
RANGE = 100_000_000
_MASK = (1 << 64) - 1


def scramble(number):
    """The finaliser of splitmix64: a bijection, hence no two records share a name."""
    number = (number + 0x9E3779B97F4A7C15) & _MASK
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & _MASK
    return number ^ (number >> 31)


def client_of(record):
    return record % CLIENTS


def name_of(record):
    return f"{FOLDER}{scramble(record):016x}{SUFFIX}"


def client_id(client):
    """32 hexadecimal digits."""
    return f"{scramble(client):016x}{scramble(client + CLIENTS):016x}"


def first_record(round_number, measurement):
    """The first number of a range that only this measurement of this round uses."""
    return RANGE * (1 + round_number * 100 + measurement)
