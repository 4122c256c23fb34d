#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>

namespace catalogd::bench {

struct RawSettings {
    std::string database;
    std::uint64_t page_size = 4096;
    // "plain": rows lie in order of arrival, ids in an index of their own; "id": in order of id;
    // "name": in order of (client, name), ids in an index of their own.
    std::string layout = "plain";
    std::uint64_t checkpoint_pages = 32768;
    std::uint64_t cache_kib = 65536;
};

// The catalog's main table in SQLite with nothing around it: one connection, one thread. This is
// the most that any daemon on top of SQLite could reach.
class RawCatalog {
public:
    explicit RawCatalog(const RawSettings& settings);

    // Throws when the file cannot be opened, or does not have the settings asked for.
    void begin();
    void commit();
    void save(std::uint64_t record);
    // True if the record is there.
    bool find(std::uint64_t record);
    std::uint64_t count();
    void checkpoint();

private:
    struct CloseDatabase {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
    };
    struct FinalizeStatement {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

    void open(const RawSettings& settings);
    void create_tables(const std::string& layout);
    void execute(const std::string& sql);
    std::string ask(const std::string& sql);
    void require(const std::string& pragma, const std::string& expected);
    Statement prepare(const std::string& sql);
    void run(const Statement& statement);
    void check(int result, const char* what);

    std::unique_ptr<sqlite3, CloseDatabase> database_;
    Statement begin_;
    Statement commit_;
    Statement save_;
    Statement find_;
    std::uint64_t next_id_ = 0;
};

}  // namespace catalogd::bench
