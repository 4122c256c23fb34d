// The commands of who looks into the catalog, as they are declared: for command_line.cpp alone.
#pragma once

#include "cli/admin_commands.ipp"
#include "cli/console.h"

namespace catalogd::cli {

class ConsoleCommands : public AdminCommands {
protected:
    using AdminCommands::AdminCommands;

    void declare_console() {
        declare_tables();
        add<Query>(app(), "query", "Run a SELECT on the tables",
                   "query 'SELECT Name FROM clients WHERE LastSeen < ?' --param 2025-01-01",
                   [this](CLI::App& app, Query& query) {
                       csv_flag(app);
                       word(app, "SQL", query.sql, "One statement; - reads stdin");
                       app.add_option("--param", query.parameters,
                                      "A value for the next ?: a number, null, text:…, hex:…, or "
                                      "else text")
                           ->type_name("VALUE")
                           ->allow_extra_args(false);
                       limit_option(app, query.limit);
                   });
        add<Queries>(app(), "queries", "Which statements the daemon's time goes to",
                     "queries --limit 10", [this](CLI::App& app, Queries& queries) {
                         csv_flag(app);
                         limit_option(app, queries.limit);
                     });
    }

private:
    void declare_tables() {
        CLI::App& tables = noun("tables", "The catalog's tables, as they are");
        add<TablesList>(tables, "list", "List them", "tables list",
                        [this](CLI::App& app, TablesList&) { csv_flag(app); });
        add<TablesSchema>(tables, "schema", "Show the columns of one", "tables schema files",
                          [this](CLI::App& app, TablesSchema& schema) {
                              csv_flag(app);
                              word(app, "TABLE", schema.table, "Its name");
                          });
        add<TablesRows>(tables, "rows", "Show the rows of one", "tables rows files --limit 20",
                        [this](CLI::App& app, TablesRows& rows) {
                            csv_flag(app);
                            word(app, "TABLE", rows.table, "Its name");
                            limit_option(app, rows.limit);
                        });
    }
};

}  // namespace catalogd::cli
