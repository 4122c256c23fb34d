#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "protocol/admin.h"
#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
namespace admin = protocol::admin;

class KeysTest : public CommandTest {
protected:
    [[nodiscard]] std::string path(const std::string& name) const { return folder_.path(name); }
    void write(const std::string& name, const std::string& content, mode_t mode = 0600) {
        std::ofstream(path(name)) << content;
        ::chmod(path(name).c_str(), mode);
    }
    [[nodiscard]] std::string content(const std::string& name) const {
        std::ifstream file(path(name));
        return {std::istreambuf_iterator<char>(file), {}};
    }
    ExitCode export_to(const std::string& name) {
        return run({"keys", "export", path(name), "--key-file", path("key")});
    }
    ExitCode import_from(const std::string& name) {
        return run({"keys", "import", path(name), "--key-file", path("key")});
    }
    const std::string keys_ = std::string(32, 'a') + std::string(32, 'b');
    TempTree folder_;
};

TEST_F(KeysTest, RotateSaysHowManyWereSealedAnew) {
    daemon_.on(std::string(admin::RotateKeys::method), [](const auto&, int) {
        return reply_frame(admin::RotateKeys::Reply{{}, {}, 0.5}, true) +
               reply_frame(admin::RotateKeys::Reply{1'234, true, {}});
    });
    EXPECT_EQ(run({"keys", "rotate"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("1,234 session keys sealed anew, with a new key"));
    EXPECT_EQ(err_.str(), "");
    EXPECT_THAT(daemon_.calls(), ElementsAre("io.catalogd.Admin.RotateKeys {} more"));
}

TEST_F(KeysTest, RotateShowsItsProgressOnATerminal) {
    daemon_.on(std::string(admin::RotateKeys::method), [](const auto&, int) {
        return reply_frame(admin::RotateKeys::Reply{{}, {}, 0.5}, true) +
               reply_frame(admin::RotateKeys::Reply{7, false, {}});
    });
    terminal_.err = true;
    EXPECT_EQ(run({"keys", "rotate"}), ExitCode::ok);
    EXPECT_THAT(err_.str(), HasSubstr("50%"));
    EXPECT_THAT(out_.str(), HasSubstr("with the key that was current already"));
}

TEST_F(KeysTest, RotateForAProgramPrintsTheLastReplyAlone) {
    daemon_.on<admin::RotateKeys>({7, true, {}});
    EXPECT_EQ(run({"keys", "rotate", "--json"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "{\"resealed\":7,\"newKey\":true}\n");
}

TEST_F(KeysTest, RotateTellsWhyThereIsNoNewKey) {
    daemon_.on_error<admin::RotateKeys>(protocol::errors::NoNewKey{"the key file is given"});
    EXPECT_EQ(run({"keys", "rotate"}), ExitCode::failed);
    EXPECT_EQ(err_.str(), "catalogctl: no new key: the key file is given\n");
}

TEST_F(KeysTest, ExportCopiesEveryKeyForItsOwnerAlone) {
    write("key", keys_);
    EXPECT_EQ(export_to("copy"), ExitCode::ok);
    EXPECT_EQ(content("copy"), keys_);
    EXPECT_EQ(std::filesystem::status(path("copy")).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_FALSE(std::filesystem::exists(path("copy.unfinished")));
}

TEST_F(KeysTest, ExportPrintsNoKey) {
    write("key", keys_);
    export_to("copy");
    EXPECT_THAT(out_.str(), HasSubstr("2 keys copied"));
    EXPECT_THAT(out_.str() + err_.str(), Not(HasSubstr("aaaa")));
}

TEST_F(KeysTest, NeitherWritesOverAFile) {
    write("key", keys_);
    write("copy", std::string(32, 'c'));
    EXPECT_EQ(export_to("copy"), ExitCode::failed);
    EXPECT_EQ(import_from("copy"), ExitCode::failed);
    EXPECT_THAT(err_.str(), HasSubstr("is there already"));
    EXPECT_EQ(content("key"), keys_);
    EXPECT_EQ(content("copy"), std::string(32, 'c'));
}

TEST_F(KeysTest, ExportWritesToNoTerminal) {
    write("key", keys_);
    for (const char* const terminal : {"/dev/tty", "/dev/stdout", "-"}) {
        EXPECT_NE(run({"keys", "export", terminal, "--key-file", path("key")}), ExitCode::ok);
    }
    EXPECT_FALSE(std::filesystem::exists("-"));
}

TEST_F(KeysTest, ImportGivesTheFileToTheOwnerOfItsFolder) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root gives files away";
    }
    write("copy", keys_);
    std::filesystem::create_directory(path("state"));
    ASSERT_EQ(::chown(path("state").c_str(), 65'534, 65'534), 0);
    EXPECT_EQ(run({"keys", "import", path("copy"), "--key-file", path("state/key")}), ExitCode::ok);
    struct stat status{};
    ASSERT_EQ(::stat(path("state/key").c_str(), &status), 0);
    EXPECT_EQ(status.st_uid, 65'534U);
    EXPECT_EQ(content("state/key"), keys_);
}

TEST_F(KeysTest, ImportRefusesWhatIsNoKeyFile) {
    EXPECT_EQ(import_from("absent"), ExitCode::not_found);
    write("copy", "not a key");
    EXPECT_EQ(import_from("copy"), ExitCode::failed);
    write("open", keys_, 0644);
    EXPECT_EQ(import_from("open"), ExitCode::failed);
    EXPECT_THAT(err_.str(), HasSubstr("chmod 600"));
    EXPECT_FALSE(std::filesystem::exists(path("key")));
}

}  // namespace
}  // namespace catalogd::cli
