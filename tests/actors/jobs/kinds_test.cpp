// The table of jobs against the contract, and what the jobs do to a sound catalog.
#include "actors/jobs/kinds.h"

#include <set>

#include "catalog/metrics.h"
#include "protocol/interfaces.h"
#include "tests/actors/jobs/scheduler_fixture.h"

namespace catalogd::actors {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class JobsTest : public SchedulerFixture {
protected:
    template <class Job>
    typename Job::Reply result(const std::string& parameters = "{}") {
        return result_of<Job>(run(std::string(Job::method), parameters));
    }
    std::vector<std::string> backups() {
        std::vector<std::string> names;
        for (const auto& backup : shared().backups.list()) {
            names.push_back(backup.name);
        }
        return names;
    }
    // Before the scheduler starts: a run that this catalog has gone through.
    void note_past_run(const std::string& job, seconds took, const std::string& result) {
        catalog::job_runs::Run run;
        run.job = job;
        run.trigger = "schedule";
        run.state = "running";
        catalog::WriteTransaction transaction(*opened().writer, 0);
        run.id = catalog::job_runs::add(transaction, run);
        run.ended = std::chrono::milliseconds(took).count();
        run.state = "succeeded";
        run.result = result;
        catalog::job_runs::finish(transaction, run);
        transaction.commit();
    }
    double forecast(const std::string& job) { return succeeded(ask(jobs::Forecast{job})).seconds; }

    // One is due in an hour.
    void fill_log_before_a_checkpoint() {
        options.jobs["checkpoint"].usual = every(hours(1));
        scheduler();
        save_files(new_client("laptop"), 1'000);
    }
    // A catalog of which half is gone again.
    void fill_and_empty() {
        const auto client = new_client("laptop");
        const auto other = new_client("desktop");
        save_files(client, 3'000);
        save_files(other, 3'000);
        ASSERT_TRUE(ask(clients::Delete{client, {}}));
    }
};

// Names stand behind two spaces after the number sign, their parameters further to the right.
std::set<std::string> jobs_of_contract() {
    const std::string text(*protocol::description_of("io.catalogd.Jobs"));
    std::set<std::string> names;
    for (std::size_t at = 0; (at = text.find("\n#   ", at)) != std::string::npos; ++at) {
        const std::string name = text.substr(at + 5, text.find_first_of(" \n", at + 5) - at - 5);
        if (!name.empty()) {
            names.insert(name);
        }
    }
    return names;
}

TEST_F(JobsTest, AreThoseOfTheContract) {
    std::set<std::string> names;
    for (const JobKind& kind : job_kinds()) {
        names.emplace(kind.name);
    }
    EXPECT_EQ(names, jobs_of_contract());
    EXPECT_EQ(list().jobs.size(), names.size());
}

TEST_F(JobsTest, AreForAdminsButForThoseThatTheContractNames) {
    const std::string text(*protocol::description_of("io.catalogd.Jobs"));
    const std::size_t begin = text.find("# Role write for ");
    const std::string for_writers = text.substr(begin, text.find("admin for the rest") - begin);
    for (const JobKind& kind : job_kinds()) {
        const bool named = for_writers.find(std::string(kind.name)) != std::string::npos &&
                           kind.name != jobs::BackupProof::method;
        EXPECT_EQ(kind.for_admins, !named) << kind.name;
    }
}

TEST_F(JobsTest, AllSucceedOnASoundCatalog) {
    fill_and_empty();
    for (const JobKind& kind : job_kinds()) {
        const auto ended = run(std::string(kind.name));
        EXPECT_EQ(ended.state, jobs::State::succeeded) << kind.name << ended.reason.value_or("");
    }
}

TEST_F(JobsTest, CleanUpWhatItsRetentionHasPassed) {
    options.rules.retention.metrics = 60'000;
    options.rules.retention.runs = 10;
    ASSERT_TRUE(ask(metrics::Record{{{{{"load"}, 1.0, {}}, {{"load"}, 2.0, {}}}}, {}}));
    for (int i = 0; i < 15; ++i) {
        run("checkpoint");
    }
    clock.pass_on_all(hours(1));
    const auto removed = result<jobs::Cleanup>();
    EXPECT_EQ(removed.samples, 2);
    EXPECT_EQ(removed.runs, 5);
    EXPECT_EQ(runs_of("checkpoint"), 10);
    EXPECT_EQ(result<jobs::Cleanup>().samples, 0);
}

TEST_F(JobsTest, CleanUpAuditEntriesThatWereKeptForTheirTime) {
    options.rules.retention.audit = 60'000;
    ASSERT_TRUE(ask(clients::Delete{new_client("laptop"), {}}));
    scheduler();
    EXPECT_EQ(result<jobs::Cleanup>().audit_entries, 0);
    clock.pass_on_all(hours(1));
    EXPECT_EQ(result<jobs::Cleanup>().audit_entries, 1);
}

TEST_F(JobsTest, CleanUpRepliesToRepeatedCalls) {
    options.rules.retention.requests.milliseconds = 60'000;
    new_client("a");
    auto mail = envelope(clients::Save{{}, {"b"}, {}, {}, {}});
    mail.request = {7, "id", {}};
    ASSERT_TRUE(post_mail<clients::Save>(std::move(mail))->get());
    scheduler();
    clock.pass_on_all(hours(1));
    EXPECT_EQ(result<jobs::Cleanup>().requests, 1);
}

TEST_F(JobsTest, KeepBackupsAsTheirRetentionSays) {
    options.rules.backups = {.generations = 1, .count = 2, .age = 60'000};
    for (const char* const name : {"one", "two", "three"}) {
        result<jobs::TakeBackup>(std::string(R"({"name":")") + name + "\"}");
        clock.pass_on_all(std::chrono::seconds(1));
    }
    result<jobs::BackupProof>(R"({"backup":"one"})");
    EXPECT_THAT(result<jobs::Cleanup>().backups, IsEmpty()) << "the oldest is the one proven";
    result<jobs::BackupProof>(R"({"backup":"three"})");
    EXPECT_THAT(result<jobs::Cleanup>().backups, ElementsAre("one"));
    clock.pass_on_all(hours(1));
    EXPECT_THAT(result<jobs::Cleanup>().backups, ElementsAre("two"));
    EXPECT_THAT(backups(), ElementsAre("three"));
    EXPECT_THAT(deleted, ElementsAre("one", "two")) << "each was told of";
}

TEST_F(JobsTest, TakeBackupsAndProveTheNewest) {
    new_client("laptop");
    EXPECT_EQ(result<jobs::BackupProof>().backup, std::nullopt);
    const auto one = result<jobs::TakeBackup>();
    EXPECT_EQ(one.backup, "catalog-20231114T221320Z");
    EXPECT_GT(one.bytes, 0);
    EXPECT_EQ(result<jobs::BackupProof>().backup, one.backup);
    EXPECT_THAT(taken, ElementsAre(one.backup)) << "it was told of";
    EXPECT_EQ(scheduler().figures().last_proven, clock.wall());
}

TEST_F(JobsTest, NeverOverwriteABackup) {
    result<jobs::TakeBackup>(R"({"name":"one"})");
    const auto again = run("backup", R"({"name":"one"})");
    EXPECT_EQ(again.state, jobs::State::failed);
    EXPECT_THAT(*again.reason, HasSubstr("there is a backup of this name"));
    EXPECT_THAT(backups(), ElementsAre("one"));
}

TEST_F(JobsTest, GiveFreePagesBackInSlices) {
    fill_and_empty();
    const auto freed = result<jobs::Vacuum>();
    EXPECT_FALSE(freed.full);
    EXPECT_GT(freed.free_pages, 20);
    EXPECT_GT(freed.bytes_freed, 20 * 4096);
    EXPECT_EQ(result<jobs::Vacuum>().free_pages, 0);
}

TEST_F(JobsTest, KeepAFewFreePagesWhereNobodyAsked) {
    options.jobs["vacuum"].usual = every(hours(1));
    scheduler();
    fill_and_empty();
    pass(hours(1));
    const auto left = result<jobs::Vacuum>();
    EXPECT_GT(left.free_pages, 0);
    EXPECT_LE(left.free_pages, left.pages / 50 + 1);
}

TEST_F(JobsTest, WriteTheWholeCatalogAnewAndLoseNothing) {
    fill_and_empty();
    const auto before = succeeded(ask(whole::GetStatistics{})).statistics;
    const auto freed = result<jobs::Vacuum>(R"({"full":true})");
    EXPECT_TRUE(freed.full);
    EXPECT_GT(freed.bytes_freed, 100'000);
    const auto after = succeeded(ask(whole::GetStatistics{})).statistics;
    EXPECT_EQ(after.files, before.files);
    EXPECT_EQ(after.bytes, before.bytes);
    EXPECT_TRUE(ask(clients::Get{{}, "desktop"}));
    EXPECT_TRUE(ask(clients::Save{{}, {"after"}, {}, {}, {}}));
    EXPECT_EQ(result<jobs::IntegrityCheck>(R"({"full":true})").faults, std::vector<std::string>{});
}

TEST_F(JobsTest, DoNotWriteItAnewByThemselvesWhereThatGainsLittle) {
    options.jobs["vacuum"].full = every(hours(1));
    scheduler();
    new_client("laptop");
    pass(hours(1));
    const auto full = result_of<jobs::Vacuum>(history("vacuum")[0]);
    EXPECT_FALSE(full.full);
    EXPECT_EQ(full.bytes_freed, 0);
}

TEST_F(JobsTest, CopyTheLogIntoTheDatabase) {
    save_files(new_client("laptop"), 1'000);
    const auto copied = result<jobs::Checkpoint>(R"({"truncate":true})");
    EXPECT_TRUE(copied.complete);
    EXPECT_GT(copied.log_bytes_before, 0);
    EXPECT_EQ(copied.log_bytes, 0);
}

TEST_F(JobsTest, EmptyTheLogByThemselvesWhereFewCall) {
    fill_log_before_a_checkpoint();
    pass(hours(1));
    const auto copied = result_of<jobs::Checkpoint>(history("checkpoint")[0]);
    EXPECT_GT(copied.log_bytes_before, 0);
    EXPECT_EQ(copied.log_bytes, 0);
}

TEST_F(JobsTest, OnlyCopyTheLogWhereManyCall) {
    fill_log_before_a_checkpoint();
    look();
    requests += 1'000'000'000;
    pass(hours(1));
    const auto copied = result_of<jobs::Checkpoint>(history("checkpoint")[0]);
    EXPECT_GT(copied.log_bytes_before, 0);
    EXPECT_GT(copied.log_bytes, 0);
}

TEST_F(JobsTest, BuildTheSearchIndexAnewAndFindTheSame) {
    indexing = true;
    writer_options.index_backlog = 500;
    save_files(new_client("laptop"), 2'000);
    await([&] { return result<jobs::SearchIndex>().waiting < 500; });
    const auto rebuilt = result<jobs::SearchIndex>(R"({"rebuild":true})");
    EXPECT_TRUE(rebuilt.rebuilt);
    files::Search search;
    search.text = "file1999";
    EXPECT_EQ(succeeded(ask(search)).files.size(), 1U) << "while the index is behind";
    await([&] { return result<jobs::SearchIndex>().waiting < 500; });
    EXPECT_EQ(succeeded(ask(search)).files.size(), 1U);
}

TEST_F(JobsTest, AreForecastWithoutBeingRun) {
    fill_and_empty();
    const auto forecast = succeeded(ask(jobs::Forecast{"vacuum"}));
    EXPECT_TRUE(forecast.feasible);
    EXPECT_GT(forecast.seconds, 0);
    EXPECT_GT(forecast.bytes_freed.value_or(0), 100'000);
    EXPECT_THAT(history("vacuum"), IsEmpty());
    for (const JobKind& kind : job_kinds()) {
        EXPECT_TRUE(succeeded(ask(jobs::Forecast{std::string(kind.name)})).feasible) << kind.name;
    }
    EXPECT_TRUE(ends_in<errors::UnknownJob>(ask(jobs::Forecast{"sweep"})));
}

TEST_F(JobsTest, AreForecastByWhatTheyLastTookOnThisMachine) {
    note_past_run("backup", seconds(100), R"({"backup":"b","bytes":1000,"sha256":""})");
    EXPECT_GT(forecast("backup"), 1'000) << "ten bytes a second";
    EXPECT_GT(forecast("vacuum"), 1'000) << "which copies too";
    EXPECT_LT(forecast("backup-proof"), 1) << "none has run";
}

TEST_F(JobsTest, AreNotForecastByARunTooShortToTell) {
    note_past_run("backup", seconds(0), R"({"backup":"b","bytes":1000,"sha256":""})");
    EXPECT_LT(forecast("backup"), 1);
}

}  // namespace
}  // namespace catalogd::actors
