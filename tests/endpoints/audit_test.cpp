// The audit log at the socket: what it tells of reads, of long work and of refusals, and that
// nothing is given before it is told.
#include <unistd.h>

#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

ServedOptions served_to(Role role) {
    ServedOptions options;
    options.role = role;
    return options;
}

// Whoever may not ask for the log has it read by this one.
class Audited {
public:
    explicit Audited(ServedOptions options = {}) : catalog(std::move(options)) {}

    // From the file, the oldest first: "Delete client X: ok".
    std::vector<std::string> log() {
        std::vector<std::string> lines;
        for (const auto& entry : entries()) {
            lines.insert(lines.begin(), entry.act.method.substr(entry.act.method.rfind('.') + 1) +
                                            " " + entry.act.subject.value_or("nothing") + ": " +
                                            entry.act.outcome);
        }
        return lines;
    }
    std::vector<catalog::audit::Entry> entries() {
        settle();
        catalog::ReadConnection connection(catalog.database());
        return catalog::audit::list(connection, INT64_MAX, 10'000);
    }
    // Everything that was posted to the writer is committed.
    void settle() {
        std::promise<void> done;
        actors::WriterMail mail;
        mail.message = actors::RecordActs{};
        mail.deadline = {catalog.clock().now(), actors::Moment::max()};
        mail.reply = [&](const actors::Outcome&) { done.set_value(); };
        ASSERT_TRUE(eventually([&] { return catalog.writer().post(mail); }));
        done.get_future().wait();
    }
    Reply key_of(const std::string& client) {
        return catalog.call("io.catalogd.Clients.GetSessionKey", {{"id", client}});
    }

    ServedCatalog catalog;
};

class AuditAtTheSocket : public testing::Test, public Audited {};

constexpr auto get_key = "io.catalogd.Clients.GetSessionKey";

TEST_F(AuditAtTheSocket, TellsWhoAskedForASessionKey) {
    const std::string client = catalog.add_client("a");
    EXPECT_THAT(key_of(client), Succeeded());
    EXPECT_THAT(log(), ElementsAre("GetSessionKey client " + client + ": ok"));
    EXPECT_EQ(entries().at(0).act.caller.user, ::geteuid());
    EXPECT_EQ(entries().at(0).act.caller.process, ::getpid());
}

TEST_F(AuditAtTheSocket, TellsWhoDeletedOverTheWriter) {
    const std::string client = catalog.add_client("a");
    EXPECT_THAT(catalog.call("io.catalogd.Clients.Delete", {{"id", client}}), Succeeded());
    EXPECT_EQ(entries().at(0).act.caller.process, ::getpid());
}

TEST_F(AuditAtTheSocket, GivesNoKeyBeforeItIsTold) {
    VarlinkPeer peer = catalog.connect();
    const std::string client = catalog.add_client("a");
    catalog.hold_writer();
    peer.send_call(get_key, {{"id", client}});
    ASSERT_TRUE(eventually([&] { return catalog.readers().figures().answered == 1; }));
    EXPECT_TRUE(peer.silent());
    catalog.release_actors();
    EXPECT_THAT(peer.receive(), Succeeded());
}

TEST_F(AuditAtTheSocket, GivesNoKeyThatItCannotTellOf) {
    ServedOptions options;
    options.writer.mailbox.messages = 1;
    Audited small(std::move(options));
    const std::string client = small.catalog.add_client("a");
    small.catalog.hold_writer();
    VarlinkPeer filler = small.catalog.connect();
    filler.send_call("io.catalogd.Clients.Touch", {{"id", client}});
    ASSERT_TRUE(eventually([&] { return small.catalog.writer().figures().queued == 1; }));
    const Reply refused = small.key_of(client);
    EXPECT_THAT(refused, IsError("io.catalogd.Busy"));
    EXPECT_FALSE(refused.parameters.contains("sessionKey"));
    small.catalog.release_actors();
    filler.receive();
}

TEST_F(AuditAtTheSocket, TellsOfItsOwnListingOnceForAllPages) {
    for (int i = 0; i < 3; ++i) {
        key_of(std::string(32, 'a'));
    }
    VarlinkPeer peer = catalog.connect();
    peer.send_call("io.catalogd.Admin.ListAudit", {{"limit", 1}}, {{"more", true}});
    const auto pages = peer.receive(3);
    EXPECT_TRUE(pages[1].continues);
    EXPECT_FALSE(pages[2].continues);
    EXPECT_THAT(log(), SizeIs(4));
    EXPECT_EQ(log().back(), "ListAudit nothing: ok");
}

TEST_F(AuditAtTheSocket, IsVerifiedAndTellsThatThisBeganAndEnded) {
    key_of(std::string(32, 'a'));
    const Reply verified = catalog.call("io.catalogd.Admin.VerifyAudit");
    EXPECT_THAT(verified, Has("/entries", 2)) << "the key's, and that it begins";
    EXPECT_THAT(verified.parameters, SizeIs(1)) << "nothing is broken";
    EXPECT_THAT(log(), ElementsAre(HasSubstr("GetSessionKey"), "VerifyAudit nothing: begun",
                                   "VerifyAudit nothing: ok"));
}

TEST_F(AuditAtTheSocket, TellsOfSettingsThatWereReadAndReadAgain) {
    EXPECT_THAT(catalog.call("io.catalogd.Admin.ListSettings"), Succeeded());
    EXPECT_THAT(catalog.call("io.catalogd.Admin.Reload"), Succeeded());
    EXPECT_THAT(log(), ElementsAre("ListSettings nothing: ok", "Reload nothing: begun",
                                   "Reload nothing: ok"));
}

TEST_F(AuditAtTheSocket, ReadsNothingAgainThatItCannotTellOf) {
    ServedOptions options;
    options.writer.mailbox.messages = 1;
    Audited small(std::move(options));
    const std::string client = small.catalog.add_client("a");
    small.catalog.hold_writer();
    VarlinkPeer filler = small.catalog.connect();
    filler.send_call("io.catalogd.Clients.Touch", {{"id", client}});
    ASSERT_TRUE(eventually([&] { return small.catalog.writer().figures().queued == 1; }));
    EXPECT_THAT(small.catalog.call("io.catalogd.Admin.VerifyAudit"), IsError("io.catalogd.Busy"));
    EXPECT_EQ(small.catalog.maintenance().figures().finished, 0);
    small.catalog.release_actors();
    filler.receive();
}

TEST_F(AuditAtTheSocket, LeavesOutCallsThatAreNotUnderstood) {
    catalog.call("io.catalogd.Clients.Delete", {{"idd", "x"}});
    catalog.call("io.catalogd.Admin.ListAudit", {{"limit", 0}});
    catalog.call("io.catalogd.Nothing.There");
    EXPECT_THAT(log(), IsEmpty());
}

// --- refusals ----------------------------------------------------------------------------------

constexpr auto minute = std::chrono::minutes(1);

class RefusedCalls : public testing::Test, public Audited {
protected:
    RefusedCalls() : Audited(served_to(Role::read)) {}
    void deny(const char* method = "io.catalogd.Clients.Delete", int times = 1) {
        VarlinkPeer peer = catalog.connect();
        for (int i = 0; i < times; ++i) {
            ASSERT_THAT(peer.call(method), IsError("io.catalogd.AccessDenied"));
        }
    }
    void pass(std::chrono::milliseconds time) {
        catalog.clock().pass(time);
        catalog.tell_of_refusals();
    }
};

TEST_F(RefusedCalls, AreToldOfAtOnceWithTheirCaller) {
    deny();
    EXPECT_THAT(log(), ElementsAre("Delete nothing: AccessDenied"));
    EXPECT_EQ(entries().at(0).act.caller.process, ::getpid());
}

TEST_F(RefusedCalls, ThatAreEqualFoldIntoOneEntryAMinute) {
    deny("io.catalogd.Clients.Delete", 5);
    pass(minute - std::chrono::milliseconds(1));
    EXPECT_THAT(log(), SizeIs(1));
    pass(std::chrono::milliseconds(1));
    EXPECT_THAT(log(), ElementsAre("Delete nothing: AccessDenied", "Delete 4 more: AccessDenied"));
    deny("io.catalogd.Clients.Delete", 2);
    EXPECT_THAT(log(), SizeIs(2)) << "that minute has its entry";
    pass(minute);
    EXPECT_EQ(log().back(), "Delete 2 more: AccessDenied");
}

TEST_F(RefusedCalls, AreToldOfAtOnceAgainAfterAMinuteWithout) {
    deny();
    pass(minute);
    deny();
    EXPECT_THAT(log(), ElementsAre("Delete nothing: AccessDenied", "Delete nothing: AccessDenied"));
}

TEST_F(RefusedCalls, AreToldApartByTheirMethod) {
    deny("io.catalogd.Clients.Delete", 2);
    deny("io.catalogd.Files.Save");
    deny("io.catalogd.Admin.VerifyAudit");
    EXPECT_THAT(log(), ElementsAre("Delete nothing: AccessDenied", "Save nothing: AccessDenied",
                                   "VerifyAudit nothing: AccessDenied"));
}

TEST_F(RefusedCalls, NeverBringTheirOwnTextIntoTheLog) {
    Audited stranger(served_to(Role::none));
    stranger.catalog.call("io.catalogd.Evil.\xE2\x80\xAEtxt");
    stranger.catalog.call("' OR 1=1");
    ASSERT_THAT(stranger.entries(), SizeIs(1));
    EXPECT_EQ(stranger.entries().at(0).act.method, "(unknown)");
}

TEST_F(RefusedCalls, CountOnWhereTheWriterIsBusy) {
    ServedOptions options = served_to(Role::read);
    options.writer.mailbox.messages = 1;
    Audited small(std::move(options));
    small.catalog.hold_writer();
    small.catalog.call("io.catalogd.Files.Save");  // its entry fills the queue
    for (int i = 0; i < 3; ++i) {
        EXPECT_THAT(small.catalog.call("io.catalogd.Clients.Delete"),
                    IsError("io.catalogd.AccessDenied"));
    }
    small.catalog.release_actors();
    small.settle();
    small.catalog.tell_of_refusals();
    EXPECT_THAT(small.log(),
                ElementsAre("Save nothing: AccessDenied", "Delete 3 calls: AccessDenied"));
}

TEST_F(RefusedCalls, OfTooManyKindsFoldIntoOneOfSeveralUsers) {
    Refusals refusals(catalog.writer(), catalog.clock());
    for (unsigned user = 0; user < 300; ++user) {
        refusals.note({{1, user, {}}, Role::none}, nullptr);
    }
    refusals.write_all();
    const auto told = entries();
    EXPECT_THAT(told, SizeIs(256 + 2));
    EXPECT_EQ(told.at(0).act.caller.user, -1);
    EXPECT_EQ(told.at(0).act.method, "(others)");
    EXPECT_EQ(told.at(0).act.subject, "43 more");
}

TEST_F(RefusedCalls, AreForgottenOnceToldOfSoThatTheirKindsHaveRoomAgain) {
    Refusals refusals(catalog.writer(), catalog.clock());
    for (unsigned user = 0; user < 300; ++user) {
        refusals.note({{1, user, {}}, Role::none}, nullptr);
    }
    catalog.clock().pass(minute);
    refusals.write_due();
    catalog.clock().pass(minute);
    refusals.write_due();
    refusals.note({{1, 999, {}}, Role::none}, nullptr);
    EXPECT_EQ(entries().at(0).act.caller.user, 999);
}

}  // namespace
}  // namespace catalogd::endpoints
