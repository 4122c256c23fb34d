// A disk that fails on demand: an SQLite VFS over "unix-excl", whose n-th call of a kind fails,
// once or from then on. Registered under a name of its own while the object lives; connections
// that use it must be closed before it goes.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>

namespace catalogd::catalog {

enum class FaultKind : unsigned {
    open = 1U,
    write = 2U,
    sync = 4U,
    truncate = 8U,
    remove = 16U,
    read = 32U,
    every_change = open | write | sync | truncate | remove,
};

class FaultVfs {
public:
    static constexpr const char* name = "faulty-unix-excl";

    FaultVfs();
    ~FaultVfs();
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    struct Plan {
        FaultKind kind = FaultKind::every_change;
        std::int64_t nth = 1;  // of the calls of that kind from now on
        bool for_good = false;
        bool disk_full = false;  // writes stop half way with SQLITE_FULL
        bool only_log = false;   // of the write-ahead log alone
    };
    void fail(const Plan& plan);
    void heal();
    // Whether the plan has been reached.
    [[nodiscard]] bool has_failed() const { return failures_ > 0; }

    // For the calls that come through: whether this one is to fail.
    bool fails(FaultKind kind, const std::string& path);
    [[nodiscard]] bool disk_full() const { return plan_.disk_full; }
    [[nodiscard]] sqlite3_vfs* base() const { return base_; }

private:
    sqlite3_vfs* base_;
    sqlite3_vfs vfs_;
    bool armed_ = false;
    Plan plan_;
    std::int64_t calls_ = 0;
    std::int64_t failures_ = 0;
};

}  // namespace catalogd::catalog
