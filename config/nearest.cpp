#include "config/nearest.h"

#include <algorithm>

namespace catalogd::config {
namespace {

// No name of ours is that long, and the distance takes the product of both lengths.
constexpr std::size_t kLongestMistyped = 100;

/// A list longer than this helps nobody.
constexpr std::size_t kLongestList = 12;

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            const std::size_t changed = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, changed});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
            }
        }
    }
    return table[a.size()][b.size()];
}

}  // namespace

std::optional<std::size_t> nearest(std::string_view name, const std::vector<std::string>& known) {
    if (name.size() > kLongestMistyped) {
        return std::nullopt;
    }
    std::optional<std::size_t> best;
    std::size_t fewest = 0;
    for (std::size_t i = 0; i < known.size(); ++i) {
        const std::size_t edits = distance(name, known[i]);
        const bool close = edits * 2 <= std::max(name.size(), known[i].size());
        if (close && (!best || edits < fewest)) {
            best = i;
            fewest = edits;
        }
    }
    return best;
}

std::string suggestion(std::string_view name, const Known& known) {
    if (const auto near = nearest(name, known.names)) {
        return "; did you mean " + known.written[*near] + "?";
    }
    std::string list;
    for (const std::string& candidate : known.written) {
        list += (list.empty() ? "" : ", ") + candidate;
    }
    return known.written.size() > kLongestList ? "" : "; known are " + list;
}

}  // namespace catalogd::config
