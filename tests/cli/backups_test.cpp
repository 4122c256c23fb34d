#include "cli/backups.h"

#include "protocol/admin.h"
#include "protocol/jobs.h"
#include "tests/cli/command_fixture.h"

namespace catalogd::cli {
namespace {

namespace admin = protocol::admin;
namespace errors = protocol::errors;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class BackupsTest : public CommandTest {
protected:
    static admin::Backup backup(const std::string& name) {
        admin::Backup backup;
        backup.name = name;
        backup.created_at = *protocol::parse_time("2025-01-10T12:00:00Z");
        backup.bytes = 1'572'864;
        backup.schema_version = 6;
        return backup;
    }
    // The chunks of one backup, the manifest with the first.
    void serve(const std::vector<std::string>& chunks, std::int64_t bytes) {
        std::string frames;
        std::int64_t offset = 0;
        for (std::size_t i = 0; i < chunks.size(); ++i) {
            admin::ReadBackup::Reply reply{protocol::to_base64(chunks[i]), offset, bytes, {}};
            if (i == 0) {
                reply.manifest = "noted\n";
            }
            frames += reply_frame(reply, i + 1 < chunks.size());
            offset += static_cast<std::int64_t>(chunks[i].size());
        }
        daemon_.on(std::string(admin::ReadBackup::method),
                   [frames](const auto&, int) { return frames; });
    }
    [[nodiscard]] std::string content(const std::string& name) const {
        std::ifstream file(folder_.path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    ExitCode read() { return run({"backup", "read", "one", folder_.path("file")}); }
    [[nodiscard]] bool is_there(const std::string& name) const {
        return std::filesystem::exists(folder_.path(name));
    }

    TempTree folder_;
};

TEST_F(BackupsTest, AreTakenAndProvenAsTheirJobsAre) {
    protocol::jobs::JobRun end;
    end.state = protocol::jobs::State::succeeded;
    daemon_.on<protocol::jobs::Run>({end, {}, {}});
    for (const std::string order : {"create", "prove"}) {
        EXPECT_EQ(run({"backup", order}), ExitCode::ok);
        EXPECT_EQ(run({"backup", order, "one"}), ExitCode::ok);
    }
    EXPECT_THAT(daemon_.calls(),
                ElementsAre(HasSubstr(R"("job":"backup","parameters":{})"),
                            HasSubstr(R"("job":"backup","parameters":{"name":"one"})"),
                            HasSubstr(R"("job":"backup-proof","parameters":{})"),
                            HasSubstr(R"("job":"backup-proof","parameters":{"backup":"one"})")));
}

TEST_F(BackupsTest, ThatFailSaySoWithTheirExitCode) {
    protocol::jobs::JobRun end;
    end.job = "backup-proof";
    end.state = protocol::jobs::State::failed;
    end.reason = "BackupDamaged: its SHA-256 is another";
    daemon_.on<protocol::jobs::Run>({end, {}, {}});
    EXPECT_EQ(run({"backup", "prove", "one"}), ExitCode::failed);
    EXPECT_THAT(out_.str(), HasSubstr("BackupDamaged: its SHA-256"));
}

TEST_F(BackupsTest, AreListedWithWhatIsKnownOfThem) {
    admin::Backup proven = backup("good");
    proven.proven = true;
    proven.proven_at = proven.created_at;
    admin::Backup damaged = backup("bad");
    damaged.problem = "its file has another size than was noted";
    daemon_.on<admin::ListBackups>({{proven, backup("new"), damaged}});
    EXPECT_EQ(run({"backup", "list"}), ExitCode::ok);
    EXPECT_THAT(out_.str(), HasSubstr("good  2025-01-10 12:00:00Z  1572864       6  proven 2025"));
    EXPECT_THAT(out_.str(), HasSubstr("not proven"));
    EXPECT_THAT(out_.str(), HasSubstr("another size"));
}

TEST_F(BackupsTest, AreListedAsOneObjectALine) {
    daemon_.on<admin::ListBackups>({{backup("one"), backup("two")}});
    EXPECT_EQ(run({"backup", "list", "--json"}), ExitCode::ok);
    EXPECT_EQ(lines(), 2);
    EXPECT_THAT(out_.str(), HasSubstr(R"({"name":"one")"));
}

TEST_F(BackupsTest, AreReadIntoAFileAndWhatWasNotedBesideIt) {
    serve({"abc", "defg"}, 7);
    EXPECT_EQ(read(), ExitCode::ok);
    EXPECT_EQ(content("file"), "abcdefg");
    EXPECT_EQ(content("file.manifest"), "noted\n");
}

TEST_F(BackupsTest, LeaveNoFileWhereTheyEndTooEarly) {
    serve({"abc"}, 7);
    EXPECT_EQ(read(), ExitCode::failed);
    EXPECT_FALSE(is_there("file") || is_there("file.manifest"));
}

TEST_F(BackupsTest, LeaveNoFileWhereTheyAreUnknown) {
    daemon_.on_error<admin::ReadBackup>(errors::UnknownBackup{"one"});
    EXPECT_EQ(read(), ExitCode::not_found);
    EXPECT_EQ(err_.str(), "catalogctl: there is no backup 'one'\n");
    EXPECT_FALSE(is_there("file") || is_there("file.manifest"));
}

TEST_F(BackupsTest, OverwriteNoFile) {
    serve({"abc"}, 3);
    folder_.write("file", "mine");
    EXPECT_EQ(read(), ExitCode::failed);
    EXPECT_EQ(content("file"), "mine");
    folder_.write("file.manifest", "mine too");
    std::filesystem::remove(folder_.path("file"));
    EXPECT_EQ(read(), ExitCode::failed);
    EXPECT_EQ(content("file.manifest"), "mine too");
    EXPECT_FALSE(is_there("file"));
}

TEST_F(BackupsTest, AreRestoredWithProgressOnATerminalAlone) {
    const std::string frames = reply_frame(admin::Restore::Reply{{}, {}, 0.5}, true) +
                               reply_frame(admin::Restore::Reply{6, "before-restore-1", {}});
    daemon_.on(std::string(admin::Restore::method), [frames](const auto&, int) { return frames; });
    EXPECT_EQ(run({"backup", "restore", "one", "--yes"}), ExitCode::ok);
    EXPECT_EQ(out_.str(),
              "Restored 'one'; the catalog as it was before is kept as "
              "'before-restore-1'\n");
    EXPECT_THAT(err_.str(), IsEmpty());
    terminal_.err = true;
    EXPECT_EQ(run({"backup", "restore", "one", "--yes"}), ExitCode::ok);
    EXPECT_THAT(err_.str(), HasSubstr(" 50%  restored"));
}

TEST_F(BackupsTest, AreNotRestoredOrDeletedUnasked) {
    EXPECT_EQ(run({"backup", "restore", "one"}), ExitCode::usage);
    EXPECT_EQ(run({"backup", "delete", "one"}), ExitCode::usage);
    EXPECT_EQ(run({"backup", "restore", "one", "--offline"}), ExitCode::usage);
    EXPECT_THAT(daemon_.calls(), IsEmpty());
}

TEST_F(BackupsTest, WhoseKeysAreMissingSayWhatToDo) {
    daemon_.on_error<admin::Restore>(errors::KeysMissing{"one", {"8d2f0c6a11b7e540"}});
    EXPECT_EQ(run({"backup", "restore", "one", "--yes"}), ExitCode::failed);
    EXPECT_THAT(err_.str(), HasSubstr("8d2f0c6a11b7e540"));
    EXPECT_THAT(err_.str(), HasSubstr("--without-keys"));
}

TEST_F(BackupsTest, AreRestoredWithoutKeysOnDemand) {
    daemon_.on<admin::Restore>({6, "before", {}});
    EXPECT_EQ(run({"backup", "restore", "one", "--yes", "--without-keys"}), ExitCode::ok);
    EXPECT_THAT(daemon_.calls(), ElementsAre(HasSubstr(R"("withoutKeys":true)")));
}

TEST_F(BackupsTest, AreDeleted) {
    daemon_.on<admin::DeleteBackup>({});
    EXPECT_EQ(run({"backup", "delete", "one", "--yes"}), ExitCode::ok);
    EXPECT_EQ(out_.str(), "Deleted backup 'one'\n");
}

TEST_F(BackupsTest, ThatAreNoFilesAreNotRestoredOffline) {
    EXPECT_EQ(run({"backup", "restore", folder_.path("none"), "--offline", "--yes", "--database",
                   folder_.path("catalog.db")}),
              ExitCode::not_found);
    EXPECT_FALSE(is_there("catalog.db"));
}

TEST_F(BackupsTest, NamesNeverReachTheTerminalRaw) {
    daemon_.on<admin::ListBackups>({{backup("a\033]0;b\007")}});
    daemon_.on<admin::Restore>({6, "a\033]0;b\007", {}});
    run({"backup", "list"});
    run({"backup", "restore", "a\033", "--yes"});
    EXPECT_THAT(out_.str(), Not(HasSubstr("\033")));
}

}  // namespace
}  // namespace catalogd::cli
