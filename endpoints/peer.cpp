#include "endpoints/peer.h"

#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>

namespace catalogd::endpoints {
namespace {

std::optional<unsigned> number_in(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(value) : std::nullopt;
}

std::optional<unsigned> user_id(const std::string& name) {
    const passwd* entry = ::getpwnam(name.c_str());
    return entry != nullptr ? std::optional(entry->pw_uid) : number_in(name);
}

std::vector<gid_t> groups_of(int socket) {
    std::vector<gid_t> groups(64);
    for (;;) {
        auto size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
        const int status = ::getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size);
        if (status != 0 && errno != ERANGE) {
            throw std::system_error(errno, std::generic_category(), "SO_PEERGROUPS");
        }
        groups.resize(size / sizeof(gid_t));
        if (status == 0) {
            return groups;
        }
    }
}

struct Identity {
    bool is_group;
    std::optional<unsigned> id;  // none where this machine does not know the name
};

Identity identify(const std::string& principal) {
    const auto colon = principal.find(':');
    const std::string name = principal.substr(std::min(colon + 1, principal.size()));
    const bool is_group = principal.compare(0, colon, "group") == 0;
    return {is_group, is_group ? group_id(name) : user_id(name)};
}

std::string unknown(const std::string& principal) {
    return "there is no " + principal + " on this machine";
}

}  // namespace

std::string_view name_of(Role role) {
    constexpr std::array<std::string_view, 4> names{"none", "read", "write", "admin"};
    return names[static_cast<std::size_t>(role)];
}

std::optional<gid_t> group_id(const std::string& name) {
    const group* entry = ::getgrnam(name.c_str());
    return entry != nullptr ? std::optional(entry->gr_gid) : number_in(name);
}

Peer peer_of(int socket) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
        throw std::system_error(errno, std::generic_category(), "SO_PEERCRED");
    }
    Peer peer{credentials.pid, credentials.uid, groups_of(socket)};
    peer.groups.push_back(credentials.gid);
    return peer;
}

std::optional<std::string> refuse_principal(const std::string& principal) {
    return identify(principal).id ? std::nullopt : std::optional(unknown(principal));
}

AccessPolicy::AccessPolicy(const AccessLists& lists) : own_(::geteuid()) {
    admit(lists.read, Role::read);
    admit(lists.write, Role::write);
    admit(lists.admin, Role::admin);
}

void AccessPolicy::admit(const std::vector<std::string>& names, Role role) {
    for (const std::string& text : names) {
        const auto [is_group, id] = identify(text);
        if (!id) {
            throw std::invalid_argument("access." + std::string(name_of(role)) + ": " +
                                        unknown(text));
        }
        principals_.push_back({is_group, *id, role});
    }
}

Role AccessPolicy::role_of(const Peer& peer) const {
    if (peer.uid == 0 || peer.uid == own_) {
        return Role::admin;
    }
    Role role = Role::none;
    for (const Principal& principal : principals_) {
        const bool matches = principal.is_group ? std::find(peer.groups.begin(), peer.groups.end(),
                                                            principal.id) != peer.groups.end()
                                                : principal.id == peer.uid;
        role = matches ? std::max(role, principal.role) : role;
    }
    return role;
}

}  // namespace catalogd::endpoints
