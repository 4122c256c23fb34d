#include "tests/fuzz/small_catalog.h"

#include "catalog/clients.h"
#include "catalog/files.h"

namespace catalogd::fuzz {
namespace {

constexpr std::int64_t now = 1'700'000'000'000;

}  // namespace

SmallCatalog::SmallCatalog() {
    save({1}, "Laptop's 100%", {"100%", "a_b", "a\\b", "it's", "say \"x\"", "AND OR.tar.gz"});
    index();
    save({2}, "Büro", {"\xC3\x84rger.TXT", "straße.", "\xF0\x9F\x98\x80.png", "*", "a_b", ";--"});
}

// Of some records neither size nor time is known, and several have the same.
void SmallCatalog::save(const catalog::Id& id, const std::string& name,
                        const std::vector<std::string>& files) {
    catalog::WriteTransaction transaction(*opened_.writer, now);
    transaction.begin_request();
    catalog::clients::Change change;
    change.name = name;
    const auto client = catalog::clients::save(transaction, id, change).client.number;
    for (std::size_t i = 0; i < files.size(); ++i) {
        catalog::FileRecord file;
        file.name = files[i];
        file.path = "/stored/" + std::to_string(i) + files[i];
        if (i % 3 != 0) {
            file.size = file.modified = static_cast<std::int64_t>(i / 2);
        }
        catalog::files::save(transaction, client, std::move(file));
    }
    transaction.keep_request();
    transaction.commit();
}

void SmallCatalog::index() {
    auto& writer = *opened_.writer;
    writer.set_building_to(writer.summary().last_number);
    const auto step =
        catalog::search::build(writer, index_, opened_.folding, writer.building_to(), [] {});
    catalog::WriteTransaction transaction(writer, now);
    transaction.begin_request();
    for (std::size_t piece = 0; piece < catalog::search::pieces_of(step); ++piece) {
        catalog::search::install(transaction, step, piece);
    }
    transaction.keep_request();
    transaction.commit();
}

}  // namespace catalogd::fuzz
