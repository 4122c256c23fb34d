// The table of methods against the contract, both ways, and what introspection serves of it.
#include <algorithm>
#include <set>

#include "protocol/interfaces.h"
#include "tests/endpoints/served_catalog.h"
#include "tests/protocol/idl.h"

namespace catalogd::endpoints {
namespace {

using protocol::idl::Interface;
using testing::ElementsAreArray;
using testing::IsEmpty;

using Names = std::vector<std::string>;

// Methods of the served interfaces that come later.
const std::set<std::string, std::less<>> later_methods{};

std::string_view interface_of(std::string_view method) {
    return method.substr(0, method.rfind('.'));
}

std::string_view local_name(std::string_view method) {
    return method.substr(method.rfind('.') + 1);
}

Interface contract_of(std::string_view interface) {
    return protocol::idl::parse(protocol::description_of(interface).value_or(""));
}

bool is_served(std::string_view interface) {
    return interface == "org.varlink.service" || interface == "io.catalogd" ||
           interface == "io.catalogd.Admin" || interface == "io.catalogd.Clients" ||
           interface == "io.catalogd.Files" || interface == "io.catalogd.Health" ||
           interface == "io.catalogd.Jobs" || interface == "io.catalogd.Metrics";
}

// Of every interface of the contract that `wanted` selects.
Names contract_methods(bool (*wanted)(std::string_view interface)) {
    Names names;
    for (const auto& [interface, text] : protocol::interfaces()) {
        if (wanted(interface)) {
            for (const auto& method : protocol::idl::parse(text).methods) {
                names.push_back(std::string(interface) + "." + method.name);
            }
        }
    }
    return names;
}

// "Role write; every call is audited." says write.
std::string role_in(std::string_view comment) {
    const auto begin = comment.find("Role ");
    const auto word = comment.substr(std::min(begin, comment.size() - 5) + 5);
    return std::string(word.substr(0, word.find_first_not_of("abcdefghijklmnopqrstuvwxyz")));
}

TEST(MethodTable, IsSortedAndNamesNoMethodTwice) {
    const auto rows = methods();
    EXPECT_EQ(std::ranges::adjacent_find(rows, std::ranges::greater_equal(), &Method::name),
              rows.end());
}

TEST(MethodTable, HasNoMethodThatTheContractLacks) {
    for (const Method& row : methods()) {
        const Interface contract = contract_of(interface_of(row.name));
        EXPECT_NE(contract.method(local_name(row.name)), nullptr) << row.name;
    }
}

TEST(MethodTable, HasEveryMethodOfTheServedInterfacesButThoseToCome) {
    for (const std::string& name : contract_methods(is_served)) {
        EXPECT_NE(find_method(name) != nullptr, later_methods.contains(name)) << name;
    }
}

TEST(MethodTable, GivesEachMethodTheRoleThatTheContractNames) {
    for (const Method& row : methods()) {
        const Interface contract = contract_of(interface_of(row.name));
        const std::string comment = contract.method(local_name(row.name))->comment;
        const bool introspection = contract.name == "org.varlink.service";
        const std::string named = role_in(comment);
        const std::string role = named.empty() ? role_in(contract.comment) : named;
        EXPECT_EQ(name_of(row.role), introspection ? "read" : role) << row.name;
    }
}

// What destroys is known by its name.
TEST(MethodTable, AuditsWhatDestroysWhatRulesAndWhatGivesASecret) {
    for (const Method& row : methods()) {
        const std::string_view name = local_name(row.name);
        const bool destroys = name.starts_with("Delete") || name == "Trim" || name == "Restore";
        const bool some_do = name == "Run";  // the jobs that only an admin may run
        const bool expected =
            destroys || some_do || row.role == Role::admin || name == "GetSessionKey";
        EXPECT_EQ(row.audited, expected) << row.name;
    }
}

TEST(MethodTable, FindsItsRowsAndNothingBesideThem) {
    for (const Method& row : methods()) {
        EXPECT_EQ(find_method(row.name), &row);
        EXPECT_EQ(find_method(std::string(row.name) + "x"), nullptr);
        EXPECT_EQ(find_method(row.name.substr(0, row.name.size() - 1)), nullptr);
    }
}

TEST(Introspection, AnswersMethodNotImplementedForMethodsToCome) {
    const ServedCatalog catalog;
    for (const std::string& name : later_methods) {
        EXPECT_THAT(catalog.call(name), IsError("org.varlink.service.MethodNotImplemented"));
    }
}

TEST(Introspection, AnswersMethodNotImplementedForInterfacesToCome) {
    const ServedCatalog catalog;
    const Names names =
        contract_methods([](std::string_view interface) { return !is_served(interface); });
    for (const std::string& name : names) {
        const Reply reply = catalog.call(name);
        EXPECT_THAT(reply, IsError("org.varlink.service.MethodNotImplemented")) << name;
        EXPECT_THAT(reply, Has("/method", name));
    }
}

TEST(Introspection, ServesEveryInterfaceByteForByte) {
    const ServedCatalog catalog;
    for (const auto& [name, text] : protocol::interfaces()) {
        const std::string path = CATALOGD_SOURCE_DIR "/protocol/" + std::string(name) + ".varlink";
        const Reply reply =
            catalog.call("org.varlink.service.GetInterfaceDescription", {{"interface", name}});
        EXPECT_THAT(reply, Has("/description", catalog::content_of(path)));
    }
}

TEST(Introspection, ServesAnInterfaceForEveryFileOfTheContract) {
    Names files;
    for (const auto& entry : std::filesystem::directory_iterator(CATALOGD_SOURCE_DIR "/protocol")) {
        if (entry.path().extension() == ".varlink") {
            files.push_back(entry.path().stem());
        }
    }
    Names served;
    for (const auto& [name, text] : protocol::interfaces()) {
        served.emplace_back(name);
    }
    EXPECT_THAT(served, testing::UnorderedElementsAreArray(files));
}

TEST(Introspection, ListsEveryInterface) {
    const ServedCatalog catalog;
    const Reply info = catalog.call("org.varlink.service.GetInfo");
    Names listed;
    for (const json::value& name : info.parameters.at("interfaces").as_array()) {
        listed.emplace_back(name.as_string());
    }
    Names all;
    for (const auto& [name, text] : protocol::interfaces()) {
        all.emplace_back(name);
    }
    EXPECT_THAT(listed, ElementsAreArray(all));
}

TEST(Introspection, DoesNotDescribeAnUnknownInterface) {
    const ServedCatalog catalog;
    const Reply reply = catalog.call("org.varlink.service.GetInterfaceDescription",
                                     {{"interface", "io.catalogd.Nothing"}});
    EXPECT_THAT(reply, IsError("org.varlink.service.InterfaceNotFound"));
    EXPECT_THAT(reply, Has("/interface", "io.catalogd.Nothing"));
}

}  // namespace
}  // namespace catalogd::endpoints
