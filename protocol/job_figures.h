// What a run of a job may be told, and what it tells when it has ended: `parameters` of
// io.catalogd.Jobs.Run, and `result` of a run. docs/protocol.md lists the same.
#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/checked.h"

namespace catalogd::protocol::jobs {

// --- parameters, each with the result of its runs as Reply; `method` is the job's name --------

struct Cleanup {
    static constexpr std::string_view method = "cleanup";
    struct Reply {
        std::int64_t requests = 0;  // how many of each went
        std::int64_t samples = 0;
        std::int64_t audit_entries = 0;
        std::int64_t runs = 0;
        std::vector<std::string> backups;  // their names
        std::int64_t database_bytes = 0;   // what growth is told from
    };
};

struct Vacuum {
    static constexpr std::string_view method = "vacuum";
    std::optional<bool> full;
    struct Reply {
        bool full = false;
        std::int64_t free_pages = 0;  // before
        std::int64_t pages = 0;
        std::int64_t bytes_freed = 0;
    };
};

struct Optimize {
    static constexpr std::string_view method = "optimize";
    struct Reply {
        std::int64_t statistics = 0;  // rows that the planner has to go by
    };
};

struct Checkpoint {
    static constexpr std::string_view method = "checkpoint";
    std::optional<bool> truncate;
    struct Reply {
        bool complete = false;
        std::int64_t log_bytes_before = 0;  // that were not in the database yet
        std::int64_t log_bytes = 0;
    };
};

// A row that refers to one that is not there.
struct Violation {
    static constexpr bool grows = true;
    std::string table;
    std::optional<std::int64_t> row;
    std::string parent;
};

struct ForeignKeyCheck {
    static constexpr std::string_view method = "foreign-key-check";
    struct Reply {
        std::int64_t violations = 0;
        std::vector<Violation> first;
    };
};

struct IntegrityCheck {
    static constexpr std::string_view method = "integrity-check";
    std::optional<bool> full;
    struct Reply {
        bool full = false;
        std::vector<std::string> faults;
    };
};

struct OrphanCheck {
    static constexpr std::string_view method = "orphan-check";
    std::optional<bool> repair;
    struct Reply {
        std::int64_t orphans = 0;
        std::int64_t repaired = 0;
        std::optional<std::string> backup;  // that was taken before the repair
    };
};

struct SearchIndex {
    static constexpr std::string_view method = "search-index";
    std::optional<bool> rebuild;
    struct Reply {
        std::int64_t segments = 0;
        std::int64_t waiting = 0;  // records and changes that the index does not know yet
        bool rebuilt = false;
    };
};

struct TakeBackup {
    static constexpr std::string_view method = "backup";
    std::optional<std::string> name;
    struct Reply {
        std::string backup;
        std::int64_t bytes = 0;
        std::string sha256;
    };
};

struct BackupProof {
    static constexpr std::string_view method = "backup-proof";
    std::optional<std::string> backup;
    struct Reply {
        std::optional<std::string> backup;  // none was there to prove
        std::int64_t bytes = 0;
    };
};

BOOST_DESCRIBE_STRUCT(Cleanup, (), ())
BOOST_DESCRIBE_STRUCT(Cleanup::Reply, (),
                      (requests, samples, audit_entries, runs, backups, database_bytes))
BOOST_DESCRIBE_STRUCT(Vacuum, (), (full))
BOOST_DESCRIBE_STRUCT(Vacuum::Reply, (), (full, free_pages, pages, bytes_freed))
BOOST_DESCRIBE_STRUCT(Optimize, (), ())
BOOST_DESCRIBE_STRUCT(Optimize::Reply, (), (statistics))
BOOST_DESCRIBE_STRUCT(Checkpoint, (), (truncate))
BOOST_DESCRIBE_STRUCT(Checkpoint::Reply, (), (complete, log_bytes_before, log_bytes))
BOOST_DESCRIBE_STRUCT(Violation, (), (table, row, parent))
BOOST_DESCRIBE_STRUCT(ForeignKeyCheck, (), ())
BOOST_DESCRIBE_STRUCT(ForeignKeyCheck::Reply, (), (violations, first))
BOOST_DESCRIBE_STRUCT(IntegrityCheck, (), (full))
BOOST_DESCRIBE_STRUCT(IntegrityCheck::Reply, (), (full, faults))
BOOST_DESCRIBE_STRUCT(OrphanCheck, (), (repair))
BOOST_DESCRIBE_STRUCT(OrphanCheck::Reply, (), (orphans, repaired, backup))
BOOST_DESCRIBE_STRUCT(SearchIndex, (), (rebuild))
BOOST_DESCRIBE_STRUCT(SearchIndex::Reply, (), (segments, waiting, rebuilt))
BOOST_DESCRIBE_STRUCT(TakeBackup, (), (name))
BOOST_DESCRIBE_STRUCT(TakeBackup::Reply, (), (backup, bytes, sha256))
BOOST_DESCRIBE_STRUCT(BackupProof, (), (backup))
BOOST_DESCRIBE_STRUCT(BackupProof::Reply, (), (backup, bytes))

}  // namespace catalogd::protocol::jobs
