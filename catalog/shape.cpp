#include "catalog/shape.h"

#include "catalog/connection.h"

namespace catalogd::catalog {

// SQLite's own tables and indexes are not counted.
Shape read_shape(Connection& connection) {
    const auto count = [&](const std::string& type) {
        return connection.query_integer("SELECT COUNT(*) FROM sqlite_schema WHERE type = '" + type +
                                        "' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
    };
    return {count("table"), count("index"), connection.query_integer("PRAGMA user_version")};
}

}  // namespace catalogd::catalog
