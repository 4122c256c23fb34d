#include "config/dump.h"

#include <algorithm>

#include "config/keys.h"
#include "config/written.h"

namespace catalogd::config {
namespace {

/// A file's name may hold anything; the comment must stay on its line.
std::string one_line(std::string text) {
    std::ranges::replace_if(
        text, [](unsigned char letter) { return letter < 0x20 || letter == 0x7f; }, '?');
    return text;
}

}  // namespace

std::string dump(const Loaded& loaded) {
    std::vector<std::string> lines;
    std::size_t width = 0;
    for (const Key& key : keys()) {
        lines.push_back("  " + std::string(key.name) + ": " + written(key, loaded.config));
        width = std::max(width, lines.back().size());
    }
    std::string out;
    std::string_view section;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (keys()[i].section != section) {
            section = keys()[i].section;
            out += std::string(section) + ":\n";
        }
        lines[i].resize(width, ' ');
        out += lines[i] + "  # " + one_line(loaded.origins[i].where) + "\n";
    }
    return out;
}

}  // namespace catalogd::config
