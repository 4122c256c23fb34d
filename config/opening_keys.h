#pragma once

#include <array>

#include "config/key_rows.h"

namespace catalogd::config {

// SQLite takes names of up to 512 bytes, and puts "-journal" behind the longest of ours.
inline constexpr std::int64_t kDatabasePath = 500;
// sockaddr_un holds 108 bytes, the last of them zero.
inline constexpr std::int64_t kSocketPath = 107;
inline constexpr std::int64_t kGroupName = 256;

/// The rows about what the daemon opens: the database, the socket, and for whom.
inline constexpr std::array kOpeningKeys{
    Key{"database",
        "path",
        slot<PathSlot, &Config::database, &Config::Database::path>,
        "/var/lib/catalogd/catalog.db",
        {1, kDatabasePath},
        Effect::Start,
        "The catalog's database file, made when it is missing. Its folder must be on a local file "
        "system. Under systemd the default lies in the service's state directory "
        "($STATE_DIRECTORY).",
        "STATE_DIRECTORY"},
    Key{"database",
        "key_file",
        slot<PathSlot, &Config::database, &Config::Database::key_file>,
        "",
        {0, kAnyPath},
        Effect::Start,
        "The file with the key that seals session keys, made on the first start. Empty: the "
        "database's path followed by .key. Whoever loses it loses the session keys."},
    Key{"database",
        "writer_cache",
        slot<SizeSlot, &Config::database, &Config::Database::writer_cache>,
        "48MiB",
        {kMiB, 16 * kGiB},
        Effect::Live,
        "Page cache of the one connection that writes."},
    Key{"database",
        "reader_cache",
        slot<SizeSlot, &Config::database, &Config::Database::reader_cache>,
        "8MiB",
        {kMiB, 4 * kGiB},
        Effect::Restart,
        "Page cache of each connection that reads."},
    Key{"database",
        "checkpoint_at",
        slot<SizeSlot, &Config::database, &Config::Database::checkpoint_at>,
        "128MiB",
        {kMiB, 4 * kGiB},
        Effect::Live,
        "Size of the write-ahead log from which its pages are copied into the database. Larger is "
        "faster, smaller is a shorter recovery after a crash."},
    Key{"database",
        "wal_limit",
        slot<SizeSlot, &Config::database, &Config::Database::wal_limit>,
        "256MiB",
        {kMiB, 64 * kGiB},
        Effect::Live,
        "Size that the write-ahead log must not pass: the writer stops for a full checkpoint "
        "before it would."},
    Key{"database",
        "disk_floor",
        slot<SizeSlot, &Config::database, &Config::Database::disk_floor>,
        "64MiB",
        {0, 1024 * kGiB},
        Effect::Live,
        "Space on the database's disk that must stay free. With less, writes are answered "
        "ReadOnly, "
        "but for deletions and what else makes room; with a quarter more they go on by themselves. "
        "On "
        "a small disk no more than a sixteenth of it counts. 0B: nothing is watched."},
    Key{"database",
        "disk_reserve",
        slot<SizeSlot, &Config::database, &Config::Database::disk_reserve>,
        "16MiB",
        {0, 1024 * kGiB},
        Effect::Live,
        "Size of a file beside the database that is given up once half of the floor is used, so "
        "that "
        "deletions still have room. On a small disk no more than a sixteenth of it."},

    Key{"socket",
        "path",
        slot<PathSlot, &Config::socket, &Config::Socket::path>,
        "/run/catalogd.sock",
        {1, kSocketPath},
        Effect::Start,
        "The Unix socket to serve on."},
    Key{"socket",
        "mode",
        slot<ModeSlot, &Config::socket, &Config::Socket::mode>,
        "0660",
        {0600, 0666},
        Effect::Start,
        "Permissions of the socket, in quotes. They decide who may connect; access.* decides who "
        "may do what."},
    Key{"socket",
        "group",
        slot<GroupSlot, &Config::socket, &Config::Socket::group>,
        "",
        {0, kGroupName},
        Effect::Start,
        "Group of the socket, by name or number. Empty: the daemon's own."},

    Key{"access",
        "read",
        slot<PrincipalsSlot, &Config::access, &Config::Access::read>,
        "",
        {0, 256},
        Effect::Live,
        "Who may read the catalog. Root and the daemon's own user are always admin; everyone who "
        "is on no list is denied."},
    Key{"access",
        "write",
        slot<PrincipalsSlot, &Config::access, &Config::Access::write>,
        "",
        {0, 256},
        Effect::Live,
        "Who may change the catalog, and read it."},
    Key{"access",
        "admin",
        slot<PrincipalsSlot, &Config::access, &Config::Access::admin>,
        "",
        {0, 256},
        Effect::Live,
        "Who may do everything, maintenance included."},

    Key{"limits",
        "connections",
        slot<CountSlot, &Config::limits, &Config::Limits::connections>,
        "4096",
        {1, 65536},
        Effect::Live,
        "Connections that are open at once; further ones are closed."},
    Key{"limits",
        "connections_per_user",
        slot<CountSlot, &Config::limits, &Config::Limits::connections_per_user>,
        "1024",
        {1, 65536},
        Effect::Live,
        "Connections that one user may have open at once."},
    Key{"limits",
        "calls_in_flight",
        slot<CountSlot, &Config::limits, &Config::Limits::calls_in_flight>,
        "64",
        {1, 64},
        Effect::Live,
        "Calls that one connection may have waiting for their replies; no further ones are read "
        "until one is answered."},
    Key{"limits",
        "frame",
        slot<SizeSlot, &Config::limits, &Config::Limits::frame>,
        "16MiB",
        {64 * kKiB, 16 * kMiB},
        Effect::Live,
        "Largest message of a peer that may write. A longer one closes the connection."},
};

}  // namespace catalogd::config
