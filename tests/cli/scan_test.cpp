#include "cli/scan.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "cli/file_content.h"
#include "cli/progress.h"
#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
namespace errors = protocol::errors;
namespace files = protocol::files;

// A daemon that holds records, and takes what it is sent for new.
class ScanTest : public CommandTest {
protected:
    ScanTest() {
        know_laptop();
        serve_pages_of(2);
        daemon_.on(std::string(files::SaveMany::method), [this](const auto& call, int) {
            const auto batch = protocol::decode<files::SaveMany>(call.parameters);
            for (const auto& file : batch->files.value) {
                saved_.push_back(file);
            }
            return reply_frame(
                files::SaveMany::Reply{static_cast<std::int64_t>(batch->files.value.size()), 0});
        });
    }

    // Records of names in order, page by page; the cursor is the index of the next.
    void serve_pages_of(std::size_t size) {
        daemon_.on(std::string(files::List::method), [this, size](const auto& call, int) {
            const auto list = protocol::decode<files::List>(call.parameters);
            files::List::Reply page;
            std::size_t at = list->after ? std::stoul(*list->after) : 0;
            for (; at < held_.size() && page.files.size() < size; ++at) {
                page.files.push_back(held_[at]);
            }
            if (at < held_.size()) {
                page.next = std::to_string(at);
            }
            return reply_frame(page);
        });
    }

    // The record that a scan makes of the file as it is now.
    files::File& hold(const std::string& name) {
        const auto content =
            file_content(AT_FDCWD, tree_.path(name).c_str(), [](std::size_t) { return true; });
        files::File& file = hold_absent(name);
        file.size = content->state.size;
        file.modified = content->state.modified;
        file.crc = content->crc;
        return file;
    }
    files::File& hold_absent(const std::string& name) {
        held_.push_back(record(name));
        held_.back().path = tree_.path(name);
        return held_.back();
    }

    ExitCode scan() { return run({"scan", tree_.path(), "--client", "laptop", "--json"}); }
    [[nodiscard]] std::string said() const { return out_.str(); }
    std::string saved_names() {
        std::string names;
        for (const auto& file : saved_) {
            names += file.name.value + ' ';
        }
        return names;
    }

    TempTree tree_;
    std::vector<files::File> held_;
    std::vector<files::NewFile> saved_;
};

TEST_F(ScanTest, RecordsWhatIsThere) {
    tree_.write("a/b", "123456789");
    EXPECT_EQ(scan(), ExitCode::ok);
    ASSERT_EQ(saved_.size(), 1U);
    EXPECT_EQ(saved_[0].name.value, "a/b");
    EXPECT_EQ(saved_[0].path.value, tree_.path("a/b"));
    EXPECT_EQ(saved_[0].size->value, 9);
    EXPECT_EQ(saved_[0].crc->value, 0xcbf43926);
    EXPECT_EQ(protocol::to_text(*saved_[0].modified), "2025-01-10T12:00:00.000Z");
    EXPECT_FALSE(saved_[0].verified);
}

TEST_F(ScanTest, SumsUpForAProgram) {
    tree_.write("a", "12345");
    EXPECT_EQ(scan(), ExitCode::ok);
    EXPECT_EQ(said(), R"({"files":1,"created":1,"updated":0,"unchanged":0,"skipped":0,"bytes":5,)"
                      R"("missing":0,"unreadableFolders":0,"interrupted":false})"
                      "\n");
}

TEST_F(ScanTest, SumsUpForAPerson) {
    tree_.write("a", "12345");
    EXPECT_EQ(run({"scan", tree_.path(), "--client", "laptop"}), ExitCode::ok);
    EXPECT_EQ(said(), "1 new, 0 updated, 0 unchanged, 0 skipped (5 B recorded)\n");
}

TEST_F(ScanTest, DoesNotSendWhatIsRecordedAsItIs) {
    for (const char* name : {"a", "b/c", "d", "e", "f"}) {
        tree_.write(name);
        hold(name);
    }
    EXPECT_EQ(scan(), ExitCode::ok);
    EXPECT_EQ(saved_names(), "");
    EXPECT_THAT(said(), HasSubstr("\"unchanged\":5"));
}

TEST_F(ScanTest, SendsWhatDiffersInAnyFigure) {
    for (const char* name : {"a", "b", "c", "d", "e"}) {
        tree_.write(name);
        hold(name);
    }
    held_[0].size = 1;
    held_[1].modified->milliseconds += 1;
    held_[2].crc.reset();
    held_[3].path = "/elsewhere/d";
    EXPECT_EQ(scan(), ExitCode::ok);
    EXPECT_EQ(saved_names(), "a b c d ");
}

TEST_F(ScanTest, FindsRecordsBetweenNewFilesWhateverThePageSize) {
    for (const char* name : {"a", "a.txt", "a0", "b", "c", "d"}) {
        tree_.write(name);
    }
    for (const char* name : {"a.txt", "b", "d"}) {
        hold(name);
    }
    serve_pages_of(1);
    EXPECT_EQ(scan(), ExitCode::ok);
    EXPECT_EQ(saved_names(), "a a0 c ");
}

TEST_F(ScanTest, CountsRecordsWhoseFileIsGoneAndDeletesNone) {
    tree_.write("b");
    hold_absent("a");
    hold("b");
    hold_absent("c");
    hold_absent("d").path = "/of/another/tree/d";
    EXPECT_EQ(scan(), ExitCode::ok);
    EXPECT_THAT(said(), HasSubstr("\"missing\":2"));
    EXPECT_THAT(daemon_.calls(), Not(testing::Contains(HasSubstr("Delete"))));
}

TEST_F(ScanTest, ListsNamesThatTheCatalogCannotHoldAndRecordsTheRest) {
    tree_.write("good");
    tree_.write("bad\xFF");
    tree_.write("line\nbreak");
    EXPECT_EQ(scan(), ExitCode::failed);
    EXPECT_EQ(saved_names(), "good ");
    EXPECT_THAT(said(),
                HasSubstr("\"files\":3,\"created\":1,\"updated\":0,\"unchanged\":0,\"skipped\":2"));
    EXPECT_THAT(err_.str(), AllOf(HasSubstr("skipped bad\\xff: its name is not UTF-8\n"),
                                  HasSubstr("skipped line\\x0abreak: its name must not contain")));
}

TEST(ScanNames, MayHave1024CharactersAnd4096BytesOfPath) {
    std::string name;
    for (int i = 0; i < 1024; ++i) {
        name += "\xC3\xA9";
    }
    EXPECT_FALSE(refuse_name(name, std::string(4096, 'p')));
    EXPECT_THAT(*refuse_name(name + 'x', "/p"), HasSubstr("has 1025"));
    EXPECT_THAT(*refuse_name("n", std::string(4097, 'p')), HasSubstr("its path must have"));
    EXPECT_EQ(*refuse_name("n", "/\xFF/n"), "its path is not UTF-8");
}

TEST_F(ScanTest, ListsAFileThatCannotBeRead) {
    if (::geteuid() == 0) {
        GTEST_SKIP() << "root reads everything";
    }
    tree_.write("closed");
    ::chmod(tree_.path("closed").c_str(), 0);
    EXPECT_EQ(scan(), ExitCode::failed);
    EXPECT_THAT(err_.str(), HasSubstr("skipped closed: Permission denied"));
}

TEST_F(ScanTest, OfAnUnknownClientSaysHowToAddIt) {
    daemon_.on_error<protocol::clients::Get>(errors::ClientNotFound{{}, "laptop"});
    EXPECT_EQ(scan(), ExitCode::not_found);
    EXPECT_THAT(err_.str(), HasSubstr("add it first: catalogctl clients add laptop"));
}

TEST_F(ScanTest, OfNoDirectoryIsAMistake) {
    EXPECT_EQ(run({"scan", tree_.path("none"), "--client", "laptop"}), ExitCode::usage);
    EXPECT_THAT(err_.str(), HasSubstr("cannot read the directory"));
}

TEST_F(ScanTest, StopsWhenInterruptedAndKeepsWhatIsRecorded) {
    tree_.write("a", "12345");
    tree_.write("b");
    held_.push_back(record("a"));
    daemon_.on(std::string(files::List::method), [](const auto&, int) {
        ::raise(SIGINT);  // as if the user pressed Ctrl-C while the first page is fetched
        return reply_frame(files::List::Reply{});
    });
    EXPECT_EQ(scan(), ExitCode::interrupted);
    EXPECT_THAT(said(), HasSubstr("\"interrupted\":true"));
    EXPECT_THAT(err_.str(), HasSubstr("the same command goes on from there"));
}

TEST_F(ScanTest, DrawsNothingWhereThereIsNoTerminal) {
    tree_.write("a");
    scan();
    EXPECT_EQ(err_.str(), "");
}

TEST(ProgressLine, FitsTheTerminal) {
    const std::string text = progress_line({1'000, 512}, {2'000, 1024}, 2048, 100);
    EXPECT_THAT(text, HasSubstr("]  50%  1,000 of 2,000 files, 512 B of 1.0 KiB, 2.0 KiB/s"));
    EXPECT_LE(text.size(), 100U);
    EXPECT_EQ(progress_line({1'000, 512}, {2'000, 1024}, 2048, 20).size(), 20U);
}

TEST(ProgressLine, NeverPassesAHundredPercent) {
    EXPECT_THAT(progress_line({9, 9}, {1, 1}, 0, 100), HasSubstr("] 100%"));
    EXPECT_THAT(progress_line({0, 0}, {0, 0}, 0, 100), HasSubstr("]   0%"));
}

}  // namespace
}  // namespace catalogd::cli
