#include "config/keys.h"

#include <algorithm>
#include <cctype>

#include "config/units.h"

namespace catalogd::config {
namespace {

template <typename S, auto section, auto member>
constexpr Field slot = S{
    [](Config& config) -> auto& { return (config.*section).*member; },
    [](const Config& config) -> const auto& { return (config.*section).*member; },
};  // namespace catalogd::config

using C = Config;

// SQLite takes names of up to 512 bytes, and puts "-journal" behind the longest of ours.
constexpr std::int64_t kDatabasePath = 500;
// sockaddr_un holds 108 bytes, the last of them zero.
constexpr std::int64_t kSocketPath = 107;
constexpr std::int64_t kAnyPath = 4095;
constexpr std::int64_t kGroupName = 256;
constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kDay = 24 * 60 * kMinute;

constexpr std::array kKeys{
    Key{"database",
        "path",
        slot<PathSlot, &C::database, &C::Database::path>,
        "/var/lib/catalogd/catalog.db",
        {1, kDatabasePath},
        "The catalog's database file, made when it is missing. Its folder must be on a local file "
        "system. Under systemd the default lies in the service's state directory "
        "($STATE_DIRECTORY).",
        "STATE_DIRECTORY"},
    Key{"database",
        "key_file",
        slot<PathSlot, &C::database, &C::Database::key_file>,
        "",
        {0, kAnyPath},
        "The file with the key that seals session keys, made on the first start. Empty: the "
        "database's path followed by .key. Whoever loses it loses the session keys."},
    Key{"database",
        "writer_cache",
        slot<SizeSlot, &C::database, &C::Database::writer_cache>,
        "48MiB",
        {kMiB, 16 * kGiB},
        "Page cache of the one connection that writes."},
    Key{"database",
        "reader_cache",
        slot<SizeSlot, &C::database, &C::Database::reader_cache>,
        "8MiB",
        {kMiB, 4 * kGiB},
        "Page cache of each connection that reads."},
    Key{"database",
        "checkpoint_at",
        slot<SizeSlot, &C::database, &C::Database::checkpoint_at>,
        "128MiB",
        {kMiB, 4 * kGiB},
        "Size of the write-ahead log from which its pages are copied into the database. Larger is "
        "faster, smaller is a shorter recovery after a crash."},
    Key{"database",
        "wal_limit",
        slot<SizeSlot, &C::database, &C::Database::wal_limit>,
        "256MiB",
        {kMiB, 64 * kGiB},
        "Size that the write-ahead log must not pass: the writer stops for a full checkpoint "
        "before it would."},

    Key{"socket",
        "path",
        slot<PathSlot, &C::socket, &C::Socket::path>,
        "/run/catalogd.sock",
        {1, kSocketPath},
        "The Unix socket to serve on."},
    Key{"socket",
        "mode",
        slot<ModeSlot, &C::socket, &C::Socket::mode>,
        "0660",
        {0600, 0666},
        "Permissions of the socket, in quotes. They decide who may connect; access.* decides who "
        "may do what."},
    Key{"socket",
        "group",
        slot<GroupSlot, &C::socket, &C::Socket::group>,
        "",
        {0, kGroupName},
        "Group of the socket, by name or number. Empty: the daemon's own."},

    Key{"access",
        "read",
        slot<PrincipalsSlot, &C::access, &C::Access::read>,
        "",
        {0, 256},
        "Who may read the catalog. Root and the daemon's own user are always admin; everyone who "
        "is on no list is denied."},
    Key{"access",
        "write",
        slot<PrincipalsSlot, &C::access, &C::Access::write>,
        "",
        {0, 256},
        "Who may change the catalog, and read it."},
    Key{"access",
        "admin",
        slot<PrincipalsSlot, &C::access, &C::Access::admin>,
        "",
        {0, 256},
        "Who may do everything, maintenance included."},

    Key{"limits",
        "connections",
        slot<CountSlot, &C::limits, &C::Limits::connections>,
        "4096",
        {1, 65536},
        "Connections that are open at once; further ones are closed."},
    Key{"limits",
        "connections_per_user",
        slot<CountSlot, &C::limits, &C::Limits::connections_per_user>,
        "1024",
        {1, 65536},
        "Connections that one user may have open at once."},
    Key{"limits",
        "calls_in_flight",
        slot<CountSlot, &C::limits, &C::Limits::calls_in_flight>,
        "64",
        {1, 64},
        "Calls that one connection may have waiting for their replies; no further ones are read "
        "until one is answered."},
    Key{"limits",
        "frame",
        slot<SizeSlot, &C::limits, &C::Limits::frame>,
        "16MiB",
        {64 * kKiB, 16 * kMiB},
        "Largest message of a peer that may write. A longer one closes the connection."},

    Key{"writer",
        "queue",
        slot<CountSlot, &C::writer, &C::Writer::queue>,
        "10000",
        {1, 100'000},
        "Writes that may wait; the next one is answered Busy at once."},
    Key{"writer",
        "queue_bytes",
        slot<SizeSlot, &C::writer, &C::Writer::queue_bytes>,
        "64MiB",
        {kMiB, 4 * kGiB},
        "Memory of the writes that wait; the next one is answered Busy at once."},
    Key{"writer",
        "batch",
        slot<CountSlot, &C::writer, &C::Writer::batch>,
        "512",
        {1, 10'000},
        "Requests that share one commit, at most."},

    Key{"readers",
        "count",
        slot<CountSlot, &C::readers, &C::Readers::count>,
        "4",
        {2, 64},
        "Connections that read, each with a thread of its own."},
    Key{"readers",
        "queue",
        slot<CountSlot, &C::readers, &C::Readers::queue>,
        "10000",
        {1, 100'000},
        "Reads that may wait; the next one is answered Busy at once."},
    Key{"readers",
        "queue_bytes",
        slot<SizeSlot, &C::readers, &C::Readers::queue_bytes>,
        "64MiB",
        {kMiB, 4 * kGiB},
        "Memory of the reads that wait; the next one is answered Busy at once."},
    Key{"readers",
        "max_age",
        slot<DurationSlot, &C::readers, &C::Readers::max_age>,
        "1h",
        {100, 7 * kDay},
        "Age at which a reading connection is replaced by a new one, between two requests."},

    Key{"search",
        "backlog",
        slot<CountSlot, &C::search, &C::Search::backlog>,
        "4096",
        {64, 1'000'000'000},
        "New and changed records that wait until the search index follows them. A search looks at "
        "each of them: fewer make it faster, and the index less compact."},

    Key{"deadlines",
        "read",
        slot<DurationSlot, &C::deadlines, &C::Deadlines::read>,
        "10s",
        {1, 10 * kMinute},
        "Time that a read may take, its time in the queue included. A call may ask for less."},
    Key{"deadlines",
        "write",
        slot<DurationSlot, &C::deadlines, &C::Deadlines::write>,
        "30s",
        {1, 10 * kMinute},
        "Time that a write may wait before it starts; one that has started is finished. A call "
        "may ask for less."},

    Key{"retention",
        "requests",
        slot<DurationSlot, &C::retention, &C::Retention::requests>,
        "1h",
        {kSecond, 30 * kDay},
        "Time that the reply to a write with a requestId is kept, so that repeating the call "
        "changes "
        "nothing. Counted while the daemon runs."},
    Key{"retention",
        "request_calls",
        slot<CountSlot, &C::retention, &C::Retention::request_calls>,
        "1000000",
        {1000, 100'000'000},
        "Such replies that are kept; the oldest beyond them go even before their time."},
    Key{"retention",
        "metrics",
        slot<DurationSlot, &C::retention, &C::Retention::metrics>,
        "30d",
        {kMinute, 3'650 * kDay},
        "Time that a sample of a metric is kept; older ones go as new ones are recorded."},

    Key{"shutdown",
        "grace",
        slot<DurationSlot, &C::shutdown, &C::Shutdown::grace>,
        "10s",
        {0, 10 * kMinute},
        "Time that accepted calls get to finish once the daemon is told to stop."},

    Key{"log",
        "level",
        slot<LevelSlot, &C::log, &C::Log::level>,
        "info",
        {},
        "The least severe messages that are logged."},
};

constexpr std::array kRules{
    AtLeast{"database.wal_limit", "database.checkpoint_at",
            "the log would be full before it is ever checkpointed"},
    AtLeast{"writer.queue_bytes", "limits.frame", "the largest message could never be queued"},
};

std::string upper(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](unsigned char letter) {
        return static_cast<char>(std::toupper(letter));
    });
    return out;
}

}  // namespace

std::string Key::full_name() const {
    return std::string(section) + "." + std::string(name);
}

std::string Key::environment() const {
    return "CATALOGD_" + upper(section) + "__" + upper(name);
}

std::span<const Key> keys() {
    return kKeys;
}

std::span<const AtLeast> rules() {
    return kRules;
}

const Key* find_key(std::string_view full_name) {
    const auto found = std::ranges::find(kKeys, full_name, &Key::full_name);
    return found == kKeys.end() ? nullptr : &*found;
}

std::vector<std::string_view> sections() {
    std::vector<std::string_view> names;
    for (const Key& key : kKeys) {
        if (names.empty() || names.back() != key.section) {
            names.push_back(key.section);
        }
    }
    return names;
}

}  // namespace catalogd::config
