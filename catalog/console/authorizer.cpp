#include "catalog/console/authorizer.h"

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <algorithm>

#include "catalog/console/tables.h"

namespace catalogd::catalog::console {
namespace {

// Not here, because one call of them may take longer than any deadline, which is looked at between
// instructions: trim, ltrim and rtrim, whose time is the product of their texts' lengths. Not here
// either: what writes a log, loads code, tells of the library, or belongs to a kind of table.
constexpr std::string_view functions =
    " avg count group_concat max min sum total "
    " cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank "
    " row_number "
    " char coalesce format glob hex ifnull iif instr length like lower nullif printf quote random "
    " replace substr substring typeof unicode upper zeroblob "
    " abs acos asin atan atan2 ceil ceiling cos degrees exp floor ln log log10 log2 mod pi pow "
    " power radians round sign sin sqrt tan trunc "
    " current_date current_time current_timestamp date datetime julianday strftime time unixepoch "
    " -> ->> json json_array json_array_length json_extract json_group_array json_group_object "
    " json_insert json_object json_patch json_quote json_remove json_replace json_set json_type "
    " json_valid ";

// Tables that are made of their arguments alone.
bool makes_rows(std::string_view name) {
    return name == "json_each" || name == "json_tree";
}

std::string lower(const char* text) {
    std::string out(text == nullptr ? "" : text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

}  // namespace

Authorizer::Authorizer(SQLite::Database& database) {
    for (const Table& table : tables()) {
        views_.emplace(table.name());
    }
    SQLite::Statement names(database,
                            "SELECT lower(name) FROM main.sqlite_schema UNION "
                            "SELECT lower(name) FROM pragma_module_list");
    while (names.executeStep()) {
        objects_.insert(names.getColumn(0).getString());
    }
    // SQLite declares them at their first use, which would be refused.
    const SQLite::Statement of_arguments(database,
                                         "SELECT 1 FROM json_each('[]'), json_tree('[]')");
    sqlite3_set_authorizer(database.getHandle(), &Authorizer::decide, this);
    learn(database);
}

// While the views are prepared, and nothing else, whatever they read is theirs.
void Authorizer::learn(SQLite::Database& database) {
    for (const std::string& view : views_) {
        const SQLite::Statement columns(database, "SELECT * FROM temp." + view);
        const SQLite::Statement rows(database, "SELECT count(*) FROM temp." + view);
    }
    learning_ = false;
}

std::string Authorizer::take_refusal() {
    return std::exchange(refusal_, {});
}

bool Authorizer::refuse(std::string reason) {
    if (refusal_.empty()) {
        refusal_ = std::move(reason);
    }
    return false;
}

int Authorizer::decide(void* self, int action, const char* first, const char* second,
                       const char* database, const char* behalf) {
    auto& authorizer = *static_cast<Authorizer*>(self);
    const bool allowed = [&] {
        switch (action) {
            case SQLITE_SELECT:
            case SQLITE_RECURSIVE:
                return true;
            case SQLITE_READ:
                return authorizer.may_read(lower(first), lower(second), lower(database),
                                           lower(behalf));
            case SQLITE_FUNCTION:
                return authorizer.may_call(lower(second));
            default:
                return authorizer.refuse("only a SELECT is allowed here, of " + authorizer.shown());
        }
    }();
    return allowed ? SQLITE_OK : SQLITE_DENY;
}

bool Authorizer::may_call(std::string_view function) {
    const std::string name(function);
    return functions.find(" " + name + " ") != std::string_view::npos ||
           refuse("the function " + name + " is not allowed here");
}

// `column` is empty where rows are read without a value of theirs, to count them for example; then
// `database` says only what the statement says.
bool Authorizer::may_read(std::string_view table, std::string_view column,
                          std::string_view database, std::string_view behalf) {
    const std::pair base{std::string(table), std::string(column)};
    if (learning_) {
        columns_.insert(base);
        return true;
    }
    const bool known = columns_.contains(base);
    const bool of_view = database != "main" && views_.contains(table);
    const bool of_base = known && (column.empty() || views_.contains(behalf));
    const bool of_its_own = column.empty() && database.empty() && !names_something(table);
    if (of_view || of_base || of_its_own || makes_rows(table)) {
        return true;
    }
    return refuse("the table " + std::string(table) + " is not shown here, only " + shown());
}

std::string Authorizer::shown() const {
    std::string names;
    for (const std::string& view : views_) {
        (names += names.empty() ? "" : ", ") += view;
    }
    return names;
}

// A common table expression that a statement counts the rows of has a name, too.
bool Authorizer::names_something(std::string_view name) const {
    return objects_.contains(name) || name.starts_with("sqlite_") || name.starts_with("pragma_");
}

}  // namespace catalogd::catalog::console
