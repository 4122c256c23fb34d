// A catalog whose search index is brought up by hand, and searches in a test's own words.
#pragma once

#include "catalog/search/build.h"
#include "catalog/search/search.h"
#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog::search {

class SearchFixture : public CatalogFixture {
protected:
    void SetUp() override { client_ = save_client("one", 1); }

    FileRecord record(const std::string& name, const std::string& path = "/p") {
        FileRecord file = file_named(name);
        file.path = path;
        return file;
    }
    void save(const std::string& name) { save_file(client_, record(name)); }
    void save_sized(const std::string& name, std::optional<std::int64_t> size) {
        save_file(client_, file_named(name, size));
    }

    // Brings the index up to all records, in as many steps as that takes.
    void index_all() {
        while (backlog(writer().summary()) > 0) {
            index_step();
        }
    }
    void index_step() { install_all(build_step()); }
    void install_all(const Step& step) {
        for (std::size_t piece = 0; piece < pieces_of(step); ++piece) {
            install_piece(step, piece);
        }
    }
    void install_piece(const Step& step, std::size_t piece) {
        commit([&](auto& t) { install(t, step, piece); });
    }
    // What the indexer does between its snapshot and the writer's next commit.
    Step build_step() {
        writer().set_building_to(writer().summary().last_number);
        return build(writer(), index_, folding_, writer().building_to(), [] {});
    }

    std::vector<std::string> names(Criteria criteria, Order order = Order::name) {
        std::vector<std::string> found;
        for (const OwnedFile& owned : all(std::move(criteria), order, 1'000)) {
            found.push_back(owned.file.name);
        }
        return found;
    }
    std::vector<std::string> with_text(const std::string& text) {
        Criteria criteria;
        criteria.text = text;
        return names(criteria);
    }
    // Every record, page by page.
    std::vector<OwnedFile> all(Criteria criteria, Order order, std::int64_t limit) {
        const Filter filter(folding_, std::move(criteria));
        Request request{filter, order, {}, limit, [this] { return out_of_time_; }};
        std::vector<OwnedFile> found;
        pages_ = 0;
        do {
            Page page = find(writer(), index_, request);
            EXPECT_LE(page.files.size(), static_cast<std::size_t>(limit));
            std::ranges::move(page.files, std::back_inserter(found));
            request.after = page.next;
            EXPECT_LT(++pages_, 100'000) << "pages lead nowhere";
        } while (request.after && pages_ < 100'000);
        return found;
    }
    std::int64_t counted(Criteria criteria) {
        return search::count(writer(), index_, Filter(folding_, std::move(criteria)));
    }

    CaseFolding folding_{writer()};
    Index index_;
    std::unique_ptr<Index> index_ptr_;
    std::int64_t client_ = 0;
    bool out_of_time_ = false;
    int pages_ = 0;
};

}  // namespace catalogd::catalog::search
