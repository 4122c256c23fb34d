#include "catalog/backups/manifest.h"

#include <charconv>
#include <sstream>

namespace catalogd::catalog::backups {
namespace {

constexpr std::string_view heading = "catalogd-backup 1";
constexpr std::string_view ending = "end";

bool parse(const std::string& word, std::int64_t& value) {
    const char* const end = word.data() + word.size();
    const auto [stopped, error] = std::from_chars(word.data(), end, value);
    return error == std::errc() && stopped == end && value >= 0;
}

bool parse(const std::string& word, std::string& value) {
    value = word;
    return !word.empty() && word.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool parse_table(std::istringstream& words, Manifest& manifest) {
    TableDigest& table = manifest.tables.emplace_back();
    std::string rows;
    std::string hash;
    words >> table.table >> rows >> hash;
    return !table.table.empty() && parse(rows, table.rows) && parse(hash, table.hash);
}

// One line that is neither the first nor the last.
bool parse_line(const std::string& line, Manifest& manifest) {
    std::istringstream words(line);
    std::string name;
    words >> name;
    if (name == "table") {
        return parse_table(words, manifest);
    }
    std::string value;
    words >> value;
    if (name == "created") {
        return parse(value, manifest.created);
    }
    if (name == "bytes") {
        return parse(value, manifest.bytes);
    }
    if (name == "sha256") {
        return parse(value, manifest.sha256);
    }
    if (name == "schema") {
        return parse(value, manifest.schema_version);
    }
    if (name == "proven") {
        return parse(value, manifest.proven.emplace());
    }
    return name == "key" && parse(value, manifest.keys.emplace_back());
}

}  // namespace

std::string to_text(const Manifest& manifest) {
    std::ostringstream text;
    text << heading << "\ncreated " << manifest.created << "\nbytes " << manifest.bytes
         << "\nsha256 " << manifest.sha256 << "\nschema " << manifest.schema_version << '\n';
    if (manifest.proven) {
        text << "proven " << *manifest.proven << '\n';
    }
    for (const std::string& key : manifest.keys) {
        text << "key " << key << '\n';
    }
    for (const TableDigest& table : manifest.tables) {
        text << "table " << table.table << ' ' << table.rows << ' ' << table.hash << '\n';
    }
    text << ending << '\n';
    return text.str();
}

std::optional<Manifest> parse_manifest(std::string_view text) {
    std::istringstream lines{std::string(text)};
    std::string line;
    if (!std::getline(lines, line) || line != heading) {
        return {};
    }
    Manifest manifest;
    while (std::getline(lines, line) && line != ending) {
        if (!parse_line(line, manifest)) {
            return {};
        }
    }
    // What it says must be what it would say: nothing missing, doubled or behind the end.
    return to_text(manifest) == text ? std::optional(manifest) : std::nullopt;
}

}  // namespace catalogd::catalog::backups
