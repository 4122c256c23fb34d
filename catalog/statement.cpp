#include "catalog/statement.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>

#include <algorithm>

#include "catalog/connection.h"

namespace catalogd::catalog {
namespace {

std::vector<const Sql*>& registry() {
    static std::vector<const Sql*> statements;
    return statements;
}

}  // namespace

Sql::Sql(std::string_view name, std::string text)
    : name_(name), text_(std::move(text)), index_(registry().size()) {
    registry().push_back(this);
}

const std::vector<const Sql*>& Sql::all() {
    return registry();
}

Run::Prepared Run::prepared(Connection& connection, const Sql& sql) {
    SQLite::Statement& statement = connection.prepared(sql);
    return {statement,
            Measurement(connection.options().statistics, sql, connection.handle_of(sql))};
}

Run::~Run() {
    // Not reset(): it repeats the error that step() has thrown already.
    statement_.tryReset();
    try {
        statement_.clearBindings();
    } catch (const SQLite::Exception&) {
        // Only misuse fails here, and a destructor must not throw: the next bind will say it.
    }
    measurement_.end();
}

bool Run::step() {
    column_ = 0;
    const bool row = statement_.executeStep();
    measurement_.add_rows(row ? 1 : 0);
    return row;
}

std::int64_t Run::execute() {
    const int changed = statement_.exec();
    measurement_.add_rows(changed);
    return changed;
}

SQLite::Column Run::column() {
    return statement_.getColumn(column_++);
}

std::int64_t Run::integer() {
    return column().getInt64();
}

double Run::real() {
    return column().getDouble();
}

std::string Run::text() {
    return column().getString();
}

std::string_view Run::text_in_place() {
    const SQLite::Column value = column();
    const char* text = value.getText();
    return {text, static_cast<std::size_t>(value.getBytes())};
}

std::string_view Run::bytes_in_place() {
    const SQLite::Column value = column();
    const auto* bytes = static_cast<const char*>(value.getBlob());
    return {bytes, static_cast<std::size_t>(value.getBytes())};
}

Bytes Run::bytes() {
    return column().getString();
}

Id Run::id() {
    const SQLite::Column value = column();
    Id id{};
    if (value.getBytes() == static_cast<int>(id.size())) {
        std::copy_n(static_cast<const std::uint8_t*>(value.getBlob()), id.size(), id.begin());
    }
    return id;
}

std::optional<std::int64_t> Run::optional_integer() {
    const SQLite::Column value = column();
    return value.isNull() ? std::nullopt : std::optional(value.getInt64());
}

std::optional<std::string> Run::optional_text() {
    const SQLite::Column value = column();
    return value.isNull() ? std::nullopt : std::optional(value.getString());
}

std::optional<Bytes> Run::optional_bytes() {
    return optional_text();
}

Cell Run::cell() {
    return cell_of(column());
}

void Run::bind_all(const std::vector<std::int64_t>& values) {
    for (const std::int64_t value : values) {
        bind(value);
    }
}

Cell cell_of(const SQLite::Column& column) {
    if (column.isInteger()) {
        return column.getInt64();
    }
    if (column.isFloat()) {
        return column.getDouble();
    }
    if (column.isText()) {
        return column.getString();
    }
    if (column.isBlob()) {
        return Octets{column.getString()};
    }
    return {};
}

void Run::bind(std::int64_t value) {
    statement_.bind(parameter_++, value);
}

void Run::bind(double value) {
    statement_.bind(parameter_++, value);
}

void Run::bind(const std::string& text) {
    statement_.bindNoCopy(parameter_++, text);
}

void Run::bind(const Id& id) {
    statement_.bindNoCopy(parameter_++, id.data(), static_cast<int>(id.size()));
}

void Run::bind(const Blob& blob) {
    statement_.bindNoCopy(parameter_++, blob.bytes.data(), static_cast<int>(blob.bytes.size()));
}

}  // namespace catalogd::catalog
