// The socket's file: its mode, who may take its place, and what is left of it.
#include "endpoints/listening_socket.h"

#include <gmock/gmock.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>
#include <system_error>

#include "tests/catalog/temp_folder.h"
#include "tests/endpoints/varlink_peer.h"

namespace catalogd::endpoints {
namespace {

using testing::HasSubstr;

// What the attempt to listen throws; empty where it succeeds.
template <class Failure>
std::string refusal(const std::string& path, const std::string& group = "") {
    try {
        const ListeningSocket listening(path, 0660, group);
        return {};
    } catch (const Failure& failure) {
        return failure.what();
    }
}

class ListeningSocketFile : public testing::Test {
protected:
    [[nodiscard]] struct stat status() const {
        struct stat result{};
        EXPECT_EQ(::lstat(path.c_str(), &result), 0);
        return result;
    }
    [[nodiscard]] bool exists() const { return std::filesystem::exists(path); }

    // A socket's file that its process has left behind.
    void leave_stale_socket() const {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        ::close(socket);
    }

    const catalog::TempFolder folder;
    const std::string path = folder.file("socket");
};

TEST_F(ListeningSocketFile, HasTheModeThatIsAskedFor) {
    const mode_t before = ::umask(0);
    const ListeningSocket listening(path, 0660, "");
    ::umask(before);
    EXPECT_EQ(status().st_mode & 07777, 0660U);
    EXPECT_TRUE(S_ISSOCK(status().st_mode));
}

TEST_F(ListeningSocketFile, LeavesTheProcesssMaskAsItWas) {
    const mode_t before = ::umask(0027);
    const ListeningSocket listening(path, 0660, "");
    EXPECT_EQ(::umask(before), 0027U);
}

TEST_F(ListeningSocketFile, BelongsToTheGroupThatIsAskedFor) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root may give a file to any group";
    }
    const ListeningSocket listening(path, 0660, "adm");
    EXPECT_EQ(status().st_gid, ::getgrnam("adm")->gr_gid);
}

TEST_F(ListeningSocketFile, MayBelongToAGroupThatHasANumberAlone) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root may give a file to any group";
    }
    const ListeningSocket listening(path, 0660, "54322");
    EXPECT_EQ(status().st_gid, 54'322U);
}

TEST_F(ListeningSocketFile, IsNotMadeForAGroupThatIsUnknown) {
    EXPECT_THAT(refusal<std::invalid_argument>(path, "no such group"), HasSubstr("no such group"));
    EXPECT_FALSE(exists());
}

TEST_F(ListeningSocketFile, CanBeConnectedTo) {
    const ListeningSocket listening(path, 0660, "");
    EXPECT_NO_THROW(VarlinkPeer::connect_to(path));
}

TEST_F(ListeningSocketFile, ReplacesAFileThatNobodyServesOn) {
    leave_stale_socket();
    const ListeningSocket listening(path, 0660, "");
    EXPECT_NO_THROW(VarlinkPeer::connect_to(path));
}

TEST_F(ListeningSocketFile, IsRefusedToASecondAndNamesTheFirst) {
    const ListeningSocket first(path, 0660, "");
    EXPECT_THAT(refusal<SocketHeld>(path),
                testing::AllOf(HasSubstr(path), HasSubstr(std::to_string(::getpid()))));
    EXPECT_NO_THROW(VarlinkPeer::connect_to(path));
}

TEST_F(ListeningSocketFile, IsRefusedWhileAnotherStarts) {
    const ListeningSocket first(path, 0660, "");
    ::unlink(path.c_str());
    EXPECT_THAT(refusal<SocketHeld>(path), HasSubstr("another process"));
}

TEST_F(ListeningSocketFile, IsRefusedWhereAProgramWithoutTheLockServes) {
    const ListeningSocket first(path, 0660, "");
    ::unlink((path + ".lock").c_str());
    EXPECT_THAT(refusal<SocketHeld>(path), HasSubstr(std::to_string(::getpid())));
}

TEST_F(ListeningSocketFile, DoesNotReplaceAFileOfAnotherKind) {
    catalog::write_file(path, "precious");
    EXPECT_THAT(refusal<std::system_error>(path), HasSubstr("another kind"));
    EXPECT_EQ(catalog::content_of(path), "precious");
}

TEST_F(ListeningSocketFile, DoesNotReplaceAFolderOrALink) {
    std::filesystem::create_directory(path);
    EXPECT_THAT(refusal<std::system_error>(path), HasSubstr("another kind"));
    std::filesystem::remove(path);
    std::filesystem::create_symlink("/nowhere", path);
    EXPECT_THAT(refusal<std::system_error>(path), HasSubstr("another kind"));
}

TEST_F(ListeningSocketFile, CannotHaveAPathThatIsTooLong) {
    const std::string name(120, 'n');
    EXPECT_THAT(refusal<std::system_error>(folder.file(name)), HasSubstr("too long"));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(ListeningSocketFile, CannotBeInAFolderThatIsMissing) {
    EXPECT_THAT(refusal<std::system_error>(folder.file("missing/socket")), HasSubstr("missing"));
}

TEST_F(ListeningSocketFile, IsGoneAtTheEnd) {
    {
        const ListeningSocket listening(path, 0660, "");
        EXPECT_TRUE(exists());
    }
    EXPECT_FALSE(exists());
}

TEST_F(ListeningSocketFile, IsGoneAtTheEndWhoeverClosesTheSocket) {
    {
        ListeningSocket listening(path, 0660, "");
        ::close(listening.release());
    }
    EXPECT_FALSE(exists());
}

TEST_F(ListeningSocketFile, CanBeTakenAgainAfterAnEndOrAFailure) {
    EXPECT_EQ(refusal<std::exception>(path), "");
    EXPECT_NE(refusal<std::exception>(path, "no such group"), "");
    catalog::write_file(path, "in the way");
    EXPECT_NE(refusal<std::exception>(path), "");
    std::filesystem::remove(path);
    EXPECT_EQ(refusal<std::exception>(path), "");
}

TEST_F(ListeningSocketFile, HasALockThatOnlyItsOwnerMayOpen) {
    const ListeningSocket listening(path, 0660, "");
    struct stat lock{};
    ASSERT_EQ(::stat((path + ".lock").c_str(), &lock), 0);
    EXPECT_EQ(lock.st_mode & 07777, 0600U);
}

}  // namespace
}  // namespace catalogd::endpoints
