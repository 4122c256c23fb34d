// What a search asks of a record.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>

#include "catalog/search/segment.h"
#include "catalog/search/terms.h"

namespace catalogd::catalog::search {

// Whatever is given must hold. Bounds are inclusive; a record that does not know the figure is
// within none.
struct Criteria {
    std::string text;                      // within name or path, in any case
    std::optional<std::string> extension;  // with or without its dot, in any case
    std::optional<std::unordered_set<std::int64_t>> clients;  // by number
    Bounds modified;
    Bounds size;
    std::optional<bool> verified;
};

class Filter {
public:
    // `folding` must outlive the filter.
    Filter(const CaseFolding& folding, Criteria criteria);

    [[nodiscard]] const CaseFolding& folding() const { return folding_; }
    [[nodiscard]] const TextQuery& text() const { return text_; }
    [[nodiscard]] const Criteria& criteria() const { return criteria_; }
    // Folded, without its dot.
    [[nodiscard]] const std::optional<std::string>& extension() const { return extension_; }

    // All but text and extension.
    [[nodiscard]] bool admits(const Figures& figures) const;
    [[nodiscard]] bool admits(const Figures& figures, std::string_view name,
                              std::string_view path) const;

private:
    const CaseFolding& folding_;
    Criteria criteria_;
    TextQuery text_;
    std::optional<std::string> extension_;
};

Figures figures_of(std::int64_t client, const FileRecord& file);

}  // namespace catalogd::catalog::search
