// io.catalogd.Clients: its messages. The contract, comments included, is the .varlink file;
// a test holds these structs against it, member by member.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/mp11/list.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/checked.h"
#include "protocol/values.h"

namespace catalogd::protocol::clients {

inline constexpr std::string_view interface = "io.catalogd.Clients";

// At most so many elements in one call: each is a row in one transaction.
inline constexpr std::size_t batch_limit = 10'000;

struct Client {
    static constexpr bool grows = true;  // part of replies alone
    Id id;
    std::string name;
    std::optional<PublicKey> public_key;
    Time last_seen;
    bool has_session_key = false;
    std::int64_t files = 0;
    std::int64_t verified_files = 0;
    std::int64_t bytes = 0;
};

struct NewClient {
    std::optional<Id> id;
    ClientName name;
    std::optional<PublicKey> public_key;
    std::optional<SessionKey> session_key;
    std::optional<Time> last_seen;
};

struct Save {
    static constexpr std::string_view method = "io.catalogd.Clients.Save";
    std::optional<Id> id;
    ClientName name;
    std::optional<PublicKey> public_key;
    std::optional<SessionKey> session_key;
    std::optional<RequestId> request_id;
    struct Reply {
        Client client;
        bool created = false;
    };
};

struct Get {
    static constexpr std::string_view method = "io.catalogd.Clients.Get";
    std::optional<Id> id;
    std::optional<std::string> name;
    struct Reply {
        Client client;
    };
};

struct GetSessionKey {
    static constexpr std::string_view method = "io.catalogd.Clients.GetSessionKey";
    Id id;
    struct Reply {
        std::optional<SessionKey> session_key;
    };
};

enum class Order { name, newest, oldest, most_files, most_bytes };

struct List {
    static constexpr std::string_view method = "io.catalogd.Clients.List";
    std::optional<std::string> text;
    std::optional<Order> order;
    std::optional<bool> count_total;
    std::optional<std::string> after;
    std::optional<Limit> limit;
    struct Reply {
        std::vector<Client> clients;
        std::optional<std::string> next;
        std::optional<std::int64_t> total;
    };
};

struct Update {
    static constexpr std::string_view method = "io.catalogd.Clients.Update";
    Id id;
    std::optional<ClientName> name;
    std::optional<PublicKey> public_key;
    std::optional<std::vector<std::string>> clear;
    std::optional<RequestId> request_id;
    struct Reply {
        Client client;
    };
};

struct Touch {
    static constexpr std::string_view method = "io.catalogd.Clients.Touch";
    Id id;
    std::optional<Time> at;
    std::optional<RequestId> request_id;
    struct Reply {};
};

struct Delete {
    static constexpr std::string_view method = "io.catalogd.Clients.Delete";
    Id id;
    std::optional<RequestId> request_id;
    struct Reply {
        std::int64_t deleted_files = 0;
    };
};

struct DeleteMany {
    static constexpr std::string_view method = "io.catalogd.Clients.DeleteMany";
    Checked<CountRule<Id, batch_limit>> ids;
    std::optional<RequestId> request_id;
    struct Reply {
        std::int64_t deleted_clients = 0;
        std::int64_t deleted_files = 0;
        std::vector<Id> missing;
    };
};

struct Import {
    static constexpr std::string_view method = "io.catalogd.Clients.Import";
    Checked<CountRule<NewClient, batch_limit>> clients;
    std::optional<RequestId> request_id;
    struct Reply {
        std::int64_t inserted = 0;
        std::int64_t attempted = 0;
        std::int64_t skipped = 0;
        std::vector<std::string> skipped_names;
    };
};

using Methods =
    boost::mp11::mp_list<Save, Get, GetSessionKey, List, Update, Touch, Delete, DeleteMany, Import>;

BOOST_DESCRIBE_STRUCT(Client, (),
                      (id, name, public_key, last_seen, has_session_key, files, verified_files,
                       bytes))
BOOST_DESCRIBE_STRUCT(NewClient, (), (id, name, public_key, session_key, last_seen))
BOOST_DESCRIBE_STRUCT(Save, (), (id, name, public_key, session_key, request_id))
BOOST_DESCRIBE_STRUCT(Save::Reply, (), (client, created))
BOOST_DESCRIBE_STRUCT(Get, (), (id, name))
BOOST_DESCRIBE_STRUCT(Get::Reply, (), (client))
BOOST_DESCRIBE_STRUCT(GetSessionKey, (), (id))
BOOST_DESCRIBE_STRUCT(GetSessionKey::Reply, (), (session_key))
BOOST_DESCRIBE_ENUM(Order, name, newest, oldest, most_files, most_bytes)
BOOST_DESCRIBE_STRUCT(List, (), (text, order, count_total, after, limit))
BOOST_DESCRIBE_STRUCT(List::Reply, (), (clients, next, total))
BOOST_DESCRIBE_STRUCT(Update, (), (id, name, public_key, clear, request_id))
BOOST_DESCRIBE_STRUCT(Update::Reply, (), (client))
BOOST_DESCRIBE_STRUCT(Touch, (), (id, at, request_id))
BOOST_DESCRIBE_STRUCT(Touch::Reply, (), ())
BOOST_DESCRIBE_STRUCT(Delete, (), (id, request_id))
BOOST_DESCRIBE_STRUCT(Delete::Reply, (), (deleted_files))
BOOST_DESCRIBE_STRUCT(DeleteMany, (), (ids, request_id))
BOOST_DESCRIBE_STRUCT(DeleteMany::Reply, (), (deleted_clients, deleted_files, missing))
BOOST_DESCRIBE_STRUCT(Import, (), (clients, request_id))
BOOST_DESCRIBE_STRUCT(Import::Reply, (), (inserted, attempted, skipped, skipped_names))

}  // namespace catalogd::protocol::clients
