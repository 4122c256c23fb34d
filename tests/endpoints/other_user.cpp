#include "tests/endpoints/other_user.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <future>
#include <system_error>

namespace catalogd::endpoints {
namespace {

void check(long status, const char* what) {
    if (status != 0) {
        throw std::system_error(errno, std::generic_category(), what);
    }
}

// The system calls themselves: the library's functions would change every thread of the process.
void become(const Identity& identity) {
    constexpr auto same = -1L;
    check(::syscall(SYS_setgroups, identity.supplementary.size(), identity.supplementary.data()),
          "setgroups");
    check(::syscall(SYS_setresgid, same, static_cast<long>(identity.group), same), "setresgid");
    check(::syscall(SYS_setresuid, same, static_cast<long>(identity.user), same), "setresuid");
}

}  // namespace

VarlinkPeer connect_as(const Identity& identity, const ServedCatalog& catalog) {
    return std::async(std::launch::async,
                      [&] {
                          become(identity);
                          return catalog.connect();
                      })
        .get();
}

void let_everybody_connect(const ServedCatalog& catalog) {
    check(::chmod(catalog.folder().c_str(), 0755), "chmod");
    check(::chmod(catalog.socket_path().c_str(), 0666), "chmod");
}

}  // namespace catalogd::endpoints
