#include "bench/raw_catalog.h"

#include <array>
#include <chrono>
#include <stdexcept>

#include "bench/records.h"

namespace catalogd::bench {

namespace {

constexpr std::string_view kClientsTable =
    "CREATE TABLE clients (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE"
    " CHECK (length(id) = 16), name TEXT NOT NULL UNIQUE) STRICT";

constexpr std::string_view kFilesColumns =
    "client INTEGER NOT NULL REFERENCES clients (number) ON DELETE CASCADE,"
    " name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 1024),"
    " path TEXT NOT NULL, verified INTEGER NOT NULL CHECK (verified IN (0, 1)),"
    " size INTEGER CHECK (size >= 0), modified INTEGER, crc INTEGER";

std::string files_table(const std::string& layout) {
    const std::string columns(kFilesColumns);
    if (layout == "plain") {
        return "CREATE TABLE files (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), " +
               columns + ", UNIQUE (client, name)) STRICT";
    }
    if (layout == "name") {
        return "CREATE TABLE files (id BLOB NOT NULL UNIQUE CHECK (length(id) = 16), " + columns +
               ", PRIMARY KEY (client, name)) STRICT, WITHOUT ROWID";
    }
    if (layout == "id") {
        return "CREATE TABLE files (id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16), " +
               columns + ", UNIQUE (client, name)) STRICT, WITHOUT ROWID";
    }
    throw std::invalid_argument("no such layout: " + layout);
}

// A time in the upper half and a scrambled counter in the lower one: 16 bytes that grow.
std::array<unsigned char, 16> make_id(std::uint64_t sequence) {
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    const std::array<std::uint64_t, 2> halves{static_cast<std::uint64_t>(now.count()),
                                              scramble(sequence)};
    std::array<unsigned char, 16> id{};
    for (std::size_t i = 0; i < id.size(); ++i) {
        id[i] = static_cast<unsigned char>(halves[i / 8] >> (56U - 8U * (i % 8)));
    }
    return id;
}

std::string name_of(std::uint64_t record) {
    std::string name(kFolder);
    name.resize(kFolder.size() + kHexLength);
    write_hex(scramble(record), name.data() + kFolder.size());
    return name.append(kSuffix);
}

// The text must outlive the step.
int bind_text(sqlite3_stmt* statement, int index, const std::string& text) {
    return sqlite3_bind_text(statement, index, text.data(), static_cast<int>(text.size()), nullptr);
}

}  // namespace

RawCatalog::RawCatalog(const RawSettings& settings) {
    open(settings);
    if (ask("SELECT count(*) FROM sqlite_schema") == "0") {
        create_tables(settings.layout);
    }
    begin_ = prepare("BEGIN IMMEDIATE");
    commit_ = prepare("COMMIT");
    save_ = prepare(
        "INSERT INTO files (id, client, name, path, verified, size, modified, crc)"
        " VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7) ON CONFLICT (client, name) DO UPDATE SET"
        " path = excluded.path, verified = excluded.verified, size = excluded.size,"
        " modified = excluded.modified, crc = excluded.crc");
    find_ = prepare(
        "SELECT files.id, clients.id, clients.name, files.path, verified, size, modified, crc"
        " FROM files JOIN clients ON clients.number = files.client"
        " WHERE client = ?1 AND files.name = ?2");
}

void RawCatalog::open(const RawSettings& settings) {
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(
        settings.database.c_str(), &handle,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, "unix-excl");
    database_.reset(handle);
    check(result, "open");
    const auto page_size = std::to_string(settings.page_size);
    execute("PRAGMA page_size = " + page_size);
    execute("PRAGMA auto_vacuum = INCREMENTAL");
    execute("PRAGMA journal_mode = WAL");
    execute("PRAGMA synchronous = FULL");
    execute("PRAGMA foreign_keys = ON");
    execute("PRAGMA cache_size = -" + std::to_string(settings.cache_kib));
    execute("PRAGMA wal_autocheckpoint = " + std::to_string(settings.checkpoint_pages));
    require("journal_mode", "wal");
    require("synchronous", "2");
    require("foreign_keys", "1");
    require("page_size", page_size);
}

void RawCatalog::create_tables(const std::string& layout) {
    execute("BEGIN");
    execute(std::string(kClientsTable));
    execute(files_table(layout));
    execute("WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " +
            std::to_string(kClients) +
            ") INSERT INTO clients SELECT i, randomblob(16), 'client ' || i FROM n");
    execute("COMMIT");
}

void RawCatalog::begin() {
    run(begin_);
}

void RawCatalog::commit() {
    run(commit_);
}

void RawCatalog::save(std::uint64_t record) {
    const auto id = make_id(next_id_++);
    const std::string name = name_of(record);
    const std::string path = "/srv/backup/" + name;
    sqlite3_stmt* save = save_.get();
    check(sqlite3_bind_blob(save, 1, id.data(), static_cast<int>(id.size()), nullptr), "id");
    check(sqlite3_bind_int64(save, 2, static_cast<std::int64_t>(client_of(record))), "client");
    check(bind_text(save, 3, name), "name");
    check(bind_text(save, 4, path), "path");
    check(sqlite3_bind_int64(save, 5, static_cast<std::int64_t>(size_of(record))), "size");
    check(sqlite3_bind_int64(save, 6, 1'736'510'400'000), "modified");
    check(sqlite3_bind_int64(save, 7, static_cast<std::int64_t>(crc_of(record))), "crc");
    run(save_);
}

bool RawCatalog::find(std::uint64_t record) {
    const std::string name = name_of(record);
    check(sqlite3_bind_int64(find_.get(), 1, static_cast<std::int64_t>(client_of(record))),
          "client");
    check(bind_text(find_.get(), 2, name), "name");
    const int result = sqlite3_step(find_.get());
    const bool found = result == SQLITE_ROW && sqlite3_column_bytes(find_.get(), 0) == 16 &&
                       sqlite3_column_bytes(find_.get(), 3) > 0;
    check(sqlite3_reset(find_.get()), "find");
    return found;
}

std::uint64_t RawCatalog::count() {
    return std::stoull(ask("SELECT count(*) FROM files"));
}

void RawCatalog::checkpoint() {
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

void RawCatalog::execute(const std::string& sql) {
    check(sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr), sql.c_str());
}

std::string RawCatalog::ask(const std::string& sql) {
    const auto statement = prepare(sql);
    if (sqlite3_step(statement.get()) != SQLITE_ROW) {
        throw std::runtime_error("no answer to " + sql);
    }
    const auto* text = sqlite3_column_text(statement.get(), 0);
    return reinterpret_cast<const char*>(text);
}

void RawCatalog::require(const std::string& pragma, const std::string& expected) {
    const auto actual = ask("PRAGMA " + pragma);
    if (actual != expected) {
        throw std::runtime_error(pragma + " is " + actual + ", not " + expected);
    }
}

RawCatalog::Statement RawCatalog::prepare(const std::string& sql) {
    sqlite3_stmt* handle = nullptr;
    check(sqlite3_prepare_v3(database_.get(), sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &handle,
                             nullptr),
          sql.c_str());
    return Statement(handle);
}

void RawCatalog::run(const Statement& statement) {
    const int result = sqlite3_step(statement.get());
    if (result != SQLITE_DONE) {
        check(result, sqlite3_sql(statement.get()));
    }
    check(sqlite3_reset(statement.get()), "reset");
}

void RawCatalog::check(int result, const char* what) {
    if (result != SQLITE_OK) {
        throw std::runtime_error(std::string(what) + ": " + sqlite3_errmsg(database_.get()));
    }
}

}  // namespace catalogd::bench
