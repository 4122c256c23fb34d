// A catalog with a console, and the words in which tests speak of what they ask it.
#pragma once

#include "catalog/console/console.h"
#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog::console {

// Rows as people read them: columns joined by '|', nulls as "null", bytes as their hex.
std::vector<std::string> readable(const std::vector<Row>& rows);

class ConsoleFixture : public CatalogFixture {
protected:
    // On a console of its own, as every statement is run.
    Result result(const std::string& sql, std::vector<Cell> parameters = {},
                  std::int64_t limit = 1000) {
        return Console(options()).run({sql, std::move(parameters), limit});
    }
    std::vector<std::string> rows(const std::string& sql, std::vector<Cell> parameters = {}) {
        return readable(result(sql, std::move(parameters)).rows);
    }
    // Why it is refused; empty where it is not.
    std::string refusal(const std::string& sql, std::vector<Cell> parameters = {}) {
        try {
            result(sql, std::move(parameters));
            return {};
        } catch (const QueryRefused& refusal) {
            return refusal.reason;
        }
    }
    // A client with keys, of whose files there is one of each kind.
    void fill();

    static constexpr std::string_view secret =
        "SEALED-SECRET-0123456789-0123456789-0123456789-"
        "0123456789-0123456789-012";
};

}  // namespace catalogd::catalog::console
