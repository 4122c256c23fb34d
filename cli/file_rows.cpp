#include "cli/file_rows.h"

#include "cli/figures.h"

namespace catalogd::cli {
namespace {

using protocol::files::File;
using Align = Column::Align;

constexpr std::string_view unknown = "-";

std::vector<Column> columns(bool of_all_clients) {
    std::vector<Column> columns{{"SIZE", Align::right}, {"MODIFIED"}, {"CRC"}, {"VERIFIED"}};
    if (of_all_clients) {
        columns.push_back({"CLIENT"});
    }
    columns.push_back({"NAME"});  // the longest one last, where nothing follows it
    return columns;
}

}  // namespace

Listing<File> file_listing(const Session& session, bool of_all_clients, std::size_t most) {
    const auto cells = [&session, of_all_clients](const File& file) {
        std::vector<std::string> row{
            file.size ? size_cell(session, *file.size) : std::string(unknown),
            file.modified ? short_time(*file.modified) : std::string(unknown),
            file.crc ? hex_crc(*file.crc) : std::string(unknown), file.verified ? "yes" : "no"};
        if (of_all_clients) {
            row.push_back(file.client_name);
        }
        row.push_back(file.name);
        return row;
    };
    return {session, "files", columns(of_all_clients), cells, most};
}

std::size_t most_of(std::int64_t limit) {
    return limit > 0 ? static_cast<std::size_t>(limit) : Listing<File>::all;
}

protocol::Limit page_for(std::size_t most) {
    constexpr std::size_t largest_page = 1000;
    return {static_cast<std::int64_t>(std::min(most, largest_page))};
}

}  // namespace catalogd::cli
