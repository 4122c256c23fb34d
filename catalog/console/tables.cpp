#include "catalog/console/tables.h"

#include <algorithm>
#include <array>
#include <limits>

#include "catalog/failure.h"

namespace catalogd::catalog::console {
namespace {

constexpr std::string_view client_id = "lower(hex(c.id))";
// catalog/identifiers.h: UUID version 7 of `created`, with the number for random bits.
constexpr std::string_view file_id =
    "printf('%012x7000%016x', f.created, f.number | (-9223372036854775807 - 1))";
constexpr std::string_view last_seen =
    "strftime('%Y-%m-%dT%H:%M:%fZ', c.last_seen / 1000.0, 'unixepoch')";
constexpr std::string_view modified =
    "strftime('%Y-%m-%dT%H:%M:%fZ', f.modified / 1000.0, 'unixepoch')";
constexpr std::string_view sampled = "strftime('%Y-%m-%dT%H:%M:%fZ', s.at / 1000.0, 'unixepoch')";

// What follows a name's last dot. With a dot before each slash, the dots cut the name into the
// elements of a JSON array, and where the last of them has a slash there is no extension. (rtrim,
// with which this is usually done, is what no statement of the console may call: authorizer.cpp.)
const std::string after_dot =
    "json_extract('[' || replace(json_quote('./' || replace(replace(f.name, '\\', '/'), '/', "
    "'./')), '.', '\",\"') || ']', '$[#-1]')";
const std::string extension =
    "nullif(lower(iif(instr(" + after_dot + ", '/'), '', " + after_dot + ")), '')";

const std::array shown{
    Table{"clients",
          Table::Size::few,
          "main.clients c",
          {"c.number"},
          {{"ID", "TEXT", client_id, true, true},
           {"Name", "TEXT", "c.name", true},
           {"PublicKey", "BLOB", "c.public_key"},
           {"LastSeen", "TEXT", last_seen, true}}},
    Table{"files",
          Table::Size::many,
          // LEFT, so that whoever does not ask for the client pays nothing for it.
          "main.files f LEFT JOIN main.clients c ON c.number = f.client",
          {"f.number"},
          {{"ID", "TEXT", file_id, true, true},
           {"FileName", "TEXT", "f.name", true},
           {"PathName", "TEXT", "f.path", true},
           {"Verified", "INTEGER", "f.verified", true, false, "0"},
           {"FileSize", "INTEGER", "f.size"},
           {"ModificationDate", "TEXT", modified},
           {"CRC", "INTEGER", "f.crc"},
           {"ClientID", "TEXT", client_id, true},
           {"FileCategory", "TEXT", "f.category"},
           {"MimeType", "TEXT", "f.mime_type"},
           {"FileExtension", "TEXT", extension},
           {"Attributes", "TEXT", "f.attributes"}}},
    Table{"metrics_history",
          Table::Size::many,
          "main.samples s LEFT JOIN main.metric_names m ON m.number = s.name",
          {"s.name", "s.at", "s.n"},
          {{"timestamp", "TEXT", sampled, true},
           {"metric_name", "TEXT", "m.name", true},
           {"value", "REAL", "s.value", true}}},
};

std::string joined(const std::vector<std::string_view>& parts) {
    std::string text;
    for (const std::string_view part : parts) {
        (text += text.empty() ? "" : ", ") += part;
    }
    return text;
}

std::string placeholders(std::size_t count) {
    std::string text = "?1";
    for (std::size_t i = 2; i <= count; ++i) {
        text += ", ?" + std::to_string(i);
    }
    return text;
}

}  // namespace

std::int64_t bytes_of(const Row& row) {
    constexpr std::size_t each = 24;  // of a cell that is no text: digits, and the names around it
    std::size_t size = row.size() * each;
    for (const Cell& cell : row) {
        if (const auto* text = std::get_if<std::string>(&cell)) {
            size += text->size();
        } else if (const auto* octets = std::get_if<Octets>(&cell)) {
            size += octets->bytes.size();
        }
    }
    return static_cast<std::int64_t>(size);
}

Table::Table(std::string_view name, Size size, std::string_view source,
             std::vector<std::string_view> key, std::vector<Column> columns)
    : name_(name),
      size_(size),
      source_(source),
      key_(std::move(key)),
      columns_(std::move(columns)),
      statement_("console." + std::string(name)),
      rows_(statement_, rows_text()) {}

std::string Table::rows_text() const {
    std::string text = "SELECT " + joined(key_);
    for (const Column& column : columns_) {
        (text += ", ") += column.expression;
    }
    ((text += " FROM ") += source_) += " WHERE ";
    const bool one = key_.size() == 1;
    text += one ? joined(key_) + " > ?1"
                : "(" + joined(key_) + ") > (" + placeholders(key_.size()) + ")";
    return text += " ORDER BY " + joined(key_);
}

std::string Table::view() const {
    std::string text = "SELECT ";
    for (const Column& column : columns_) {
        text += &column == &columns_.front() ? "" : ", ";
        ((text += column.expression) += " AS ") += column.name;
    }
    (text += " FROM ") += source_;
    if (size_ == Size::many) {
        return text;
    }
    const std::string name(name_);
    // Of the view's own name: what is read within it is read on its behalf (authorizer.h).
    return "WITH " + name + " AS MATERIALIZED (" + text + ") SELECT * FROM " + name;
}

std::span<const Table> tables() {
    return shown;
}

const Table& find_table(const std::string& name) {
    const auto* found = std::ranges::find(shown, std::string_view(name), &Table::name);
    if (found == shown.end()) {
        throw UnknownTable{{}, name};
    }
    return *found;
}

Page read_rows(Connection& connection, const Table& table, const std::optional<Position>& after,
               std::int64_t limit) {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    const Position from = after.value_or(Position(table.key_size(), least));
    if (from.size() != table.key_size()) {
        throw InvalidCursor();
    }
    std::int64_t bytes_left = page_bytes;
    Page page;
    Position last = from;
    Run run(connection, table.rows());
    run.bind_all(from);
    while (run.step()) {
        if (page.rows.size() == static_cast<std::size_t>(limit) || bytes_left <= 0) {
            page.next = std::move(last);
            break;
        }
        for (std::int64_t& part : last) {
            part = run.integer();
        }
        Row& cells = page.rows.emplace_back();
        for (std::size_t i = 0; i < table.columns().size(); ++i) {
            cells.push_back(run.cell());
        }
        bytes_left -= bytes_of(cells);
    }
    return page;
}

}  // namespace catalogd::catalog::console
