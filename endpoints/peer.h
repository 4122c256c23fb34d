// Who is at the other end of a connection, and what it may do.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalogd::endpoints {

// Each includes the one before it.
enum class Role { none, read, write, admin };

std::string_view name_of(Role role);

// As the kernel noted it when the peer connected; never asked by process id later.
struct Peer {
    pid_t pid = 0;
    uid_t uid = 0;
    std::vector<gid_t> groups;
};

// Of a connected Unix socket: SO_PEERCRED and SO_PEERGROUPS. Throws std::system_error.
Peer peer_of(int socket);

// By name or number; empty where this machine knows no such name.
std::optional<gid_t> group_id(const std::string& name);

// Why nobody is meant by "user:NAME" or "group:NAME": this machine knows no such name. Empty where
// it knows it.
std::optional<std::string> refuse_principal(const std::string& principal);

// The lists of the configuration, "user:NAME", "user:1000", "group:NAME" or "group:1000".
struct AccessLists {
    std::vector<std::string> read;
    std::vector<std::string> write;
    std::vector<std::string> admin;
    bool operator==(const AccessLists&) const = default;
};

// Root and the daemon's own user are admins; others have the highest role that a list gives them,
// and none where no list does.
class AccessPolicy {
public:
    // Names that this machine does not know are thrown as std::invalid_argument.
    explicit AccessPolicy(const AccessLists& lists);
    [[nodiscard]] Role role_of(const Peer& peer) const;

private:
    struct Principal {
        bool is_group;
        unsigned id;
        Role role;
    };
    void admit(const std::vector<std::string>& names, Role role);

    uid_t own_;
    std::vector<Principal> principals_;
};

}  // namespace catalogd::endpoints
