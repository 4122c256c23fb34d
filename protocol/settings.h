// io.catalogd.Admin: its messages about settings. They are answered by whoever knows the
// configuration, not by the actors. The contract, comments included, is the .varlink file; a test
// holds these structs against it, member by member.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/mp11/list.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/checked.h"

namespace catalogd::protocol::settings {

inline constexpr std::string_view interface = "io.catalogd.Admin";

struct Setting {
    static constexpr bool grows = true;  // part of replies alone
    std::string name;
    std::string value;
    std::string source;
    bool needs_restart = false;
    std::string description;
};

struct ListSettings {
    static constexpr std::string_view method = "io.catalogd.Admin.ListSettings";
    struct Reply {
        std::vector<Setting> settings;
    };
};

struct SetSetting {
    static constexpr std::string_view method = "io.catalogd.Admin.SetSetting";
    std::string name;
    std::optional<Checked<TextRule<0, 100'000, Unit::bytes>>> value;
    std::optional<RequestId> request_id;
    struct Reply {
        Setting setting;
    };
};

struct Reload {
    static constexpr std::string_view method = "io.catalogd.Admin.Reload";
    struct Reply {
        std::vector<std::string> changed;
        std::vector<std::string> need_restart;
    };
};

using Methods = boost::mp11::mp_list<ListSettings, SetSetting, Reload>;

BOOST_DESCRIBE_STRUCT(Setting, (), (name, value, source, needs_restart, description))
BOOST_DESCRIBE_STRUCT(ListSettings, (), ())
BOOST_DESCRIBE_STRUCT(ListSettings::Reply, (), (settings))
BOOST_DESCRIBE_STRUCT(SetSetting, (), (name, value, request_id))
BOOST_DESCRIBE_STRUCT(SetSetting::Reply, (), (setting))
BOOST_DESCRIBE_STRUCT(Reload, (), ())
BOOST_DESCRIBE_STRUCT(Reload::Reply, (), (changed, need_restart))

}  // namespace catalogd::protocol::settings
