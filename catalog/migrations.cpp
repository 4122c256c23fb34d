#include "catalog/migrations.h"

#include <SQLiteCpp/Transaction.h>
#include <sodium/crypto_generichash.h>
#include <sodium/utils.h>

#include <array>

#include "catalog/backup.h"
#include "catalog/failure.h"

namespace catalogd::embedded {
extern const std::span<const std::pair<std::string_view, std::string_view>> schema_steps;
extern const std::span<const std::pair<std::string_view, std::string_view>> schema_ways_back;
}  // namespace catalogd::embedded

namespace catalogd::catalog {
namespace {

const Sql steps_taken_sql{"migrations.taken", "SELECT version, checksum FROM migrations"};
const Sql note_step_sql{"migrations.note",
                        "INSERT INTO migrations (version, name, checksum, applied_at) "
                        "VALUES (?1, ?2, ?3, ?4)"};

Unusable unusable(const WriteConnection& connection, const std::string& reason) {
    return {Unusable::Kind::unsupported, connection.path() + ": " + reason};
}

// The version that the catalog has.
std::int64_t check_version(WriteConnection& connection, std::int64_t newest) {
    const std::int64_t version = connection.query_integer("PRAGMA user_version");
    if (version < 0 || version > newest) {
        throw unusable(connection, "has schema " + std::to_string(version) +
                                       ", and this program knows schemas up to " +
                                       std::to_string(newest) +
                                       "; run a newer one, or have that one go back first: "
                                       "catalogctl migrations rollback " +
                                       std::to_string(newest));
    }
    return version;
}

void check_steps_taken(WriteConnection& connection, std::span<const Migration> steps) {
    Run run(connection, steps_taken_sql);
    while (run.step()) {
        const auto version = static_cast<std::size_t>(run.integer());
        if (version == 0 || version > steps.size() ||
            run.text() != checksum(steps[version - 1].sql)) {
            throw unusable(connection, "schema step " + std::to_string(version) +
                                           " was not the one that this program has");
        }
    }
}

std::optional<std::string_view> way_back_of(std::string_view step) {
    for (const auto& [name, sql] : embedded::schema_ways_back) {
        if (name == std::string(step) + ".down") {
            return sql;
        }
    }
    return {};
}

void take(WriteConnection& connection, const Migration& step, std::int64_t now) {
    SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    connection.database().exec(std::string(step.sql));
    connection.database().exec("PRAGMA application_id = " + std::to_string(application_id));
    connection.database().exec("PRAGMA user_version = " + std::to_string(step.version));
    const std::string name(step.name);
    const std::string checked = checksum(step.sql);
    Run(connection, note_step_sql, step.version, name, checked, now).execute();
    transaction.commit();
}

}  // namespace

std::vector<Migration> migrations() {
    std::vector<Migration> steps;
    for (const auto& [name, sql] : embedded::schema_steps) {
        steps.push_back(
            {static_cast<std::int64_t>(steps.size()) + 1, name, sql, way_back_of(name)});
    }
    return steps;
}

std::string checksum(std::string_view sql) {
    std::array<unsigned char, 32> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(sql.data()),
                       sql.size(), nullptr, 0);
    std::string text(2 * hash.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.pop_back();
    return text;
}

Migrated migrate(WriteConnection& connection, std::span<const Migration> steps, std::int64_t now) {
    const auto newest = static_cast<std::int64_t>(steps.size());
    Migrated result;
    result.from = check_version(connection, newest);
    result.to = newest;
    if (result.from > 0) {
        check_steps_taken(connection, steps);
    }
    if (result.from > 0 && result.from < newest) {
        result.backup = copy_of_schema(connection.path(), result.from);
        back_up_once(connection, *result.backup);
    }
    for (const Migration& step : steps.subspan(static_cast<std::size_t>(result.from))) {
        try {
            take(connection, step, now);
        } catch (const SQLite::Exception& failure) {
            throw unusable(connection, "schema step " + std::string(step.name) +
                                           " failed and nothing of it was kept: " + failure.what());
        }
    }
    return result;
}

}  // namespace catalogd::catalog
