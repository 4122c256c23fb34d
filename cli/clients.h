// catalogctl clients: who may store files.
#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "protocol/clients.h"

namespace catalogd::cli {

struct ClientsList {
    std::string text;
    std::string order;  // one of client_orders(); empty: by name
};
Outcome run(Session& session, const ClientsList& command);

struct ClientsShow {
    std::string client;  // a name or an id
};
Outcome run(Session& session, const ClientsShow& command);

struct ClientsAdd {
    std::string name;
    std::string id;          // empty: the daemon makes one
    std::string public_key;  // a file's path; empty: none
};
Outcome run(Session& session, const ClientsAdd& command);

struct ClientsDelete {
    std::string client;  // a name or an id
    bool yes = false;
};
Outcome run(Session& session, const ClientsDelete& command);

// What --order takes.
std::vector<std::string> client_orders();

// By id where the text is one that exists, else by name.
Result<protocol::clients::Client> find_client(VarlinkClient& daemon, const std::string& name_or_id);

}  // namespace catalogd::cli
