// io.catalogd.Admin: its messages. The contract, comments included, is the .varlink file;
// a test holds these structs against it, member by member.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/mp11/list.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/checked.h"
#include "protocol/values.h"

namespace catalogd::protocol::admin {

inline constexpr std::string_view interface = "io.catalogd.Admin";

inline constexpr std::size_t parameters_limit = 100;

struct Migration {
    static constexpr bool grows = true;  // part of replies alone
    std::int64_t version = 0;
    std::string name;
    std::optional<Time> applied_at;
    bool reversible = false;
    std::string checksum;
};

struct ListMigrations {
    static constexpr std::string_view method = "io.catalogd.Admin.ListMigrations";
    struct Reply {
        std::vector<Migration> migrations;
        std::int64_t schema_version = 0;
    };
};

struct Rollback {
    static constexpr std::string_view method = "io.catalogd.Admin.Rollback";
    std::int64_t to_version = 0;
    struct Reply {
        std::int64_t schema_version = 0;
        std::string backup;
    };
};

struct RotateKeys {
    static constexpr std::string_view method = "io.catalogd.Admin.RotateKeys";
    struct Reply {
        std::optional<std::int64_t> resealed;
        std::optional<bool> new_key;
        std::optional<double> progress;
    };
};

struct Backup {
    static constexpr bool grows = true;  // part of replies alone
    std::string name;
    Time created_at;
    std::int64_t bytes = 0;
    std::string sha256;
    std::int64_t schema_version = 0;
    bool proven = false;
    std::optional<Time> proven_at;
    std::optional<std::string> problem;
};

struct ListBackups {
    static constexpr std::string_view method = "io.catalogd.Admin.ListBackups";
    struct Reply {
        std::vector<Backup> backups;
    };
};

struct Restore {
    static constexpr std::string_view method = "io.catalogd.Admin.Restore";
    std::string backup;
    std::optional<bool> without_keys;
    struct Reply {
        std::optional<std::int64_t> schema_version;
        std::optional<std::string> previous;
        std::optional<double> progress;
    };
};

struct ReadBackup {
    static constexpr std::string_view method = "io.catalogd.Admin.ReadBackup";
    std::string backup;
    std::optional<Size> offset;
    struct Reply {
        std::string data;  // base64
        std::int64_t offset = 0;
        std::int64_t bytes = 0;
        std::optional<std::string> manifest;
    };
};

struct DeleteBackup {
    static constexpr std::string_view method = "io.catalogd.Admin.DeleteBackup";
    std::string backup;
    struct Reply {};
};

struct ImportDatabase {
    static constexpr std::string_view method = "io.catalogd.Admin.ImportDatabase";
    FilePath path;
    std::optional<bool> dry_run;
    struct Reply {
        std::optional<Object> report;
        std::optional<double> progress;
    };
};

struct AuditEntry {
    static constexpr bool grows = true;  // part of replies alone
    std::int64_t sequence = 0;
    Time at;
    std::int64_t uid = 0;
    std::int64_t pid = 0;
    std::string method;
    std::optional<std::string> subject;
    std::string outcome;
    std::string hash;
};

struct ListAudit {
    static constexpr std::string_view method = "io.catalogd.Admin.ListAudit";
    std::optional<std::string> after;
    std::optional<Limit> limit;
    struct Reply {
        std::vector<AuditEntry> entries;
        std::optional<std::string> next;
    };
};

struct VerifyAudit {
    static constexpr std::string_view method = "io.catalogd.Admin.VerifyAudit";
    struct Reply {
        std::int64_t entries = 0;
        std::optional<std::int64_t> broken;
    };
};

struct QueryStatistic {
    static constexpr bool grows = true;  // part of replies alone
    std::string statement;
    std::int64_t calls = 0;
    std::int64_t rows = 0;
    double total_ms = 0;
    double mean_ms = 0;
    double p99_ms = 0;
    double max_ms = 0;
    std::int64_t full_scans = 0;
    Time since;
};

// A value of SQLite: at most one member, none for null.
struct Cell {
    std::optional<std::int64_t> int_;
    std::optional<double> float_;
    std::optional<std::string> text;
    std::optional<Base64> bytes;
};

struct Row {
    static constexpr bool grows = true;  // part of replies alone
    std::vector<Cell> cells;
};

struct Column {
    static constexpr bool grows = true;  // part of replies alone
    std::string name;
    std::string type;
    bool not_null = false;
    std::optional<std::string> default_value;
    bool primary_key = false;
};

struct QueryStatistics {
    static constexpr std::string_view method = "io.catalogd.Admin.QueryStatistics";
    std::optional<Limit> limit;
    struct Reply {
        std::vector<QueryStatistic> statistics;
    };
};

struct ListTables {
    static constexpr std::string_view method = "io.catalogd.Admin.ListTables";
    struct Reply {
        std::vector<std::string> tables;
    };
};

struct GetTableSchema {
    static constexpr std::string_view method = "io.catalogd.Admin.GetTableSchema";
    std::string table;
    struct Reply {
        std::vector<Column> columns;
    };
};

struct GetTableRows {
    static constexpr std::string_view method = "io.catalogd.Admin.GetTableRows";
    std::string table;
    std::optional<std::string> after;
    std::optional<Limit> limit;
    struct Reply {
        std::vector<std::string> columns;
        std::vector<Row> rows;
        std::optional<std::string> next;
    };
};

struct Query {
    static constexpr std::string_view method = "io.catalogd.Admin.Query";
    std::string sql;
    std::optional<Checked<CountRule<Cell, parameters_limit>>> parameters;
    std::optional<Limit> limit;
    struct Reply {
        std::vector<std::string> columns;
        std::vector<Row> rows;
        bool truncated = false;
    };
};

using Methods =
    boost::mp11::mp_list<ImportDatabase, ListAudit, ListMigrations, Rollback, RotateKeys,
                         VerifyAudit, QueryStatistics, ListTables, GetTableSchema, GetTableRows,
                         Query, ListBackups, Restore, ReadBackup, DeleteBackup>;

BOOST_DESCRIBE_STRUCT(Migration, (), (version, name, applied_at, reversible, checksum))
BOOST_DESCRIBE_STRUCT(ListMigrations, (), ())
BOOST_DESCRIBE_STRUCT(ListMigrations::Reply, (), (migrations, schema_version))
BOOST_DESCRIBE_STRUCT(Rollback, (), (to_version))
BOOST_DESCRIBE_STRUCT(Rollback::Reply, (), (schema_version, backup))
BOOST_DESCRIBE_STRUCT(AuditEntry, (), (sequence, at, uid, pid, method, subject, outcome, hash))
BOOST_DESCRIBE_STRUCT(ListAudit, (), (after, limit))
BOOST_DESCRIBE_STRUCT(ListAudit::Reply, (), (entries, next))
BOOST_DESCRIBE_STRUCT(VerifyAudit, (), ())
BOOST_DESCRIBE_STRUCT(VerifyAudit::Reply, (), (entries, broken))
BOOST_DESCRIBE_STRUCT(RotateKeys, (), ())
BOOST_DESCRIBE_STRUCT(RotateKeys::Reply, (), (resealed, new_key, progress))
BOOST_DESCRIBE_STRUCT(ImportDatabase, (), (path, dry_run))
BOOST_DESCRIBE_STRUCT(ImportDatabase::Reply, (), (report, progress))
BOOST_DESCRIBE_STRUCT(QueryStatistic, (),
                      (statement, calls, rows, total_ms, mean_ms, p99_ms, max_ms, full_scans,
                       since))
BOOST_DESCRIBE_STRUCT(Cell, (), (int_, float_, text, bytes))
BOOST_DESCRIBE_STRUCT(Row, (), (cells))
BOOST_DESCRIBE_STRUCT(Column, (), (name, type, not_null, default_value, primary_key))
BOOST_DESCRIBE_STRUCT(QueryStatistics, (), (limit))
BOOST_DESCRIBE_STRUCT(QueryStatistics::Reply, (), (statistics))
BOOST_DESCRIBE_STRUCT(ListTables, (), ())
BOOST_DESCRIBE_STRUCT(ListTables::Reply, (), (tables))
BOOST_DESCRIBE_STRUCT(GetTableSchema, (), (table))
BOOST_DESCRIBE_STRUCT(GetTableSchema::Reply, (), (columns))
BOOST_DESCRIBE_STRUCT(GetTableRows, (), (table, after, limit))
BOOST_DESCRIBE_STRUCT(GetTableRows::Reply, (), (columns, rows, next))
BOOST_DESCRIBE_STRUCT(Query, (), (sql, parameters, limit))
BOOST_DESCRIBE_STRUCT(Query::Reply, (), (columns, rows, truncated))
BOOST_DESCRIBE_STRUCT(Backup, (),
                      (name, created_at, bytes, sha256, schema_version, proven, proven_at, problem))
BOOST_DESCRIBE_STRUCT(ListBackups, (), ())
BOOST_DESCRIBE_STRUCT(ListBackups::Reply, (), (backups))
BOOST_DESCRIBE_STRUCT(Restore, (), (backup, without_keys))
BOOST_DESCRIBE_STRUCT(Restore::Reply, (), (schema_version, previous, progress))
BOOST_DESCRIBE_STRUCT(ReadBackup, (), (backup, offset))
BOOST_DESCRIBE_STRUCT(ReadBackup::Reply, (), (data, offset, bytes, manifest))
BOOST_DESCRIBE_STRUCT(DeleteBackup, (), (backup))
BOOST_DESCRIBE_STRUCT(DeleteBackup::Reply, (), ())

}  // namespace catalogd::protocol::admin
