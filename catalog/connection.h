// Connections to the database file. The type says what each may do: a mutation takes a
// WriteTransaction, which only a WriteConnection gives; a ReadConnection cannot write at all.
//
// Invariants of every connection: the VFS keeps other processes out, foreign keys are enforced,
// synchronous is FULL, the schema and the file are not trusted. Each is read back after setting,
// and what does not hold is thrown as Unusable.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "catalog/identifiers.h"
#include "catalog/slices.h"
#include "catalog/statement.h"
#include "catalog/summary.h"

namespace catalogd::catalog {

// "catd": what tells a catalog from any other SQLite database.
inline constexpr std::int64_t application_id = 0x63617464;

struct OpenOptions {
    std::string path;
    std::int64_t cache_bytes = 8 << 20;
    std::int64_t log_kept_bytes = 32 << 20;  // of the log's file, between checkpoints
    std::string vfs = "unix-excl";
    QueryStatistics* statistics = nullptr;  // what runs is counted here; outlives the connection
};

class Connection {
public:
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // The statement, prepared once for this connection.
    SQLite::Statement& prepared(const Sql& sql);
    // SQLite's own handle of one that is prepared.
    [[nodiscard]] sqlite3_stmt* handle_of(const Sql& sql) const {
        return statements_[sql.index()].handle;
    }
    SQLite::Database& database() { return database_; }
    [[nodiscard]] const OpenOptions& options() const { return options_; }
    [[nodiscard]] const std::string& path() const { return options_.path; }
    // After its last statement failed at the file or the disk: it must not serve another request.
    [[nodiscard]] bool broken() const;
    // The first column of the first row of a statement that is run once.
    std::int64_t query_integer(const std::string& sql);
    std::string query_text(const std::string& sql);
    // How large the page cache may become; between two transactions.
    void set_cache(std::int64_t bytes);

protected:
    Connection(const OpenOptions& options, int flags);
    ~Connection() = default;

private:
    void harden();

    const OpenOptions options_;
    SQLite::Database database_;
    struct Prepared {
        std::unique_ptr<SQLite::Statement> statement;
        sqlite3_stmt* handle = nullptr;
    };
    std::vector<Prepared> statements_;  // by Sql::index()
};

// The one connection that commits, checkpoints and vacuums. Opens, and makes the file where there
// is none; must be open before any ReadConnection. Another program's database it leaves as it is.
class WriteConnection : public Connection {
public:
    explicit WriteConnection(const OpenOptions& options);

    // Bytes of the write-ahead log that a checkpoint has not copied yet.
    [[nodiscard]] std::int64_t log_bytes() const { return log_pages_ * page_size_; }

    enum class Checkpoint { passive, restart, truncate };
    // True when all of the log is in the database file. Waits for readers at most `patience`.
    bool checkpoint(Checkpoint mode, std::chrono::milliseconds patience);

    // Of the log's file, between checkpoints; between two transactions.
    void set_log_kept(std::int64_t bytes);

    // Leaves the log as it is when the connection closes: after a failure of the disk.
    void abandon();

    // Whether the files at the path are still the ones that this connection has open.
    [[nodiscard]] bool files_in_place() const;

    // After the first commit: notes which file the write-ahead log is.
    void note_log_file();

    // As the last commit left it; kept here, so that no transaction has to read it.
    const Summary& summary();
    void keep_summary(const Summary& summary) { summary_ = summary; }

    // While it is held no transaction may begin: the catalog is about to be replaced. `why` is told
    // to those who would write; empty: it is not held.
    void hold(std::string why) { held_ = std::move(why); }
    [[nodiscard]] const std::string& held() const { return held_; }
    // After the catalog was replaced: what is kept of it here is read anew.
    void note_replaced();
    [[nodiscard]] std::int64_t times_replaced() const { return times_replaced_; }

    IdentifierSource& identifiers() { return identifiers_; }

    // While a part of the search index is being built up to this file number, changes of those
    // files are noted as if they were in the index already; whichever catalog they are in.
    [[nodiscard]] std::int64_t building_to() const { return building_to_; }
    void set_building_to(std::int64_t number) { building_to_ = number; }

private:
    void check_file();
    void create_layout();

    std::int64_t page_size_ = 0;
    std::int64_t log_pages_ = 0;  // kept by SQLite's hook at each commit
    std::uint64_t log_inode_ = 0;
    std::optional<Summary> summary_;
    std::int64_t building_to_ = 0;
    std::string held_;
    std::int64_t times_replaced_ = 0;
    IdentifierSource identifiers_;
};

class ReadConnection : public Connection {
public:
    explicit ReadConnection(const OpenOptions& options);

    // While one lives, a statement of the connection fails with SQLITE_INTERRUPT once `passed`
    // says so; it is asked some thousand times a second.
    class Deadline {
    public:
        Deadline(ReadConnection& connection, std::function<bool()> passed);
        ~Deadline();
        Deadline(const Deadline&) = delete;
        Deadline& operator=(const Deadline&) = delete;

    private:
        static int expired(void* self);
        sqlite3* handle_;
        std::function<bool()> passed_;
    };
};

// For long work beside the readers. It cannot write to the catalog either, but can copy it: VACUUM
// INTO needs an attached file and fails under query_only.
class MaintenanceConnection : public ReadConnection {
public:
    explicit MaintenanceConnection(const OpenOptions& options);
};

// A copy of a catalog in a file of its own, which nobody else has open. It becomes durable only
// when its owner syncs the file. Its statements end when the work that it is part of is stopped.
class CopyConnection : public Connection {
public:
    CopyConnection(const std::string& path, const Slices& slices);
    ~CopyConnection();
    [[nodiscard]] const Slices& slices() const { return slices_; }

private:
    const Slices slices_;
};

// One snapshot for several statements: a reader's own, or that of the transaction that is open.
class Snapshot {
public:
    explicit Snapshot(Connection& connection);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Connection& connection_;
    const bool own_;
};

}  // namespace catalogd::catalog
