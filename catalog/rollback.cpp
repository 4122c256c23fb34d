#include "catalog/rollback.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "catalog/backup.h"
#include "catalog/durable_file.h"
#include "catalog/failure.h"

namespace catalogd::catalog {
namespace {

const Sql taken_sql{"migrations.list",
                    "SELECT version, name, checksum, applied_at FROM migrations ORDER BY version"};
const Sql forget_sql{"migrations.forget", "DELETE FROM migrations WHERE version = ?1"};

const Migration& step_of(std::span<const Migration> steps, std::int64_t version) {
    return steps[static_cast<std::size_t>(version) - 1];
}

void check_soundness(Connection& connection) {
    const std::string said = connection.query_text("PRAGMA integrity_check");
    if (said != "ok") {
        throw Unusable(Unusable::Kind::damaged, "the catalog is not sound: " + said);
    }
    if (const std::string table = connection.query_text("PRAGMA foreign_key_check");
        !table.empty()) {
        throw Unusable(Unusable::Kind::damaged, "a row of " + table + " refers to none");
    }
}

}  // namespace

std::vector<TakenStep> steps_taken(Connection& connection) {
    std::vector<TakenStep> steps;
    Run run(connection, taken_sql);
    while (run.step()) {
        TakenStep& step = steps.emplace_back();
        step.version = run.integer();
        step.name = run.text();
        step.checksum = run.text();
        step.applied_at = run.integer();
    }
    return steps;
}

std::int64_t schema_version(Connection& connection) {
    return connection.query_integer("PRAGMA user_version");
}

void check_way_back(Connection& connection, std::span<const Migration> steps, std::int64_t to) {
    const std::int64_t from = schema_version(connection);
    if (to < 1 || to >= from) {
        throw UnknownSchema{{},
                            "must be a version before the present one, " + std::to_string(from)};
    }
    for (std::int64_t version = from; version > to; --version) {
        const Migration& step = step_of(steps, version);
        if (!step.way_back) {
            throw NotReversible{{}, step.version, std::string(step.name)};
        }
    }
}

void roll_back(WriteTransaction& transaction, std::span<const Migration> steps, std::int64_t to) {
    WriteConnection& connection = transaction.connection();
    check_way_back(connection, steps, to);
    const std::int64_t from = schema_version(connection);
    transaction.leave_schema();
    for (std::int64_t version = from; version > to; --version) {
        connection.database().exec(std::string(*step_of(steps, version).way_back));
        Run(connection, forget_sql, version).execute();
    }
    connection.database().exec("PRAGMA user_version = " + std::to_string(to));
    check_soundness(connection);
}

std::string back_up_before_rollback(Connection& connection, std::int64_t to, std::int64_t now) {
    const std::int64_t from = schema_version(connection);
    const std::string moment = "-" + std::to_string(now);
    std::string copy = copy_of_schema(connection.path(), from) + moment;
    back_up(connection, copy);
    for (std::int64_t version = to; version < from; ++version) {
        const std::string older = copy_of_schema(connection.path(), version);
        if (std::rename(older.c_str(), (older + moment).c_str()) != 0 && errno != ENOENT) {
            throw Unusable(Unusable::Kind::unwritable, older + ": " + std::strerror(errno));
        }
    }
    sync_folder(folder_of(copy));
    return copy;
}

}  // namespace catalogd::catalog
