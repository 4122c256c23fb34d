#include "cli/console.h"

#include <array>
#include <cstdio>
#include <istream>
#include <iterator>
#include <limits>
#include <ostream>

#include "cli/listing.h"
#include "cli/row_table.h"

namespace catalogd::cli {
namespace {

namespace admin = protocol::admin;
using protocol::Parameters;

constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
constexpr std::int64_t largest_page_of_rows = 1000;

std::string milliseconds(double value) {
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%.3f", value);
    return digits.data();
}

}  // namespace

Outcome run(Session& session, const TablesList&) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    Listing<std::string> listing(session, "tables", {{"TABLE"}},
                                 [](const std::string& table) { return std::vector{table}; });
    return print_list(*daemon, admin::ListTables{}, listing, &admin::ListTables::Reply::tables);
}

Outcome run(Session& session, const TablesSchema& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    Listing<admin::Column> listing(
        session, "columns", {{"COLUMN"}, {"TYPE"}, {"NULL"}, {"DEFAULT"}, {"KEY"}},
        [](const admin::Column& column) {
            return std::vector<std::string>{
                column.name, column.type, column.not_null ? "no" : "yes",
                column.default_value.value_or("-"), column.primary_key ? "yes" : "-"};
        });
    return print_list(*daemon, admin::GetTableSchema{command.table}, listing,
                      &admin::GetTableSchema::Reply::columns);
}

Outcome run(Session& session, const TablesRows& command) {
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    std::size_t most = command.limit > 0 ? static_cast<std::size_t>(command.limit) : all;
    admin::GetTableRows rows{command.table, {}, {}};
    rows.limit = protocol::Limit{command.limit > 0 ? std::min(command.limit, largest_page_of_rows)
                                                   : largest_page_of_rows};
    RowTable table(session);
    const auto print = [&](const admin::GetTableRows::Reply& page, Parameters) {
        most -= table.print(page.columns, page.rows, most);
        return most > 0 && session.out.good();
    };
    if (auto done = daemon->stream(rows, print); !done) {
        return done.error();
    }
    table.finish();
    return ExitCode::ok;
}

Outcome run(Session& session, const Query& command) {
    admin::Query query;
    query.sql = command.sql;
    if (query.sql == "-") {
        query.sql.assign(std::istreambuf_iterator<char>(session.in), {});
    }
    query.limit = protocol::Limit{command.limit};
    query.parameters.emplace();
    for (const std::string& parameter : command.parameters) {
        query.parameters->value.push_back(parse_cell(parameter));
    }
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto reply = daemon->call(query);
    if (!reply) {
        return reply.error();
    }
    RowTable table(session);
    table.print(reply->columns, reply->rows, all);
    table.finish();
    if (reply->truncated) {
        session.err << "catalogctl: more rows follow: see --limit, or ask for less\n";
    }
    return ExitCode::ok;
}

Outcome run(Session& session, const Queries& command) {
    using enum Column::Align;
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    Listing<admin::QueryStatistic> listing(session, "statistics",
                                           {{"STATEMENT"},
                                            {"CALLS", right},
                                            {"ROWS", right},
                                            {"TOTAL ms", right},
                                            {"MEAN ms", right},
                                            {"P99 ms", right},
                                            {"MAX ms", right},
                                            {"SCANNED", right}},
                                           [](const admin::QueryStatistic& each) {
                                               return std::vector{each.statement,
                                                                  std::to_string(each.calls),
                                                                  std::to_string(each.rows),
                                                                  milliseconds(each.total_ms),
                                                                  milliseconds(each.mean_ms),
                                                                  milliseconds(each.p99_ms),
                                                                  milliseconds(each.max_ms),
                                                                  std::to_string(each.full_scans)};
                                           });
    const protocol::Limit limit{std::min(command.limit, largest_page_of_rows)};
    return print_list(*daemon, admin::QueryStatistics{limit}, listing,
                      &admin::QueryStatistics::Reply::statistics);
}

}  // namespace catalogd::cli
