// The search index itself: how it follows the records, and what it keeps.
#include "tests/catalog/search/search_fixture.h"

namespace catalogd::catalog::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class SearchIndex : public SearchFixture {
protected:
    std::vector<std::string> save_many(int count) {
        std::vector<std::string> names;
        for (int i = 0; i < count; ++i) {
            names.push_back("name" + std::to_string(i));
        }
        save_files(client_, names);
        return names;
    }
    // With so many terms that it takes several pieces to install them.
    std::vector<std::string> save_with_many_terms() {
        std::vector<std::string> names;
        for (std::uint64_t i = 0, digits = 1; i < 3'000; ++i) {
            std::string name;
            for (int word = 0; word < 4; ++word) {
                digits *= 6'364'136'223'846'793'005;  // scattered, and the same each time
                name += std::to_string(digits);
            }
            names.push_back(name);
        }
        save_files(client_, names);
        return names;
    }
    void remove(const std::string& name) {
        commit([&](WriteTransaction& t) { files::remove(t, client_, name); });
    }
    void verify(const std::string& name) {
        commit([&](WriteTransaction& t) { files::set_verified(t, client_, name, true, {}); });
    }
    std::int64_t segments() { return count("search_segments"); }
    std::int64_t notes() { return count("search_changes") + count("search_gone_clients"); }
};

TEST_F(SearchIndex, CostsASaveNothing) {
    save("a");
    EXPECT_EQ(count("search_changes"), 0);
    EXPECT_EQ(backlog(writer().summary()), 1);
}

TEST_F(SearchIndex, TakesOneSegmentsWorthAtATime) {
    save_many(5'000);
    index_step();
    EXPECT_EQ(backlog(writer().summary()), 5'000 - 4'096);
    index_step();
    EXPECT_EQ(backlog(writer().summary()), 0);
    EXPECT_EQ(segments(), 2);
}

TEST_F(SearchIndex, NotesOnlyChangesThatADocumentShows) {
    save("a");
    index_all();
    FileRecord file = record("a");
    file.crc = 7;
    file.category = "c";
    save_file(client_, file);
    EXPECT_EQ(notes(), 0);
    verify("a");
    EXPECT_EQ(notes(), 1);
}

TEST_F(SearchIndex, ForgetsItsNotesOnceItHasFollowedThem) {
    save_many(10);
    const auto other = save_client("two", 2);
    save_file(other, record("x"));
    index_all();
    verify("name1");
    remove("name2");
    commit([&](WriteTransaction& t) { clients::remove(t, id_of(2)); });
    EXPECT_EQ(notes(), 3);
    index_all();
    EXPECT_EQ(notes(), 0);
    EXPECT_EQ(segments(), 2) << "the changed record has a new document";
}

TEST_F(SearchIndex, DropsASegmentWithoutALivingDocument) {
    for (const std::string& name : save_many(3)) {
        index_all();
        remove(name);
    }
    index_all();
    EXPECT_EQ(segments(), 0);
    EXPECT_EQ(count("search_marks"), 0);
    EXPECT_EQ(count("search_terms"), 0);
}

TEST_F(SearchIndex, KeepsANoteThatWasMadeWhileItsFileWasBeingIndexed) {
    save_many(2);
    const Step step = build_step();
    verify("name0");
    install_all(step);
    EXPECT_EQ(notes(), 1);
    Criteria verified;
    verified.verified = true;
    EXPECT_THAT(names(verified), ElementsAre("name0"));
}

TEST_F(SearchIndex, LeavesARecordThatNoChangeWouldBeNotedOf) {
    save_many(2);
    writer().set_building_to(writer().summary().last_number);
    save("late");
    const Step step = build(writer(), index_, folding_, writer().building_to(), [] {});
    verify("late");
    install_all(step);
    EXPECT_EQ(backlog(writer().summary()), 1);
    Criteria verified;
    verified.verified = true;
    EXPECT_THAT(names(verified), ElementsAre("late"));
}

TEST_F(SearchIndex, EndsWhereTheNewestRecordsWereDeleted) {
    save_many(3);
    remove("name2");
    index_all();
    EXPECT_EQ(backlog(writer().summary()), 0);
}

TEST_F(SearchIndex, ServesAnOlderSnapshotWhileItMovesOn) {
    save_many(3);
    index_all();
    const auto reader = new_reader();
    const Snapshot snapshot(*reader);
    const auto before = index_.segments(*reader);
    remove("name1");
    index_all();
    names({});
    EXPECT_EQ(index_.segments(*reader)->loaded.front().alive->count(), 3);
    EXPECT_EQ(index_.segments(writer())->loaded.front().alive->count(), 2);
    EXPECT_EQ(index_.segments(writer())->loaded.front().segment, before->loaded.front().segment)
        << "what has not changed is not loaded again";
}

TEST_F(SearchIndex, IsRefusedWhereItIsDamaged) {
    save_many(100);
    index_all();
    writer().database().exec("UPDATE search_terms SET postings = substr(postings, 1, 100)");
    EXPECT_THROW(with_text("name"), Unusable);
    writer().database().exec("UPDATE search_segments SET columns = substr(columns, 1, 100)");
    index_ptr_ = std::make_unique<Index>();
    EXPECT_THROW(index_ptr_->segments(writer()), Unusable);
}

TEST_F(SearchIndex, ShowsNothingOfAStepBeforeItsLastPiece) {
    save_with_many_terms();
    const Step step = build_step();
    ASSERT_GT(pieces_of(step), 2U);
    for (std::size_t piece = 0; piece + 1 < pieces_of(step); ++piece) {
        install_piece(step, piece);
        EXPECT_TRUE(index_.segments(writer())->loaded.empty());
    }
    EXPECT_EQ(backlog(writer().summary()), 3'000);
    install_piece(step, pieces_of(step) - 1);
    EXPECT_EQ(backlog(writer().summary()), 0);
}

TEST_F(SearchIndex, RemovesWhatAKillLeftOfAStepWithTheNextOne) {
    const auto names = save_with_many_terms();
    install_piece(build_step(), 0);
    const auto left = count("search_terms");
    ASSERT_GT(left, 0);
    crash();
    reopen();
    for (const std::string& name : names) {
        remove(name);
    }
    index_all();
    EXPECT_EQ(segments(), 0);
    EXPECT_EQ(count("search_terms"), 0);
}

TEST_F(SearchIndex, DropsTheRestOfAStepWhoseIndexWasForgotten) {
    save_with_many_terms();
    const Step step = build_step();
    install_piece(step, 0);
    commit([&](WriteTransaction& t) { forget_all(t); });
    for (std::size_t piece = 1; piece < pieces_of(step); ++piece) {
        install_piece(step, piece);
    }
    EXPECT_EQ(count("search_terms"), 0);
    EXPECT_EQ(backlog(writer().summary()), 3'000);
}

TEST_F(SearchIndex, SurvivesAKillBetweenItsSteps) {
    save_many(5'000);
    index_step();
    crash();
    reopen();
    EXPECT_EQ(with_text("name4999").size(), 1U);
    index_all();
    EXPECT_EQ(with_text("name").size(), 5'000U);
}

}  // namespace
}  // namespace catalogd::catalog::search
