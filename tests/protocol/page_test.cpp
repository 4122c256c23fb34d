// docs/protocol.md against the contract and the code: what it lists must be the whole list.
#include <gmock/gmock.h>

#include <boost/mp11/algorithm.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "protocol/errors.h"
#include "protocol/health.h"
#include "protocol/interfaces.h"
#include "protocol/methods.h"
#include "protocol/service.h"
#include "protocol/settings.h"
#include "tests/protocol/idl.h"

namespace catalogd::protocol {
namespace {

using Names = std::set<std::string>;
using Row = std::vector<std::string>;

// The parts of a text that end with this mark; what stands behind the last one is left out.
Row split(std::string_view text, char mark) {
    Row parts;
    for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark)) {
        parts.emplace_back(text.substr(0, at));
        text.remove_prefix(at + 1);
    }
    return parts;
}

// The cells of the table below this heading of the page, without the table's head.
std::vector<Row> table(const std::string& heading) {
    std::ifstream page(std::filesystem::path(__FILE__).parent_path() / "../../docs/protocol.md");
    std::vector<Row> rows;
    std::string line;
    while (std::getline(page, line) && line != heading) {
    }
    while (std::getline(page, line) && !line.starts_with("#")) {
        if (line.starts_with("| `")) {
            rows.push_back(split(std::string_view(line).substr(1), '|'));
        }
    }
    return rows;
}

// What stands between backticks.
Names quoted_in(const std::string& cell) {
    const Row parts = split(cell, '`');
    Names names;
    for (std::size_t i = 1; i < parts.size(); i += 2) {
        names.insert(parts[i]);
    }
    return names;
}

template <class Methods>
void insert_served(Names& served) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Methods>>(
        [&]<class Method>(std::type_identity<Method>) { served.emplace(Method::method); });
}

// The methods of the contract that no code serves.
Names unserved(const idl::Interface& interface) {
    Names served;
    insert_served<service::Methods>(served);
    insert_served<Methods>(served);
    insert_served<settings::Methods>(served);
    insert_served<health::Methods>(served);
    insert_served<jobs::SchedulerMethods>(served);
    served.emplace(whole::Watch::method);
    Names names;
    for (const idl::Method& method : interface.methods) {
        if (!served.contains(interface.name + "." + method.name)) {
            names.insert(method.name);
        }
    }
    return names;
}

TEST(ProtocolPage, ListsEveryErrorOfTheServedInterfacesOnce) {
    Names expected;
    for (const char* served :
         {"org.varlink.service", "io.catalogd", "io.catalogd.Clients", "io.catalogd.Files",
          "io.catalogd.Admin", "io.catalogd.Jobs", "io.catalogd.Metrics"}) {
        for (const idl::Error& error : idl::parse(*description_of(served)).errors) {
            expected.insert(std::string(served) + "." + error.name);
        }
    }
    boost::mp11::mp_for_each<boost::mp11::mp_rename<protocol::Error, boost::mp11::mp_list>>(
        [&](const auto& error) { expected.emplace(error.called); });
    Names listed;
    for (const Row& row : table("## Errors")) {
        const Names names = quoted_in(row.at(0));
        EXPECT_EQ(row.size(), 3U) << row.at(0);
        EXPECT_TRUE(listed.insert(*names.begin()).second) << *names.begin();
    }
    EXPECT_EQ(listed, expected);
}

TEST(ProtocolPage, ListsEveryMethodThatIsNotServed) {
    std::map<std::string, std::string> listed;
    for (const Row& row : table("## Methods that are not served yet")) {
        listed[*quoted_in(row.at(0)).begin()] = row.at(1);
    }
    for (const auto& [name, text] : interfaces()) {
        const idl::Interface interface = idl::parse(text);
        const Names missing = unserved(interface);
        const std::string cell = listed[interface.name];
        if (cell == " all ") {
            EXPECT_EQ(missing.size(), interface.methods.size()) << name;
        } else {
            EXPECT_EQ(quoted_in(cell), missing) << name;
        }
    }
}

}  // namespace
}  // namespace catalogd::protocol
