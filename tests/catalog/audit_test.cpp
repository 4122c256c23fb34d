// The audit log: a chain that shows whoever has meddled with it, and outlives what retention
// removes.
#include "catalog/audit.h"

#include <limits>

#include "tests/catalog/catalog_fixture.h"
#include "tests/catalog/outsider.h"

namespace catalogd::catalog::audit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t newest = std::numeric_limits<std::int64_t>::max();

Act act(const std::string& subject, const std::string& outcome = "ok") {
    return {{1000, 4711}, "io.catalogd.Clients.Delete", subject, outcome};
}

class AuditLog : public CatalogFixture {
protected:
    // Entries with these subjects, one a millisecond.
    void tell(const std::vector<std::string>& subjects) {
        for (const std::string& subject : subjects) {
            ++now;
            tell_at_once({act(subject)});
        }
    }
    void tell_at_once(const std::vector<Act>& acts) {
        commit([&](WriteTransaction& transaction) { append(transaction, acts); });
    }
    std::int64_t expire(std::int64_t at, std::int64_t most = 100) {
        return commit(
            [&](WriteTransaction& transaction) { return remove_expired(transaction, at, most); });
    }
    std::vector<std::string> subjects(std::int64_t before = newest, std::int64_t limit = 100) {
        std::vector<std::string> subjects;
        for (const Entry& entry : list(writer(), before, limit)) {
            subjects.push_back(entry.act.subject.value_or("none"));
        }
        return subjects;
    }
    // In slices of two, so that their seams are looked at too.
    Verification verified() {
        Verification verification(writer());
        while (verification.go_on(2)) {
        }
        return verification;
    }
    std::optional<std::int64_t> broken() { return verified().broken(); }
    // What somebody does to the file of a daemon that does not run.
    void meddle(const std::string& sql) {
        close();
        const ToolResult done = sqlite3_tool(path(), sql);
        ASSERT_EQ(done.exit_status, 0) << done.output;
        reopen();
    }
};

TEST_F(AuditLog, TellsTheNewestFirst) {
    tell({"a", "b", "c"});
    EXPECT_THAT(subjects(), ElementsAre("c", "b", "a"));
    EXPECT_THAT(subjects(3, 1), ElementsAre("b"));
}

TEST_F(AuditLog, KeepsAllThatItWasTold) {
    tell_at_once({{{-1, 7}, "(others)", std::nullopt, "AccessDenied"}});
    const Entry entry = list(writer(), newest, 1).at(0);
    EXPECT_EQ(entry.link.sequence, 1);
    EXPECT_EQ(entry.at, now);
    EXPECT_EQ(entry.act.caller.user, -1);
    EXPECT_EQ(entry.act.caller.process, 7);
    EXPECT_EQ(entry.act.method, "(others)");
    EXPECT_EQ(entry.act.subject, std::nullopt);
    EXPECT_EQ(entry.act.outcome, "AccessDenied");
}

TEST_F(AuditLog, ChainsEachEntryToTheOneBefore) {
    tell({"a", "b"});
    const auto entries = list(writer(), newest, 10);
    EXPECT_EQ(entries[1].link.hash, hash_of(Bytes(32, '\0'), entries[1]));
    EXPECT_EQ(entries[0].link.hash, hash_of(entries[1].link.hash, entries[0]));
    EXPECT_EQ(last_link(writer()), entries[0].link);
}

// A published value, so that who keeps hashes elsewhere can go on comparing them.
TEST_F(AuditLog, HashesInTheFormThatThePageDescribes) {
    const Entry entry{{2, {}}, 1'700'000'000'000, act("client 01")};
    EXPECT_EQ(to_text(hash_of(Bytes(32, '\x11'), entry)),
              "b886eedf369170da526ce5a754ad88a85b1b0eb35f42420264de19c6ada3340b");
}

TEST_F(AuditLog, HashesNoTwoEntriesAlikeWhoseTextsAreCutDifferently) {
    const Entry one{{1, {}}, 0, {{}, "ab", "c", "d"}};
    const Entry other{{1, {}}, 0, {{}, "a", "bc", "d"}};
    const Entry none{{1, {}}, 0, {{}, "ab", std::nullopt, "d"}};
    const Entry empty{{1, {}}, 0, {{}, "ab", "", "d"}};
    EXPECT_NE(hash_of({}, one), hash_of({}, other));
    EXPECT_NE(hash_of({}, none), hash_of({}, empty));
}

TEST_F(AuditLog, IsWholeWhereNobodyHasMeddled) {
    EXPECT_EQ(broken(), std::nullopt);
    tell({"a", "b", "c"});
    tell_at_once({act("d"), act("e", "NotFound")});
    reopen();
    tell({"f"});
    EXPECT_EQ(broken(), std::nullopt);
    EXPECT_EQ(verified().entries(), 6);
}

struct Meddling {
    const char* name;
    const char* sql;
    std::int64_t broken;
};

class Meddled : public AuditLog, public testing::WithParamInterface<Meddling> {};

TEST_P(Meddled, IsNoticedAtTheFirstEntryThatDoesNotFit) {
    tell({"a", "b", "c", "d", "e"});
    meddle(GetParam().sql);
    EXPECT_EQ(broken(), GetParam().broken);
}

TEST_P(Meddled, StaysNoticedAndKeepsNoFurtherEntryOut) {
    tell({"a", "b", "c", "d", "e"});
    meddle(GetParam().sql);
    tell({"later", "latest"});
    EXPECT_THAT(subjects(newest, 2), ElementsAre("latest", "later"));
    EXPECT_LE(broken().value_or(newest), 6);
}

INSTANTIATE_TEST_SUITE_P(
    With, Meddled,
    testing::Values(
        Meddling{"Time", "UPDATE audit SET at = at + 1 WHERE sequence = 3", 3},
        Meddling{"User", "UPDATE audit SET uid = 0 WHERE sequence = 3", 3},
        Meddling{"Process", "UPDATE audit SET pid = 1 WHERE sequence = 3", 3},
        Meddling{"Method",
                 "UPDATE audit SET method = 'io.catalogd.Files.Delete' WHERE "
                 "sequence = 3",
                 3},
        Meddling{"Subject", "UPDATE audit SET subject = 'x' WHERE sequence = 3", 3},
        Meddling{"NoSubject", "UPDATE audit SET subject = NULL WHERE sequence = 3", 3},
        Meddling{"Outcome", "UPDATE audit SET outcome = 'NotFound' WHERE sequence = 3", 3},
        Meddling{"Hash", "UPDATE audit SET hash = randomblob(32) WHERE sequence = 3", 3},
        Meddling{"ARemoval", "DELETE FROM audit WHERE sequence = 3", 4},
        Meddling{"ARemovedBeginning", "DELETE FROM audit WHERE sequence <= 2", 3},
        Meddling{"ARemovedEnd", "DELETE FROM audit WHERE sequence >= 4", 4},
        Meddling{"TheLastRemoved", "DELETE FROM audit WHERE sequence = 5", 5},
        Meddling{"AllRemoved", "DELETE FROM audit", 1},
        Meddling{"AllRemovedAndTheChain", "DELETE FROM audit; DELETE FROM audit_chain", 1},
        Meddling{"TheChainRemoved", "DELETE FROM audit_chain", 1},
        Meddling{"TwoExchanged",
                 "UPDATE audit SET sequence = -1 WHERE sequence = 3;"
                 "UPDATE audit SET sequence = 3 WHERE sequence = 4;"
                 "UPDATE audit SET sequence = 4 WHERE sequence = -1",
                 3},
        Meddling{"AGapClosed",
                 "DELETE FROM audit WHERE sequence = 3;"
                 "UPDATE audit SET sequence = 3 WHERE sequence = 4;"
                 "UPDATE audit SET sequence = 4 WHERE sequence = 5",
                 3},
        Meddling{"AnEntryPlanted",
                 "INSERT INTO audit VALUES (6, 1, 0, 1, 'm', 's', 'ok', "
                 "randomblob(32))",
                 6},
        Meddling{"TheEndMovedBack",
                 "UPDATE audit_chain SET last_sequence = 4, last_hash = "
                 "(SELECT hash FROM audit WHERE sequence = 4)",
                 5},
        Meddling{"AnotherLastHash", "UPDATE audit_chain SET last_hash = randomblob(32)", 5},
        Meddling{"TheAnchorMoved", "UPDATE audit_chain SET anchor_hash = randomblob(32)", 1}),
    [](const auto& each) { return std::string(each.param.name); });

TEST_F(AuditLog, OutlivesWhatIsRemovedFromItsBeginning) {
    tell({"a", "b", "c", "d"});
    EXPECT_EQ(expire(now - 2), 2);
    EXPECT_THAT(subjects(), ElementsAre("d", "c"));
    EXPECT_EQ(broken(), std::nullopt);
    tell({"e"});
    EXPECT_EQ(verified().entries(), 3);
    EXPECT_EQ(broken(), std::nullopt);
}

TEST_F(AuditLog, IsNoticedToBeCutShortAlsoBehindItsAnchor) {
    tell({"a", "b", "c", "d"});
    expire(now - 2);
    meddle("DELETE FROM audit WHERE sequence = 3");
    EXPECT_EQ(broken(), 4);
}

TEST_F(AuditLog, IsRemovedInSlicesAndCompletely) {
    tell({"a", "b", "c"});
    EXPECT_EQ(expire(now, 2), 2);
    EXPECT_THAT(subjects(), ElementsAre("c"));
    EXPECT_EQ(expire(now, 2), 1);
    EXPECT_EQ(expire(now, 2), 0);
    EXPECT_EQ(broken(), std::nullopt);
    tell({"d"});
    EXPECT_EQ(list(writer(), newest, 1).at(0).link.sequence, 4) << "no sequence is given twice";
    EXPECT_EQ(broken(), std::nullopt);
}

TEST_F(AuditLog, IsVerifiedWhileItsBeginningIsRemoved) {
    tell({"a", "b", "c", "d", "e"});
    Verification verification(writer());
    EXPECT_TRUE(verification.go_on(1));
    expire(now - 2);
    EXPECT_TRUE(verification.go_on(1));
    EXPECT_FALSE(verification.go_on(10));
    EXPECT_EQ(verification.broken(), std::nullopt);
    EXPECT_EQ(verification.entries(), 3) << "the first, and the two that are left";
}

TEST_F(AuditLog, ThatWasNotCommittedIsNotTold) {
    tell({"a"});
    {
        WriteTransaction transaction(writer(), now);
        append(transaction, std::vector{act("b")});
    }
    tell({"c"});
    EXPECT_THAT(subjects(), ElementsAre("c", "a"));
    EXPECT_EQ(broken(), std::nullopt);
}

class AfterARestore : public AuditLog {
protected:
    void restore(const Link& replaced) {
        commit([&](WriteTransaction& transaction) {
            begin_anew(transaction, replaced, act("backup b"));
        });
    }
    const Link replaced_{7, Bytes(32, '\x77')};
};

TEST_F(AfterARestore, BeginsWithTheRestoreWhichNamesTheLastHashBefore) {
    tell({"a", "b"});
    restore(replaced_);
    tell({"c"});
    EXPECT_THAT(subjects(), ElementsAre("c", "backup b, after " + to_text(replaced_.hash)));
    EXPECT_EQ(broken(), std::nullopt);
    const Entry first = list(writer(), newest, 9).back();
    EXPECT_EQ(first.link, (Link{8, hash_of(replaced_.hash, first)}));
}

TEST_F(AfterARestore, GivesNoSequenceTwiceWhicheverLogWasLonger) {
    for (int i = 0; i < 9; ++i) {
        tell({"restored"});
    }
    restore(replaced_);
    EXPECT_EQ(last_link(writer()).sequence, 10);
    EXPECT_EQ(broken(), std::nullopt);
}

TEST_F(AfterARestore, RidsItselfOfTheRestoredEntriesInSlices) {
    tell({"a", "b", "c"});
    restore(replaced_);
    EXPECT_EQ(expire(0, 2), 2);
    EXPECT_EQ(expire(0, 2), 1);
    EXPECT_EQ(expire(0, 2), 0) << "the restore itself is not old";
    EXPECT_EQ(count("audit"), 1);
    EXPECT_EQ(broken(), std::nullopt);
}

}  // namespace
}  // namespace catalogd::catalog::audit
