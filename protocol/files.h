// io.catalogd.Files: its messages. The contract, comments included, is the .varlink file;
// a test holds these structs against it, member by member.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/mp11/list.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/checked.h"
#include "protocol/values.h"

namespace catalogd::protocol::files {

inline constexpr std::string_view interface = "io.catalogd.Files";

inline constexpr std::size_t batch_limit = 10'000;

// What the server knows more of a file. Its JSON text has at most 65,536 bytes.
struct AttributesRule {
    using Value = std::map<std::string, std::string>;
    static Refusal check(const Value& attributes);
};
using Attributes = Checked<AttributesRule>;

struct File {
    static constexpr bool grows = true;  // part of replies alone
    Id id;
    Id client_id;
    std::string client_name;
    std::string name;
    std::string path;
    bool verified = false;
    std::optional<std::int64_t> size;
    std::optional<Time> modified;
    std::optional<std::int64_t> crc;
    std::optional<std::string> extension;
    std::optional<std::string> mime_type;
    std::optional<std::string> category;
    std::optional<std::map<std::string, std::string>> attributes;
};

struct NewFile {
    FileName name;
    FilePath path;
    std::optional<bool> verified;
    std::optional<Size> size;
    std::optional<Time> modified;
    std::optional<Crc> crc;
    std::optional<Label> mime_type;
    std::optional<Label> category;
    std::optional<Attributes> attributes;
};

struct Save {
    static constexpr std::string_view method = "io.catalogd.Files.Save";
    Id client_id;
    NewFile file;
    std::optional<RequestId> request_id;
    struct Reply {
        File file;
        bool created = false;
    };
};

struct SaveMany {
    static constexpr std::string_view method = "io.catalogd.Files.SaveMany";
    Id client_id;
    Checked<CountRule<NewFile, batch_limit>> files;
    std::optional<RequestId> request_id;
    struct Reply {
        std::int64_t created = 0;
        std::int64_t updated = 0;
    };
};

struct Get {
    static constexpr std::string_view method = "io.catalogd.Files.Get";
    std::optional<Id> id;
    std::optional<Id> client_id;
    std::optional<std::string> name;
    struct Reply {
        File file;
    };
};

struct SetVerified {
    static constexpr std::string_view method = "io.catalogd.Files.SetVerified";
    Id client_id;
    std::string name;
    bool verified = false;
    std::optional<Crc> crc;
    std::optional<RequestId> request_id;
    struct Reply {
        File file;
    };
};

struct Delete {
    static constexpr std::string_view method = "io.catalogd.Files.Delete";
    Id client_id;
    std::string name;
    std::optional<RequestId> request_id;
    struct Reply {
        File file;
    };
};

struct DeleteMany {
    static constexpr std::string_view method = "io.catalogd.Files.DeleteMany";
    Id client_id;
    Checked<CountRule<std::string, batch_limit>> names;
    std::optional<RequestId> request_id;
    struct Reply {
        std::int64_t deleted = 0;
        std::vector<std::string> missing;
    };
};

struct List {
    static constexpr std::string_view method = "io.catalogd.Files.List";
    std::optional<Id> client_id;
    std::optional<std::string> after;
    std::optional<Limit> limit;
    struct Reply {
        std::vector<File> files;
        std::optional<std::string> next;
    };
};

enum class SearchOrder { newest, oldest, largest, smallest, name, name_descending };

struct Search {
    static constexpr std::string_view method = "io.catalogd.Files.Search";
    std::optional<std::string> text;
    std::optional<std::string> extension;
    std::optional<Id> client_id;
    std::optional<std::string> client;
    std::optional<TimeOrDay> modified_from;
    std::optional<TimeOrDay> modified_to;
    std::optional<Size> min_size;
    std::optional<Size> max_size;
    std::optional<bool> verified;
    std::optional<SearchOrder> order;
    std::optional<bool> count_total;
    std::optional<std::string> after;
    std::optional<Limit> limit;
    struct Reply {
        std::vector<File> files;
        std::optional<std::string> next;
        std::optional<std::int64_t> total;
    };
};

struct Removal {
    static constexpr bool grows = true;  // part of replies alone
    Id id;
    Id client_id;
    std::string path;
    Time since;
};

struct ListRemovals {
    static constexpr std::string_view method = "io.catalogd.Files.ListRemovals";
    std::optional<std::string> after;
    std::optional<Limit> limit;
    struct Reply {
        std::vector<Removal> removals;
        std::optional<std::string> next;
    };
};

struct ConfirmRemovals {
    static constexpr std::string_view method = "io.catalogd.Files.ConfirmRemovals";
    Checked<CountRule<Id, batch_limit>> ids;
    std::optional<RequestId> request_id;
    struct Reply {
        std::int64_t confirmed = 0;
    };
};

using Methods = boost::mp11::mp_list<Save, SaveMany, Get, SetVerified, Delete, DeleteMany, List,
                                     Search, ListRemovals, ConfirmRemovals>;

BOOST_DESCRIBE_STRUCT(File, (),
                      (id, client_id, client_name, name, path, verified, size, modified, crc,
                       extension, mime_type, category, attributes))
BOOST_DESCRIBE_STRUCT(NewFile, (),
                      (name, path, verified, size, modified, crc, mime_type, category, attributes))
BOOST_DESCRIBE_STRUCT(Save, (), (client_id, file, request_id))
BOOST_DESCRIBE_STRUCT(Save::Reply, (), (file, created))
BOOST_DESCRIBE_STRUCT(SaveMany, (), (client_id, files, request_id))
BOOST_DESCRIBE_STRUCT(SaveMany::Reply, (), (created, updated))
BOOST_DESCRIBE_STRUCT(Get, (), (id, client_id, name))
BOOST_DESCRIBE_STRUCT(Get::Reply, (), (file))
BOOST_DESCRIBE_STRUCT(SetVerified, (), (client_id, name, verified, crc, request_id))
BOOST_DESCRIBE_STRUCT(SetVerified::Reply, (), (file))
BOOST_DESCRIBE_STRUCT(Delete, (), (client_id, name, request_id))
BOOST_DESCRIBE_STRUCT(Delete::Reply, (), (file))
BOOST_DESCRIBE_STRUCT(DeleteMany, (), (client_id, names, request_id))
BOOST_DESCRIBE_STRUCT(DeleteMany::Reply, (), (deleted, missing))
BOOST_DESCRIBE_STRUCT(List, (), (client_id, after, limit))
BOOST_DESCRIBE_STRUCT(List::Reply, (), (files, next))
BOOST_DESCRIBE_ENUM(SearchOrder, newest, oldest, largest, smallest, name, name_descending)
BOOST_DESCRIBE_STRUCT(Search, (),
                      (text, extension, client_id, client, modified_from, modified_to, min_size,
                       max_size, verified, order, count_total, after, limit))
BOOST_DESCRIBE_STRUCT(Search::Reply, (), (files, next, total))
BOOST_DESCRIBE_STRUCT(Removal, (), (id, client_id, path, since))
BOOST_DESCRIBE_STRUCT(ListRemovals, (), (after, limit))
BOOST_DESCRIBE_STRUCT(ListRemovals::Reply, (), (removals, next))
BOOST_DESCRIBE_STRUCT(ConfirmRemovals, (), (ids, request_id))
BOOST_DESCRIBE_STRUCT(ConfirmRemovals::Reply, (), (confirmed))

}  // namespace catalogd::protocol::files
