#include "catalog/search/filter.h"

#include "catalog/files.h"

namespace catalogd::catalog::search {
namespace {

bool within(const std::optional<std::int64_t>& figure, const Bounds& bounds) {
    if (!bounds.low && !bounds.high) {
        return true;
    }
    return figure && (!bounds.low || *figure >= *bounds.low) &&
           (!bounds.high || *figure <= *bounds.high);
}

std::string without_dot(const std::string& extension) {
    return extension.starts_with('.') ? extension.substr(1) : extension;
}

}  // namespace

Filter::Filter(const CaseFolding& folding, Criteria criteria)
    : folding_(folding), criteria_(std::move(criteria)), text_(folding.fold(criteria_.text)) {
    if (criteria_.extension) {
        extension_ = folding.fold(without_dot(*criteria_.extension));
    }
}

bool Filter::admits(const Figures& figures) const {
    return (!criteria_.verified || *criteria_.verified == figures.verified) &&
           within(figures.modified, criteria_.modified) && within(figures.size, criteria_.size) &&
           (!criteria_.clients || criteria_.clients->contains(figures.client));
}

bool Filter::admits(const Figures& figures, std::string_view name, std::string_view path) const {
    return admits(figures) &&
           (!extension_ || folding_.fold(files::extension_of(name)) == *extension_) &&
           (text_.empty() || text_.is_in(folding_, name, path));
}

Figures figures_of(std::int64_t client, const FileRecord& file) {
    return {client, file.size, file.modified, file.verified};
}

}  // namespace catalogd::catalog::search
