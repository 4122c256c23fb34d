// Who may do what: every method in every role, and roles from users and groups.
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "tests/endpoints/other_user.h"

namespace catalogd::endpoints {

static void PrintTo(Role role, std::ostream* out) {
    *out << name_of(role);
}

namespace {

constexpr auto access_denied = "io.catalogd.AccessDenied";
constexpr uid_t stranger = 54'321;
constexpr gid_t strange_group = 54'322;

ServedOptions in_role(Role role) {
    ServedOptions options;
    options.role = role;
    return options;
}

ServedOptions with_access(AccessLists access) {
    ServedOptions options;
    options.access = std::move(access);
    return options;
}

class EveryMethod : public testing::TestWithParam<Role> {};

TEST_P(EveryMethod, IsDeniedExactlyWhereItsRoleIsHigher) {
    const ServedCatalog catalog(in_role(GetParam()));
    VarlinkPeer peer = catalog.connect();
    for (const Method& method : methods()) {
        const Reply reply = peer.call(method.name);
        EXPECT_EQ(reply.error == access_denied, method.role > GetParam()) << method.name;
    }
}

TEST_P(EveryMethod, SaysWhatIsNeededWhereItIsDenied) {
    const ServedCatalog catalog(in_role(GetParam()));
    for (const Method& method : methods()) {
        const Reply reply = catalog.call(method.name);
        if (reply.error == access_denied) {
            EXPECT_THAT(reply, Has("/role", name_of(GetParam())));
            EXPECT_THAT(reply, Has("/needed", name_of(method.role)));
            EXPECT_THAT(reply, Has("/setting", "access." + std::string(name_of(method.role))));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(InEveryRole, EveryMethod,
                         testing::Values(Role::none, Role::read, Role::write, Role::admin),
                         [](const auto& each) { return std::string(name_of(each.param)); });

TEST(Denial, ComesBeforeAnythingElseThatIsWrong) {
    const ServedCatalog catalog(in_role(Role::read));
    EXPECT_THAT(catalog.call("io.catalogd.Clients.Save", {{"nam", 1}}), IsError(access_denied));
}

TEST(Denial, DoesNotTellAStrangerWhichMethodsThereAre) {
    const ServedCatalog catalog(in_role(Role::none));
    EXPECT_THAT(catalog.call("io.catalogd.Clients.Nothing"), IsError(access_denied));
    EXPECT_THAT(catalog.call("org.varlink.service.GetInfo"), IsError(access_denied));
}

TEST(Denial, ChangesNothing) {
    const ServedCatalog catalog(in_role(Role::read));
    catalog.call("io.catalogd.Clients.Save", {{"name", "denied"}});
    EXPECT_THAT(catalog.call("io.catalogd.Clients.Get", {{"name", "denied"}}),
                IsError("io.catalogd.Clients.NotFound"));
}

Peer user(uid_t uid, std::vector<gid_t> groups = {}) {
    return {1, uid, std::move(groups)};
}

TEST(AccessPolicy, DeniesWhomNoListNames) {
    const AccessPolicy policy({{"user:1"}, {"user:2"}, {"group:3"}});
    EXPECT_EQ(policy.role_of(user(stranger, {strange_group})), Role::none);
    EXPECT_EQ(AccessPolicy({}).role_of(user(stranger)), Role::none);
}

TEST(AccessPolicy, HasRootAndItsOwnUserAsAdmins) {
    EXPECT_EQ(AccessPolicy({}).role_of(user(0)), Role::admin);
    EXPECT_EQ(AccessPolicy({}).role_of(user(::geteuid())), Role::admin);
}

TEST(AccessPolicy, KnowsUsersByNumber) {
    const AccessPolicy policy({{"user:54321"}, {}, {}});
    EXPECT_EQ(policy.role_of(user(54'321)), Role::read);
    EXPECT_EQ(policy.role_of(user(5'432, {54'321})), Role::none);
}

TEST(AccessPolicy, KnowsUsersByName) {
    const AccessPolicy policy({{}, {"user:nobody"}, {}});
    EXPECT_EQ(policy.role_of(user(::getpwnam("nobody")->pw_uid)), Role::write);
}

TEST(AccessPolicy, KnowsGroupsByNumberAndByName) {
    const AccessPolicy policy({{"group:54322"}, {"group:adm"}, {}});
    EXPECT_EQ(policy.role_of(user(stranger, {1, 54'322})), Role::read);
    EXPECT_EQ(policy.role_of(user(stranger, {::getgrnam("adm")->gr_gid})), Role::write);
    EXPECT_EQ(policy.role_of(user(54'322)), Role::none);
}

TEST(AccessPolicy, GivesTheHighestRoleOfAll) {
    const AccessPolicy policy({{"user:54321", "group:7"}, {"group:8"}, {"group:9"}});
    EXPECT_EQ(policy.role_of(user(stranger, {7})), Role::read);
    EXPECT_EQ(policy.role_of(user(stranger, {8, 7})), Role::write);
    EXPECT_EQ(policy.role_of(user(stranger, {9, 8, 7})), Role::admin);
}

TEST(AccessPolicy, RefusesNamesThatThisMachineDoesNotKnow) {
    EXPECT_THROW(AccessPolicy({{"user:no such user"}, {}, {}}), std::invalid_argument);
    EXPECT_THROW(AccessPolicy({{}, {"group:no such group"}, {}}), std::invalid_argument);
    EXPECT_THROW(AccessPolicy({{}, {}, {"user:12x"}}), std::invalid_argument);
}

class OtherUsers : public testing::Test {
protected:
    void SetUp() override {
        if (::geteuid() != 0) {
            GTEST_SKIP() << "only root has peers of other users";
        }
        let_everybody_connect(catalog);
    }
    std::string error_of(const Identity& identity, const char* method) {
        return connect_as(identity, catalog).call(method).error;
    }

    static constexpr auto read_call = "org.varlink.service.GetInfo";
    static constexpr auto write_call = "io.catalogd.Clients.Save";  // ends in InvalidParameter
    ServedCatalog catalog{with_access({{"group:54322"}, {"user:54323"}, {}})};
};

TEST_F(OtherUsers, AreDeniedUnlessNamed) {
    EXPECT_EQ(error_of({stranger, 1}, read_call), access_denied);
}

TEST_F(OtherUsers, MayDoWhatTheirUserMay) {
    EXPECT_EQ(error_of({54'323, 1}, read_call), "");
    EXPECT_NE(error_of({54'323, 1}, write_call), access_denied);
}

TEST_F(OtherUsers, MayDoWhatTheirGroupMay) {
    EXPECT_EQ(error_of({stranger, strange_group}, read_call), "");
    EXPECT_EQ(error_of({stranger, strange_group}, write_call), access_denied);
}

TEST_F(OtherUsers, MayDoWhatAnyOfTheirGroupsMay) {
    EXPECT_EQ(error_of({stranger, 1, {5, strange_group, 6}}, read_call), "");
    std::vector<gid_t> many(1'000);
    std::ranges::generate(many, [next = gid_t{60'000}]() mutable { return next++; });
    EXPECT_EQ(error_of({stranger, 1, many}, read_call), access_denied);
    many.push_back(strange_group);
    EXPECT_EQ(error_of({stranger, 1, many}, read_call), "");
}

TEST_F(OtherUsers, CannotReachASocketWithItsOwnMode) {
    ::chmod(catalog.socket_path().c_str(), 0660);
    EXPECT_THROW(connect_as({stranger, 1}, catalog), std::system_error);
}

}  // namespace
}  // namespace catalogd::endpoints
