#include "catalog/backups/digest.h"

#include <sodium/crypto_generichash.h>
#include <sodium/utils.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <memory>

namespace catalogd::catalog::backups {
namespace {

const Sql tables_sql{"digest.tables",
                     "SELECT name FROM sqlite_schema WHERE type = 'table' "
                     "AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"};

constexpr std::int64_t rows_in_slice = 256;

// Hashes values so that no two rows of values give the same bytes.
class Hash {
public:
    Hash() { crypto_generichash_init(&state_, nullptr, 0, size); }

    void add(sqlite3_stmt* row, int column) {
        const int type = sqlite3_column_type(row, column);
        append(&type, 1);
        if (type == SQLITE_INTEGER) {
            const std::int64_t value = sqlite3_column_int64(row, column);
            append(&value, sizeof value);
        } else if (type == SQLITE_FLOAT) {
            const double value = sqlite3_column_double(row, column);
            append(&value, sizeof value);
        } else if (type != SQLITE_NULL) {
            const void* bytes = sqlite3_column_blob(row, column);
            const std::int64_t length = sqlite3_column_bytes(row, column);
            append(&length, sizeof length);
            append(bytes, static_cast<std::size_t>(length));
        }
    }
    // Once for each row: many small updates cost more than one. How many bytes it had.
    std::size_t end_row() {
        crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(row_.data()),
                                  row_.size());
        const std::size_t bytes = row_.size();
        row_.clear();
        return bytes;
    }
    std::string hex() {
        std::string hash(size, '\0');
        crypto_generichash_final(&state_, reinterpret_cast<unsigned char*>(hash.data()), size);
        return to_hex(hash);
    }

private:
    static constexpr std::size_t size = 16;

    // The machine's own order of bytes: backups do not travel between orders, nor do catalogs.
    void append(const void* bytes, std::size_t length) {
        row_.append(static_cast<const char*>(bytes), length);
    }

    crypto_generichash_state state_{};
    std::string row_;
};

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

// Of all rows; by the table itself, whose order is that of its key, and never by an index.
Statement rows_of(sqlite3* handle, const std::string& table) {
    const std::unique_ptr<char, decltype(&sqlite3_free)> sql(
        sqlite3_mprintf("SELECT * FROM \"%w\" NOT INDEXED", table.c_str()), sqlite3_free);
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle, sql.get(), -1, &statement, nullptr) != SQLITE_OK) {
        throw SQLite::Exception(handle);
    }
    return Statement(statement);
}

TableDigest digest(Connection& connection, const std::string& table,
                   const std::function<void(std::size_t)>& hashed) {
    sqlite3* handle = connection.database().getHandle();
    const Statement statement = rows_of(handle, table);
    const int columns = sqlite3_column_count(statement.get());
    Hash hash;
    TableDigest result{table, 0, {}};
    int status = 0;
    while ((status = sqlite3_step(statement.get())) == SQLITE_ROW) {
        for (int i = 0; i < columns; ++i) {
            hash.add(statement.get(), i);
        }
        hashed(hash.end_row());
        ++result.rows;
    }
    if (status != SQLITE_DONE) {
        throw SQLite::Exception(handle, status);
    }
    result.hash = hash.hex();
    return result;
}

std::vector<std::string> tables_of(Connection& connection) {
    std::vector<std::string> tables;
    Run run(connection, tables_sql);
    while (run.step()) {
        tables.push_back(run.text());
    }
    return tables;
}

}  // namespace

std::vector<TableDigest> digests(Connection& connection, const Slices& slices) {
    const Snapshot snapshot(connection);
    const auto whole = static_cast<double>(connection.query_integer("PRAGMA page_count") *
                                           connection.query_integer("PRAGMA page_size"));
    std::size_t bytes = 0;
    std::int64_t rows = 0;
    const auto hashed = [&](std::size_t of_row) {
        bytes += of_row;
        if (++rows % rows_in_slice == 0) {
            slices.next(std::min(static_cast<double>(bytes) / whole, 1.0));
        }
    };
    std::vector<TableDigest> result;
    for (const std::string& table : tables_of(connection)) {
        result.push_back(digest(connection, table, hashed));
    }
    return result;
}

std::string difference(const std::vector<TableDigest>& noted,
                       const std::vector<TableDigest>& found) {
    for (const TableDigest& table : noted) {
        const auto same = std::ranges::find(found, table.table, &TableDigest::table);
        if (same == found.end()) {
            return "table " + table.table + " is missing";
        }
        if (same->rows != table.rows) {
            return "table " + table.table + " has " + std::to_string(same->rows) + " rows, and " +
                   std::to_string(table.rows) + " were noted";
        }
        if (same->hash != table.hash) {
            return "the rows of table " + table.table + " are not those that were noted";
        }
    }
    return found.size() == noted.size() ? "" : "it has tables that were not noted";
}

std::string to_hex(std::string_view bytes) {
    std::string text(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                   bytes.size());
    text.pop_back();
    return text;
}

}  // namespace catalogd::catalog::backups
