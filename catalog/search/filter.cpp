#include "catalog/search/filter.h"

#include "catalog/files.h"

namespace catalogd::catalog::search {
namespace {

bool within(const std::optional<std::int64_t>& figure, const std::optional<std::int64_t>& low,
            const std::optional<std::int64_t>& high) {
    if (!low && !high) {
        return true;
    }
    return figure && (!low || *figure >= *low) && (!high || *figure <= *high);
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
           within(figures.modified, criteria_.modified_from, criteria_.modified_to) &&
           within(figures.size, criteria_.min_size, criteria_.max_size) &&
           (!criteria_.clients || criteria_.clients->contains(figures.client));
}

bool Filter::admits(const Figures& figures, const std::string& name,
                    const std::string& path) const {
    return admits(figures) &&
           (!extension_ || folding_.fold(files::extension_of(name)) == *extension_) &&
           (text_.empty() || text_.is_in(folding_, name, path));
}

Figures figures_of(std::int64_t client, const FileRecord& file) {
    return {client, file.size, file.modified, file.verified};
}

}  // namespace catalogd::catalog::search
