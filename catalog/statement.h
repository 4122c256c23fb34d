// SQL as named texts, and running one with its parameters bound in order.
#pragma once

#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "catalog/query_statistics.h"
#include "catalog/records.h"

namespace catalogd::catalog {

class Connection;

// One statement of the catalog. Each is a constant at namespace scope beside the function that
// runs it, and enters `all()` by being made, before main and its threads: tests prepare and
// explain every one of them.
class Sql {
public:
    Sql(std::string_view name, std::string text);
    Sql(const Sql&) = delete;
    Sql& operator=(const Sql&) = delete;

    [[nodiscard]] std::string_view name() const { return name_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::size_t index() const { return index_; }

    static const std::vector<const Sql*>& all();

private:
    std::string_view name_;
    std::string text_;
    std::size_t index_;
};

// Texts, ids and bytes are bound where they lie, so they must outlive the run: no temporaries.
template <class Parameter>
concept Bindable = std::is_lvalue_reference_v<Parameter> ||
                   (std::is_trivially_destructible_v<Parameter> &&
                    !std::is_same_v<std::remove_cv_t<Parameter>, Id> &&
                    !std::is_same_v<std::remove_cv_t<Parameter>, std::optional<Id>>);

// A run of a prepared statement: parameters are bound from left to right, columns read from left
// to right, and the statement is reset when the run ends. From its begin to its end it is measured,
// where the connection counts (query_statistics.h).
class Run {
public:
    template <Bindable... Parameters>
    explicit Run(Connection& connection, const Sql& sql, Parameters&&... parameters)
        : Run(prepared(connection, sql)) {
        (bind(parameters), ...);
    }
    ~Run();
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    // Further parameters, behind those that are bound already.
    void bind_all(const std::vector<std::int64_t>& values);

    // True while there is a row.
    bool step();
    // Runs a statement that returns no row; the number of rows it changed.
    std::int64_t execute();

    std::int64_t integer();
    double real();
    std::string text();
    Bytes bytes();
    // The same two where they lie, until the next step.
    std::string_view text_in_place();
    std::string_view bytes_in_place();
    Id id();
    std::optional<std::int64_t> optional_integer();
    std::optional<std::string> optional_text();
    std::optional<Bytes> optional_bytes();
    Cell cell();

private:
    struct Prepared {
        SQLite::Statement& statement;
        Measurement measurement;
    };
    // Delegated to, so that the destructor clears up after a bind that throws.
    explicit Run(const Prepared& prepared)
        : statement_(prepared.statement), measurement_(prepared.measurement) {}

    static Prepared prepared(Connection& connection, const Sql& sql);

    void bind(std::int64_t value);
    void bind(bool value) { bind(std::int64_t{value}); }
    void bind(double value);
    void bind(const std::string& text);
    void bind(const Id& id);
    void bind(const struct Blob& blob);
    template <class T>
    void bind(const std::optional<T>& value) {
        if (value) {
            bind(*value);
        } else {
            ++parameter_;  // parameters are null unless bound
        }
    }
    SQLite::Column column();

    SQLite::Statement& statement_;
    Measurement measurement_;
    int parameter_ = 1;
    int column_ = 0;
};

// What a column of a row holds.
Cell cell_of(const SQLite::Column& column);

// Marks bytes that are bound as a blob and not as text.
struct Blob {
    const Bytes& bytes;
};

std::optional<Blob> blob(std::optional<Bytes>&& bytes) = delete;
inline std::optional<Blob> blob(const std::optional<Bytes>& bytes) {
    return bytes ? std::optional<Blob>(Blob{*bytes}) : std::nullopt;
}

}  // namespace catalogd::catalog
