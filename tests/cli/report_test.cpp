#include "cli/report.h"

#include <array>
#include <cstdio>
#include <filesystem>

#include "protocol/health.h"
#include "protocol/settings.h"
#include "tests/cli/command_fixture.h"
#include "tests/cli/temp_tree.h"

namespace catalogd::cli {
namespace {

using testing::HasSubstr;
namespace settings = protocol::settings;

class ReportTest : public CommandTest {
protected:
    // What tar, which is not ours, says to it.
    static std::string said(const std::string& command) {
        std::string text;
        std::array<char, 4096> part;
        FILE* pipe = ::popen(command.c_str(), "r");
        while (std::fgets(part.data(), part.size(), pipe) != nullptr) {
            text += part.data();
        }
        ::pclose(pipe);
        return text;
    }
    void serve_on(const std::string& address) {
        daemon_.on<settings::ListSettings>(
            {{{"http.address", address, "default", true, "Where."}}});
    }

    TempTree folder_;
    const std::string archive_ = folder_.path("report.tar.gz");
};

TEST_F(ReportTest, IsAnArchiveOfWhatTheDaemonAnswers) {
    daemon_.on<protocol::health::Get>({});
    EXPECT_EQ(run({"report", archive_}), ExitCode::ok);
    EXPECT_EQ(out_.str(), archive_ + '\n');
    EXPECT_THAT(said("tar -tzf " + archive_), HasSubstr("catalogd-report/settings.json\n"));
    EXPECT_THAT(said("tar -xzOf " + archive_ + " catalogd-report/health.json"),
                HasSubstr(R"({"health":{"status":"pass")"));
}

TEST_F(ReportTest, HasTheErrorInThePlaceOfWhatIsRefused) {
    daemon_.on_error<settings::ListSettings>(
        protocol::errors::AccessDenied{"read", "admin", "access.admin"});
    EXPECT_EQ(run({"report", archive_}), ExitCode::ok);
    EXPECT_THAT(said("tar -xzOf " + archive_ + " catalogd-report/settings.json"),
                HasSubstr(R"({"error":")"));
}

TEST_F(ReportTest, IsForItsOwnerAloneAndReplacesNothing) {
    EXPECT_EQ(run({"report", archive_}), ExitCode::ok);
    EXPECT_EQ(std::filesystem::status(archive_).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_EQ(run({"report", archive_}), ExitCode::failed);
    EXPECT_THAT(err_.str(), HasSubstr("File exists"));
}

TEST_F(ReportTest, DashboardTellsTheAddressAndTheWayFromElsewhere) {
    serve_on("\"127.0.0.1:8787\"");
    EXPECT_EQ(run({"dashboard"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "http://127.0.0.1:8787/\n");
    EXPECT_THAT(err_.str(), HasSubstr("ssh -L 8787:127.0.0.1:8787 "));
}

TEST_F(ReportTest, DashboardThatIsOffIsNotFound) {
    serve_on("off");
    EXPECT_EQ(run({"dashboard"}), ExitCode::not_found);
}

}  // namespace
}  // namespace catalogd::cli
