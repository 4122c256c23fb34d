#include "tests/catalog/search/plain_scan.h"

#include <algorithm>

#include "catalog/files.h"

namespace catalogd::catalog::search {
namespace {

bool within(const std::optional<std::int64_t>& value, const std::optional<std::int64_t>& low,
            const std::optional<std::int64_t>& high) {
    return (!low && !high) || (value && (!low || *value >= *low) && (!high || *value <= *high));
}

std::string extension_in(const std::string& name) {
    const auto slash = name.find_last_of("/\\");
    const auto dot = name.rfind('.');
    const bool has = dot != std::string::npos && (slash == std::string::npos || dot > slash);
    return has ? name.substr(dot + 1) : "";
}

bool admits(const CaseFolding& folding, const Criteria& criteria, const OwnedFile& owned) {
    const FileRecord& file = owned.file;
    const std::string text = folding.fold(criteria.text);
    std::string extension = criteria.extension.value_or("");
    extension = extension.starts_with(".") ? extension.substr(1) : extension;
    return (folding.fold(file.name).find(text) != std::string::npos ||
            folding.fold(file.path).find(text) != std::string::npos) &&
           (!criteria.extension ||
            folding.fold(extension_in(file.name)) == folding.fold(extension)) &&
           (!criteria.clients || criteria.clients->contains(owned.owner.number)) &&
           within(file.modified, criteria.modified.low, criteria.modified.high) &&
           within(file.size, criteria.size.low, criteria.size.high) &&
           (!criteria.verified || *criteria.verified == file.verified);
}

// Backwards: each byte in the place of the one that mirrors it, and shorter names later.
std::string mirrored(std::string name) {
    for (char& c : name) {
        c = static_cast<char>(~c);
    }
    return name + "\xFF\xFF";
}

// Records in order of these are in the order.
using Key = std::tuple<bool, std::int64_t, std::string, Id, std::string>;

Key key_of(const OwnedFile& owned, Order order) {
    const FileRecord& file = owned.file;
    const auto ranked = [&](const std::optional<std::int64_t>& figure, bool descending) {
        const std::int64_t value = figure.value_or(0);
        return Key{!figure, descending ? -value : value, "", owned.owner.id, file.name};
    };
    switch (order) {
        case Order::newest:
            return ranked(file.modified, true);
        case Order::oldest:
            return ranked(file.modified, false);
        case Order::largest:
            return ranked(file.size, true);
        case Order::smallest:
            return ranked(file.size, false);
        case Order::name:
            return {false, 0, file.name, owned.owner.id, ""};
        case Order::name_descending:
            break;
    }
    return {false, 0, mirrored(file.name), owned.owner.id, ""};
}

}  // namespace

std::vector<OwnedFile> plain_scan(Connection& connection, const CaseFolding& folding,
                                  const Criteria& criteria, Order order) {
    std::vector<OwnedFile> found;
    files::Position after;
    for (bool more = true; more;) {
        auto page = files::list_all(connection, after, 1'000);
        for (OwnedFile& owned : page.records) {
            after = {owned.owner.id, owned.file.name};
            if (admits(folding, criteria, owned)) {
                found.push_back(std::move(owned));
            }
        }
        more = !page.complete;
    }
    std::ranges::sort(found, {}, [&](const OwnedFile& owned) { return key_of(owned, order); });
    return found;
}

std::vector<std::string> shown(const std::vector<OwnedFile>& files) {
    std::vector<std::string> lines;
    for (const OwnedFile& owned : files) {
        lines.push_back(std::to_string(owned.owner.number) + " " + owned.file.name + " " +
                        owned.file.path);
    }
    return lines;
}

}  // namespace catalogd::catalog::search
