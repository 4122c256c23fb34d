// The readers' handlers of what the operator looks at: tables as they are, and statements.
#include <cmath>

#include "actors/cursor.h"
#include "actors/handlers.h"
#include "catalog/console/console.h"
#include "catalog/console/tables.h"

namespace catalogd::actors {
namespace {

namespace console = catalog::console;

std::int64_t most_rows(const std::optional<protocol::Limit>& limit) {
    return limit ? limit->value : protocol::default_limit;
}

// JSON has no infinity: it is written as SQLite writes it. Text that is not UTF-8 is bytes.
admin::Cell to_cell(catalog::Cell value) {
    admin::Cell cell;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        cell.int_ = *integer;
    } else if (const auto* real = std::get_if<double>(&value)) {
        if (std::isfinite(*real)) {
            cell.float_ = *real;
        } else {
            cell.text = *real > 0 ? "Inf" : "-Inf";
        }
    } else if (auto* text = std::get_if<std::string>(&value)) {
        if (protocol::is_utf8(*text)) {
            cell.text = std::move(*text);
        } else {
            cell.bytes = protocol::Base64{std::move(*text)};
        }
    } else if (auto* octets = std::get_if<catalog::Octets>(&value)) {
        cell.bytes = protocol::Base64{std::move(octets->bytes)};
    }
    return cell;
}

std::vector<admin::Row> to_rows(std::vector<console::Row> rows) {
    std::vector<admin::Row> out;
    for (console::Row& row : rows) {
        std::vector<admin::Cell>& cells = out.emplace_back().cells;
        for (catalog::Cell& cell : row) {
            cells.push_back(to_cell(std::move(cell)));
        }
    }
    return out;
}

catalog::Cell from_cell(const admin::Cell& cell, std::size_t index) {
    const int given = int{cell.int_.has_value()} + int{cell.float_.has_value()} +
                      int{cell.text.has_value()} + int{cell.bytes.has_value()};
    if (given > 1) {
        throw protocol::Error(
            protocol::errors::InvalidValue{"parameters[" + std::to_string(index) + "]",
                                           "give one of int, float, text and bytes, or none"});
    }
    if (cell.int_) {
        return *cell.int_;
    }
    if (cell.float_) {
        return *cell.float_;
    }
    if (cell.text) {
        return *cell.text;
    }
    return cell.bytes ? catalog::Cell(catalog::Octets{cell.bytes->bytes}) : catalog::Cell();
}

}  // namespace

admin::QueryStatistics::Reply answer(ReadContext& context, const admin::QueryStatistics& message) {
    using Milliseconds = std::chrono::duration<double, std::milli>;
    const auto* statistics = context.connection.options().statistics;
    admin::QueryStatistics::Reply reply;
    if (statistics == nullptr) {
        return reply;
    }
    for (const auto& figures : statistics->figures()) {
        if (reply.statistics.size() == static_cast<std::size_t>(most_rows(message.limit))) {
            break;
        }
        const double total = Milliseconds(figures.total).count();
        reply.statistics.push_back({std::string(figures.statement),
                                    figures.calls,
                                    figures.rows,
                                    total,
                                    total / static_cast<double>(figures.calls),
                                    Milliseconds(figures.p99).count(),
                                    Milliseconds(figures.longest).count(),
                                    figures.scanned,
                                    {figures.since}});
    }
    return reply;
}

admin::ListTables::Reply answer(ReadContext& /*context*/, const admin::ListTables& /*message*/) {
    admin::ListTables::Reply reply;
    for (const console::Table& table : console::tables()) {
        reply.tables.emplace_back(table.name());
    }
    return reply;
}

admin::GetTableSchema::Reply answer(ReadContext& /*context*/,
                                    const admin::GetTableSchema& message) {
    admin::GetTableSchema::Reply reply;
    for (const console::Column& column : console::find_table(message.table).columns()) {
        reply.columns.push_back(
            {std::string(column.name), std::string(column.type), column.not_null,
             column.default_value ? std::optional(std::string(*column.default_value))
                                  : std::nullopt,
             column.primary_key});
    }
    return reply;
}

admin::GetTableRows::Reply answer(ReadContext& context, const admin::GetTableRows& message) {
    const console::Table& table = console::find_table(message.table);
    std::optional<console::Position> after;
    if (message.after) {
        after = row_position(*message.after, table);
    }
    auto page = console::read_rows(context.connection, table, after, most_rows(message.limit));
    admin::GetTableRows::Reply reply;
    for (const console::Column& column : table.columns()) {
        reply.columns.emplace_back(column.name);
    }
    reply.rows = to_rows(std::move(page.rows));
    if (page.next) {
        reply.next = to_cursor(*page.next, table);
    }
    return reply;
}

admin::Query::Reply answer(ReadContext& context, const admin::Query& message) {
    console::Query query{message.sql, {}, most_rows(message.limit)};
    if (message.parameters) {
        for (const admin::Cell& cell : message.parameters->value) {
            query.parameters.push_back(from_cell(cell, query.parameters.size()));
        }
    }
    console::Console own(context.connection.options());
    const catalog::ReadConnection::Deadline deadline(own, context.overdue);
    console::Result result = own.run(query);
    return {std::move(result.columns), to_rows(std::move(result.rows)), result.truncated};
}

}  // namespace catalogd::actors
