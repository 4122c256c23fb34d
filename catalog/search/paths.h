// Which paths records name: asked for stored files that may have become nobody's.
#pragma once

#include <unordered_set>

#include "catalog/search/view.h"

namespace catalogd::catalog::search {

// One snapshot; the connection must be in a transaction for as long as it lives.
class NamedPaths {
public:
    NamedPaths(Connection& connection, Index& index, const CaseFolding& folding);

    // Whether some record names exactly this path.
    [[nodiscard]] bool contains(const std::string& path) const;

private:
    [[nodiscard]] bool has_path(std::int64_t file, const std::string& path) const;

    const Filter everything_;
    const View view_;
    std::unordered_set<std::string> loose_;
};

}  // namespace catalogd::catalog::search
