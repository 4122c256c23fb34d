#include "catalog/import/old_database.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "catalog/import/old_columns.h"

namespace catalogd::catalog::import {
namespace {

std::string identifier(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) {
        text.append(c == '"' ? 2 : 1, c);
    }
    return text += '"';
}

OldValue value_of(const SQLite::Column& column) {
    OldValue value;
    if (column.isInteger()) {
        value.type = OldValue::Type::integer;
        value.integer = column.getInt64();
    } else if (column.isFloat()) {
        value.type = OldValue::Type::real;
        value.real = column.getDouble();
    } else if (!column.isNull()) {
        value.type = column.isText() ? OldValue::Type::text : OldValue::Type::blob;
        value.bytes = column.getString();
    }
    return value;
}

// Whether the value is what its column has where nothing was written.
bool says_nothing(const OldValue& value, const std::optional<std::string>& fallback) {
    switch (value.type) {
        case OldValue::Type::integer:
            return fallback == std::to_string(value.integer);
        case OldValue::Type::text:
            return value.bytes.empty() || fallback == '\'' + value.bytes + '\'';
        default:
            return value.is(OldValue::Type::null);
    }
}

// In words for whoever has to act.
[[noreturn]] void refuse(const SQLite::Exception& failure) {
    switch (failure.getErrorCode() & 0xFF) {
        case SQLITE_INTERRUPT:
            throw Stopped{};
        case SQLITE_NOTADB:
            throw NotImportable{{}, "the file is not an SQLite database"};
        default:
            throw NotImportable{{}, std::string("the file is damaged: ") + failure.what()};
    }
}

// One statement over one table, its columns read from left to right.
class Reading {
public:
    Reading(SQLite::Database& database, const std::string& sql) try : statement_(database, sql) {
    } catch (const SQLite::Exception& failure) {
        refuse(failure);
    }

    bool next() {
        column_ = 0;
        try {
            return statement_.executeStep();
        } catch (const SQLite::Exception& failure) {
            refuse(failure);
        }
    }
    OldValue value() { return value_of(statement_.getColumn(column_++)); }

    template <class Row, std::size_t count>
    Row row(const std::array<Known<Row>, count>& known) {
        Row row;
        for (const Known<Row>& each : known) {
            row.*each.value = value();
        }
        return row;
    }

private:
    SQLite::Statement statement_;
    int column_ = 0;
};

// The known columns in their order, null for those that are missing.
template <class Row, std::size_t count>
std::string list_known(const std::array<Known<Row>, count>& known, const OldTable& table) {
    std::string list;
    for (const Known<Row>& each : known) {
        list += list.empty() ? "" : ", ";
        list += table.has(each.column) ? identifier(each.column) : "NULL";
    }
    return list;
}

template <class Row, std::size_t count>
std::vector<OldColumn> others_of(const std::array<Known<Row>, count>& known,
                                 const OldTable& table) {
    std::vector<OldColumn> others = table.columns;
    std::erase_if(others, [&](const OldColumn& column) {
        return std::ranges::any_of(
            known, [&](const Known<Row>& each) { return column.is_called(each.column); });
    });
    return others;
}

std::string list_all(const std::vector<OldColumn>& columns) {
    std::string list;
    for (const OldColumn& column : columns) {
        list += ", " + identifier(column.name);
    }
    return list;
}

OldCells read_told(Reading& reading, const std::vector<OldColumn>& columns) {
    OldCells cells;
    for (const OldColumn& column : columns) {
        OldValue value = reading.value();
        if (!says_nothing(value, column.fallback)) {
            cells.emplace_back(column.name, std::move(value));
        }
    }
    return cells;
}

std::string file_order(const OldTable& files) {
    std::string owner = files.has("ClientID") ? "ClientID" : "ID";
    if (files.has("ClientID") && files.has("ID")) {
        owner = "coalesce(ClientID, ID)";
    }
    return " ORDER BY " + owner + ", FileName" + (files.has_rowid ? ", rowid" : "");
}

OpenOptions options_for(const std::string& path) {
    OpenOptions options;
    options.path = path;
    return options;
}

}  // namespace

OldDatabase::OldDatabase(const std::string& path, std::function<bool()> stopped) try
    : Connection(options_for(path), SQLITE_OPEN_READWRITE), stopped_(std::move(stopped)) {
    sqlite3* handle = database().getHandle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    constexpr int instructions_between_looks = 100'000;  // some milliseconds
    sqlite3_progress_handler(handle, instructions_between_looks, interrupt, this);
    check();
} catch (const SQLite::Exception& failure) {
    refuse(failure);
}

OldDatabase::~OldDatabase() {
    sqlite3_progress_handler(database().getHandle(), 0, nullptr, nullptr);
}

int OldDatabase::interrupt(void* self) {
    return static_cast<OldDatabase*>(self)->stopped_() ? 1 : 0;
}

// The whole check and not the quick one: it compares rows with their indexes, and finds twice as
// many of the bits that may have turned.
void OldDatabase::check() {
    if (query_integer("PRAGMA application_id") == application_id) {
        throw NotImportable{{},
                            "the file is a catalog of catalogd: restore it, it needs no import"};
    }
    std::string faults;
    SQLite::Statement statement(database(), "PRAGMA main.integrity_check(5)");
    while (statement.executeStep()) {
        const std::string line = statement.getColumn(0).getString();
        faults += line == "ok" ? "" : (faults.empty() ? "" : "; ") + line;
    }
    if (!faults.empty()) {
        throw NotImportable{{}, "the file is damaged: " + faults.substr(0, 1'000)};
    }
    schema_.emplace(static_cast<Connection&>(*this));
    const OldTable* clients = schema_->find("clients");
    const OldTable* files = schema_->find("files");
    if (clients == nullptr || !clients->has("ID") || !clients->has("Name") || files == nullptr ||
        !files->has("FileName") || !(files->has("ClientID") || files->has("ID"))) {
        throw NotImportable{{}, "the file has no tables clients and files of an old server"};
    }
}

std::int64_t OldDatabase::rows(const std::string& table) {
    Reading reading(database(), "SELECT count(*) FROM " + identifier(table));
    return reading.next() ? reading.value().integer : 0;
}

void OldDatabase::clients(const std::function<void(OldClient)>& visit) {
    const OldTable& table = *schema_->find("clients");
    const auto others = others_of(client_columns, table);
    Reading reading(database(), "SELECT " + list_known(client_columns, table) + list_all(others) +
                                    " FROM clients ORDER BY Name");
    while (reading.next()) {
        OldClient client = reading.row(client_columns);
        client.others = read_told(reading, others);
        visit(std::move(client));
    }
}

// A record of the oldest form has its client's identifier where later ones have their own, and an
// upgrade that ended half-way has left some of them.
void OldDatabase::files(const std::function<void(OldFile)>& visit) {
    const OldTable& table = *schema_->find("files");
    const auto others = others_of(file_columns, table);
    Reading reading(database(), "SELECT " + list_known(file_columns, table) + list_all(others) +
                                    " FROM files" + file_order(table));
    while (reading.next()) {
        OldFile file = reading.row(file_columns);
        file.others = read_told(reading, others);
        if (file.client.is(OldValue::Type::null)) {
            file.client = std::exchange(file.id, OldValue());
        }
        visit(std::move(file));
    }
}

void OldDatabase::samples(const std::function<void(OldSample)>& visit) {
    const OldTable* table = schema_->find("metrics_history");
    if (table == nullptr) {
        return;
    }
    Reading reading(database(), "SELECT " + list_known(sample_columns, *table) +
                                    " FROM metrics_history ORDER BY metric_name, timestamp, value");
    while (reading.next()) {
        visit(reading.row(sample_columns));
    }
}

std::vector<std::string> OldDatabase::other_tables() const {
    std::vector<std::string> names;
    for (const OldTable& table : schema_->tables()) {
        if (!table.is_called("clients") && !table.is_called("files") &&
            !table.is_called("metrics_history")) {
            names.push_back(table.name);
        }
    }
    return names;
}

void OldDatabase::cells(const std::string& table, const std::function<void(OldCells)>& visit) {
    const OldTable& found = *schema_->find(table);
    Reading reading(database(),
                    "SELECT " + list_all(found.columns).substr(2) + " FROM " + identifier(table));
    while (reading.next()) {
        OldCells cells;
        for (const OldColumn& column : found.columns) {
            cells.emplace_back(column.name, reading.value());
        }
        visit(std::move(cells));
    }
}

}  // namespace catalogd::catalog::import
