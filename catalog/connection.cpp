#include "catalog/connection.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <array>

#include "catalog/console/memory_bound.h"
#include "catalog/failure.h"
#include "catalog/page_cache.h"

namespace catalogd::catalog {
namespace {

constexpr std::int64_t new_page_size = 4096;  // measured: docs/schema.md

constexpr int instructions_between_looks = 500;  // some tens of microseconds, where rows are read

const Sql begin_sql{"snapshot.begin", "BEGIN"};
const Sql end_sql{"snapshot.end", "COMMIT"};

// Limits on what any statement may ask for; the largest value is a call's frame.
constexpr std::array<std::pair<int, int>, 6> limits{{
    {SQLITE_LIMIT_LENGTH, 32 << 20},
    {SQLITE_LIMIT_SQL_LENGTH, 100'000},
    {SQLITE_LIMIT_EXPR_DEPTH, 50},
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
}};

constexpr std::array<std::pair<int, int>, 7> switches{{
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},  // the schema has none: what is there, others put there
    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},     // but in the temporary schema, where the console has some
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
}};

// SQLite's own memory statistics take a lock at every allocation of every thread.
const std::string& configured(const std::string& path) {
    [[maybe_unused]] static const bool once = [] {
        use_tracking_page_cache();
        use_bounded_memory();
        return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
    }();
    return path;
}

void set_switch(sqlite3* handle, int name, int value) {
    int now = -1;
    if (sqlite3_db_config(handle, name, value, &now) != SQLITE_OK || now != value) {
        throw Unusable(Unusable::Kind::unsupported,
                       "SQLite refuses its safety setting " + std::to_string(name));
    }
}

int remember_log_pages(void* pages, sqlite3* /*handle*/, const char* /*schema*/, int count) {
    *static_cast<std::int64_t*>(pages) = count;
    return SQLITE_OK;
}

std::uint64_t inode_of(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

Connection::Connection(const OpenOptions& options, int flags)
    : options_(options),
      database_(configured(options.path), flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, 0,
                options.vfs) {
    // Where a file may not be written to, SQLite opens it for reading alone, and its first read
    // would then make a -shm file and not take the lock that keeps other processes out.
    if ((flags & SQLITE_OPEN_READWRITE) != 0 &&
        sqlite3_db_readonly(database_.getHandle(), "main") != 0) {
        throw Unusable(Unusable::Kind::unwritable,
                       "the database " + options.path + " is read-only");
    }
    harden();
    set_cache(options.cache_bytes);
}

void Connection::harden() {
    sqlite3* handle = database_.getHandle();
    for (const auto& [name, value] : limits) {
        sqlite3_limit(handle, name, value);
    }
    for (const auto& [name, value] : switches) {
        set_switch(handle, name, value);
    }
    database_.exec(
        "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL");
    if (query_integer("PRAGMA foreign_keys") != 1 || query_integer("PRAGMA synchronous") != 2) {
        throw Unusable(Unusable::Kind::unsupported,
                       "SQLite does not keep foreign_keys = ON and synchronous = FULL");
    }
}

void Connection::set_cache(std::int64_t bytes) {
    database_.exec("PRAGMA cache_size = -" + std::to_string(bytes / 1024));
}

SQLite::Statement& Connection::prepared(const Sql& sql) {
    if (sql.index() >= statements_.size()) {
        statements_.resize(Sql::all().size());
    }
    Prepared& prepared = statements_[sql.index()];
    if (!prepared.statement) {
        prepared.statement = std::make_unique<SQLite::Statement>(database_, sql.text());
        // SQLiteCpp keeps it to itself; of a connection's statements the newest comes first.
        prepared.handle = sqlite3_next_stmt(database_.getHandle(), nullptr);
    }
    return *prepared.statement;
}

bool Connection::broken() const {
    switch (sqlite3_errcode(database_.getHandle()) & 0xFF) {
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_CANTOPEN:
        case SQLITE_NOTADB:
        case SQLITE_PROTOCOL:
        case SQLITE_MISUSE:
            return true;
        default:
            return false;
    }
}

std::int64_t Connection::query_integer(const std::string& sql) {
    SQLite::Statement statement(database_, sql);
    return statement.executeStep() ? statement.getColumn(0).getInt64() : 0;
}

std::string Connection::query_text(const std::string& sql) {
    SQLite::Statement statement(database_, sql);
    return statement.executeStep() ? statement.getColumn(0).getString() : std::string();
}

WriteConnection::WriteConnection(const OpenOptions& options)
    : Connection(options, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) {
    check_file();
    create_layout();
    // Checkpoints are the writer's choice of moment. The log's file is kept for the next commits:
    // writing over a file syncs faster than growing it.
    database().exec("PRAGMA wal_autocheckpoint = 0");
    set_log_kept(options.log_kept_bytes);
    page_size_ = query_integer("PRAGMA page_size");
    sqlite3_wal_hook(database().getHandle(), remember_log_pages, &log_pages_);
}

// Before anything is written.
void WriteConnection::check_file() {
    const std::int64_t id = query_integer("PRAGMA application_id");
    const bool untouched = id == 0 && query_integer("PRAGMA user_version") == 0 &&
                           query_integer("SELECT count(*) FROM sqlite_schema") == 0;
    if (id != application_id && !untouched) {
        throw Unusable(Unusable::Kind::unsupported,
                       path() + ": is an SQLite database, but not a catalog of catalogd");
    }
}

// Page size and auto_vacuum can be chosen only before the first table.
void WriteConnection::create_layout() {
    if (query_integer("PRAGMA page_count") == 0) {
        database().exec("PRAGMA page_size = " + std::to_string(new_page_size));
        database().exec("PRAGMA auto_vacuum = INCREMENTAL");
    }
    if (query_text("PRAGMA journal_mode = WAL") != "wal") {
        throw Unusable(Unusable::Kind::unsupported,
                       "the database cannot use a write-ahead log: " + path());
    }
    // Reading as well as opening takes the lock that keeps other processes out.
    query_integer("SELECT count(*) FROM sqlite_schema");
}

bool WriteConnection::checkpoint(Checkpoint mode, std::chrono::milliseconds patience) {
    constexpr std::array modes{SQLITE_CHECKPOINT_PASSIVE, SQLITE_CHECKPOINT_RESTART,
                               SQLITE_CHECKPOINT_TRUNCATE};
    int in_log = 0;
    int copied = 0;
    sqlite3_busy_timeout(database().getHandle(), static_cast<int>(patience.count()));
    const int status = sqlite3_wal_checkpoint_v2(
        database().getHandle(), "main", modes[static_cast<std::size_t>(mode)], &in_log, &copied);
    sqlite3_busy_timeout(database().getHandle(), 0);
    if (status != SQLITE_OK && status != SQLITE_BUSY) {
        throw SQLite::Exception(database().getHandle(), status);
    }
    const bool complete = status == SQLITE_OK && in_log == copied;
    if (complete && mode != Checkpoint::passive) {
        log_pages_ = 0;
    }
    return complete;
}

const Summary& WriteConnection::summary() {
    if (!summary_) {
        summary_ = read_summary(*this);
    }
    return *summary_;
}

void WriteConnection::set_log_kept(std::int64_t bytes) {
    database().exec("PRAGMA journal_size_limit = " + std::to_string(bytes));
}

void WriteConnection::note_replaced() {
    summary_.reset();
    ++times_replaced_;
}

void WriteConnection::abandon() {
    sqlite3_db_config(database().getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

bool WriteConnection::files_in_place() const {
    int moved = 0;
    // The handle is only asked; SQLite's interface has no const.
    sqlite3* handle = const_cast<WriteConnection*>(this)->database().getHandle();
    const int status = sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    const bool log_kept = log_inode_ == 0 || inode_of(path() + "-wal") == log_inode_;
    return status == SQLITE_OK && moved == 0 && log_kept;
}

void WriteConnection::note_log_file() {
    log_inode_ = inode_of(path() + "-wal");
}

ReadConnection::ReadConnection(const OpenOptions& options)
    : Connection(options, SQLITE_OPEN_READONLY) {
    set_switch(database().getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1);
    database().exec("PRAGMA query_only = ON");
    if (query_integer("PRAGMA query_only") != 1 || query_text("PRAGMA journal_mode") != "wal") {
        throw Unusable(Unusable::Kind::unsupported, "a reader's connection is not read-only");
    }
}

MaintenanceConnection::MaintenanceConnection(const OpenOptions& options) : ReadConnection(options) {
    database().exec("PRAGMA query_only = OFF");
    sqlite3_limit(database().getHandle(), SQLITE_LIMIT_ATTACHED, 1);
}

ReadConnection::Deadline::Deadline(ReadConnection& connection, std::function<bool()> passed)
    : handle_(connection.database().getHandle()), passed_(std::move(passed)) {
    sqlite3_progress_handler(handle_, instructions_between_looks, expired, this);
}

ReadConnection::Deadline::~Deadline() {
    sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
}

int ReadConnection::Deadline::expired(void* self) {
    return static_cast<Deadline*>(self)->passed_() ? 1 : 0;
}

CopyConnection::CopyConnection(const std::string& path, const Slices& slices)
    : Connection({path}, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE), slices_(slices) {
    sqlite3* handle = database().getHandle();
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 1);  // VACUUM needs it
    database().exec("PRAGMA synchronous = OFF");
    sqlite3_progress_handler(
        handle, instructions_between_looks,
        [](void* work) { return static_cast<const Slices*>(work)->stopped() ? 1 : 0; },
        const_cast<Slices*>(&slices_));
}

CopyConnection::~CopyConnection() {
    sqlite3_progress_handler(database().getHandle(), 0, nullptr, nullptr);
}

Snapshot::Snapshot(Connection& connection)
    : connection_(connection),
      own_(sqlite3_get_autocommit(connection.database().getHandle()) != 0) {
    if (own_) {
        Run(connection_, begin_sql).execute();
    }
}

Snapshot::~Snapshot() {
    if (!own_) {
        return;
    }
    try {
        Run(connection_, end_sql).execute();
    } catch (const SQLite::Exception&) {
        // A read that failed may have ended the transaction already; nothing is left to end.
    }
}

}  // namespace catalogd::catalog
