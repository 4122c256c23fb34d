// A real catalog with a few records whose names need care, half of them in the search index.
#pragma once

#include "actors/handlers.h"
#include "catalog/catalog.h"
#include "tests/catalog/temp_folder.h"

namespace catalogd::fuzz {

class SmallCatalog {
public:
    SmallCatalog();

    // What a reader answers calls with.
    actors::ReadContext& context() { return context_; }
    catalog::Connection& connection() { return reader_; }
    [[nodiscard]] const catalog::CaseFolding& folding() const { return opened_.folding; }

private:
    void save(const catalog::Id& id, const std::string& name,
              const std::vector<std::string>& files);
    void index();

    const catalog::TempFolder folder_{catalog::TempFolder::fast()};
    const catalog::OpenOptions options_{.path = folder_.file("catalog.db")};
    catalog::Opened opened_{catalog::open(options_, {folder_.file("key")}, 0)};
    catalog::search::Index index_;
    actors::Arrivals arrivals_;
    const catalog::backups::Store backups_{folder_.file("backups"), 0};
    const actors::Shared shared_{opened_.folding, opened_.sealer, index_, backups_, arrivals_};
    catalog::ReadConnection reader_{options_};
    actors::ReadContext context_{reader_, shared_, 0, [] { return false; }};
};

}  // namespace catalogd::fuzz
