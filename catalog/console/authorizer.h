// What a statement that somebody typed may do: SQLite asks here about each thing that it names,
// while it is prepared. Everything that is not on a list is refused.
//
// It may read the views of the tables that are shown, and whatever it makes itself. Base tables are
// read on behalf of a view alone, and only the columns that the view is made of: the list of those
// is learnt from the views. That a read is on a view's behalf SQLite tells by the view's name
// alone, which a common table expression may have as well; so the columns are the bound, and not
// the name.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "catalog/connection.h"

namespace catalogd::catalog::console {

class Authorizer {
public:
    // From now on of the connection, which has the views in its temp schema; as long as it lives.
    explicit Authorizer(SQLite::Database& database);
    Authorizer(const Authorizer&) = delete;
    Authorizer& operator=(const Authorizer&) = delete;

    // Why it has refused something since the last call; empty where it has not.
    std::string take_refusal();

private:
    static int decide(void* self, int action, const char* first, const char* second,
                      const char* database, const char* behalf);
    bool may_read(std::string_view table, std::string_view column, std::string_view database,
                  std::string_view behalf);
    bool may_call(std::string_view function);
    [[nodiscard]] std::string shown() const;
    [[nodiscard]] bool names_something(std::string_view name) const;
    bool refuse(std::string reason);
    void learn(SQLite::Database& database);

    // All in lower case.
    std::set<std::string, std::less<>> views_;
    std::set<std::string, std::less<>> objects_;  // everything that the schemas and modules name
    std::set<std::pair<std::string, std::string>> columns_;  // that the views are made of
    bool learning_ = true;
    std::string refusal_;
};

}  // namespace catalogd::catalog::console
