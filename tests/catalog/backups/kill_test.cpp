// A real kill -9, at every slice and at random moments of taking and restoring: what is found
// afterwards is the old catalog or the new one, and backups that are whole.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "catalog/backups/scratch_folder.h"
#include "tests/catalog/backups/backups_fixture.h"

namespace catalogd::catalog::backups {
namespace {

using testing::AnyOf;
using testing::Each;
using testing::Eq;

class Killed : public BackupsFixture {
protected:
    void SetUp() override {
        BackupsFixture::SetUp();
        save_files(client_, many("old"));
        take("old");
        old_ = digests(writer(), {});
        commit([&](WriteTransaction& t) { clients::remove(t, id_of(1)); });
        save_files(save_client("two", 2), many("new"));
        take("new");
        new_ = digests(writer(), {});
        close();  // connections must not cross a fork
    }

    // Enough for several slices of each kind.
    static std::vector<std::string> many(const std::string& prefix) {
        std::vector<std::string> names;
        for (int i = 0; i < 6'000; ++i) {
            names.push_back(prefix + std::to_string(i) + std::string(300, '-'));
        }
        return names;
    }

    // As the daemon does it: the catalog is kept as a backup, then another takes its place.
    void keep_and_restore(const std::string& name, const Slices& slices) const {
        WriteConnection catalog(options());
        const ScratchFolder folder(store_.scratch("restored"));
        const std::string copy = folder.file("copy");
        backups::restore_to_scratch(store_, store_.find(name), copy, slices);
        fit(copy, 4096, 0, slices);
        {
            MaintenanceConnection source(options());
            backups::take(source, store_, store_.free_name("before", 0), 0, slices);
        }
        Swap swap(catalog, copy);
        while (!swap.step()) {
            slices.next(0);
        }
        slices.next(1);
    }

    // Ends in a kill, after so many slices where it is told how many. How many slices there were
    // where it lived to the end.
    int in_victim(const std::string& name, int slices_to_live, std::chrono::microseconds time) {
        const pid_t victim = ::fork();
        if (victim == 0) {
            int slices = 0;
            keep_and_restore(name, {[&](double) {
                                        if (++slices == slices_to_live) {
                                            ::kill(::getpid(), SIGKILL);
                                        }
                                    },
                                    {}});
            ::_exit(std::min(slices, 255));
        }
        if (slices_to_live == 0) {
            ::usleep(static_cast<useconds_t>(time.count()));  // any moment will do
            ::kill(victim, SIGKILL);
        }
        int status = 0;
        ::waitpid(victim, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    // What the next start finds; backups of the catalog as it was before are let go.
    void expect_whole() {
        store_.remove_unfinished();
        for (const std::string& file : files()) {
            EXPECT_TRUE(file.ends_with(".backup") || file.ends_with(".backup.manifest")) << file;
        }
        EXPECT_EQ(files().size(), 2 * names().size());
        reopen();
        EXPECT_THAT(digests(writer(), {}), AnyOf(Eq(old_), Eq(new_)));
        expect_sound();
        close();
        for (const std::string& name : names()) {
            if (name.starts_with("before")) {
                EXPECT_EQ(damage_found(name), "") << name;
                store_.remove(name);
            }
        }
    }

    std::vector<TableDigest> old_;
    std::vector<TableDigest> new_;
};

TEST_F(Killed, AtAnySliceItLeavesTheOldCatalogOrTheNew) {
    int slice = 1;
    for (int lived = -1; lived < 0; ++slice) {
        lived = in_victim(slice % 2 == 0 ? "old" : "new", slice, {});
        expect_whole();
        ASSERT_LT(slice, 1'000) << "it never ends";
    }
    EXPECT_GT(slice, 15) << "there were too few slices to say anything";
}

TEST_F(Killed, AtAnyMomentItLeavesTheOldCatalogOrTheNew) {
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_GT(in_victim("old", -1, {}), 0);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - begin);
    expect_whole();
    std::mt19937 random(std::random_device{}());
    std::uniform_int_distribution<std::int64_t> moment(0, whole.count());
    for (int cycle = 0; cycle < 12; ++cycle) {
        const std::chrono::microseconds time(moment(random));
        SCOPED_TRACE(time.count());
        in_victim(cycle % 2 == 0 ? "new" : "old", 0, time);
        expect_whole();
    }
}

TEST_F(Killed, ProofLeavesTheBackupAsItWas) {
    const Manifest before = store_.find("old").manifest;
    for (int slice = 1; slice < 100; ++slice) {
        const pid_t victim = ::fork();
        if (victim == 0) {
            int left = slice;
            backups::prove(store_, "old", 5,
                           {[&](double) {
                                if (--left == 0) {
                                    ::kill(::getpid(), SIGKILL);
                                }
                            },
                            {}});
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(victim, &status, 0);
        store_.remove_unfinished();
        if (WIFEXITED(status)) {
            break;
        }
        EXPECT_EQ(store_.find("old").manifest, before);
    }
    EXPECT_EQ(store_.find("old").manifest.proven, 5);
}

}  // namespace
}  // namespace catalogd::catalog::backups
