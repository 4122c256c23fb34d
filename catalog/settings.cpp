#include "catalog/settings.h"

namespace catalogd::catalog::settings {
namespace {

const Sql read_sql{"settings.read", "SELECT name, value FROM settings"};
const Sql keep_sql{"settings.keep",
                   "INSERT INTO settings (name, value) VALUES (?1, ?2) "
                   "ON CONFLICT (name) DO UPDATE SET value = excluded.value"};
const Sql forget_sql{"settings.forget", "DELETE FROM settings WHERE name = ?1"};

}  // namespace

Values read_all(Connection& connection) {
    Values values;
    Run run(connection, read_sql);
    while (run.step()) {
        std::string name = run.text();
        values.emplace(std::move(name), run.text());
    }
    return values;
}

void keep(WriteTransaction& transaction, const std::string& name,
          const std::optional<std::string>& value) {
    if (value) {
        Run(transaction.connection(), keep_sql, name, *value).execute();
    } else {
        Run(transaction.connection(), forget_sql, name).execute();
    }
}

}  // namespace catalogd::catalog::settings
