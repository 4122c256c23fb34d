// The structs of protocol/ against the interfaces' texts, both ways.
#include <gmock/gmock.h>

#include <set>

#include "protocol/admin.h"
#include "protocol/clients.h"
#include "protocol/files.h"
#include "protocol/health.h"
#include "protocol/interfaces.h"
#include "protocol/jobs.h"
#include "protocol/metrics.h"
#include "protocol/service.h"
#include "protocol/settings.h"
#include "protocol/whole.h"
#include "tests/protocol/described_type.h"
#include "tests/protocol/type_differences.h"

namespace catalogd::protocol {
namespace {

using idl::Differences;
using testing::ElementsAre;
using testing::IsEmpty;

using Names = std::set<std::string, std::less<>>;

// Methods that the contract names and that no code serves yet.
const Names later_methods{};

// Errors that the contract names and that no call ends in yet.
const Names later_errors{
    "org.varlink.service.PermissionDenied",  // io.catalogd.AccessDenied says more
};

idl::Interface interface_of(std::string_view name) {
    const auto text = description_of(name);
    return text ? idl::parse(*text) : idl::Interface{};
}

std::string_view local_part(std::string_view qualified) {
    return qualified.substr(qualified.rfind('.') + 1);
}

std::string_view interface_part(std::string_view qualified) {
    return qualified.substr(0, qualified.rfind('.'));
}

void append(Differences& to, Differences from) {
    to.insert(to.end(), from.begin(), from.end());
}

template <class Method>
Differences method_differences(const idl::Interface& interface) {
    const std::string name(Method::method);
    const idl::Method* declared = interface.method(local_part(name));
    if (declared == nullptr || interface_part(name) != interface.name) {
        return {name + ": is not in " + interface.name};
    }
    Differences result = idl::field_differences(interface, name, declared->parameters,
                                                idl::described_type<Method>());
    append(result, idl::field_differences(interface, name + " ->", declared->reply,
                                          idl::described_type<typename Method::Reply>()));
    return result;
}

template <class Methods>
Differences interface_differences(const idl::Interface& interface, const Names& later) {
    Differences result;
    Names known = later;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Methods>>(
        [&]<class Method>(std::type_identity<Method>) {
            append(result, method_differences<Method>(interface));
            if (!known.emplace(Method::method).second) {
                result.push_back(std::string(Method::method) + ": is listed twice");
            }
        });
    for (const idl::Method& method : interface.methods) {
        if (!known.contains(interface.name + "." + method.name)) {
            result.push_back(interface.name + "." + method.name + ": has no struct");
        }
    }
    return result;
}

// Every error that a call may end in, by its name.
std::map<std::string, idl::Type, std::less<>> described_errors() {
    std::map<std::string, idl::Type, std::less<>> result;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Error>>(
        [&]<class E>(std::type_identity<E>) {
            EXPECT_TRUE(result.emplace(E::called, idl::described_type<E>()).second) << E::called;
        });
    return result;
}

TEST(Contract, ServiceHasExactlyItsMethods) {
    EXPECT_THAT(interface_differences<service::Methods>(interface_of(service::interface), {}),
                IsEmpty());
}

TEST(Contract, ClientsHaveExactlyTheirMethods) {
    EXPECT_THAT(interface_differences<clients::Methods>(interface_of(clients::interface), {}),
                IsEmpty());
}

using WholeMethods = boost::mp11::mp_push_back<whole::Methods, whole::Watch>;

TEST(Contract, WholeHasExactlyItsMethods) {
    EXPECT_THAT(interface_differences<WholeMethods>(interface_of(whole::interface), {}), IsEmpty());
}

TEST(Contract, FilesHaveExactlyTheirMethodsButThoseOfLaterSteps) {
    EXPECT_THAT(
        interface_differences<files::Methods>(interface_of(files::interface), later_methods),
        IsEmpty());
}

TEST(Contract, HealthHasExactlyItsMethods) {
    EXPECT_THAT(interface_differences<health::Methods>(interface_of(health::interface), {}),
                IsEmpty());
}

TEST(Contract, MetricsHaveExactlyTheirMethods) {
    EXPECT_THAT(interface_differences<metrics::Methods>(interface_of(metrics::interface), {}),
                IsEmpty());
}

using AdminMethods = boost::mp11::mp_append<admin::Methods, settings::Methods>;

TEST(Contract, AdminHasExactlyItsMethodsButThoseOfLaterSteps) {
    EXPECT_THAT(interface_differences<AdminMethods>(interface_of(admin::interface), later_methods),
                IsEmpty());
}

using JobsMethods = boost::mp11::mp_append<jobs::Methods, jobs::SchedulerMethods>;

TEST(Contract, JobsHaveExactlyTheirMethods) {
    EXPECT_THAT(interface_differences<JobsMethods>(interface_of(jobs::interface), {}), IsEmpty());
}

TEST(Contract, MethodsOfLaterStepsAreInTheContract) {
    for (const std::string& name : later_methods) {
        EXPECT_NE(interface_of(interface_part(name)).method(local_part(name)), nullptr) << name;
    }
}

TEST(Contract, EveryErrorIsDeclaredWithItsParameters) {
    for (const auto& [name, type] : described_errors()) {
        const idl::Interface interface = interface_of(interface_part(name));
        const idl::Error* declared = interface.error(local_part(name));
        ASSERT_NE(declared, nullptr) << name;
        EXPECT_THAT(idl::field_differences(interface, name, declared->parameters, type), IsEmpty());
    }
}

TEST(Contract, EveryDeclaredErrorHasItsStructOrComesLater) {
    const auto described = described_errors();
    for (const char* served : {"org.varlink.service", "io.catalogd", "io.catalogd.Admin",
                               "io.catalogd.Clients", "io.catalogd.Files", "io.catalogd.Metrics"}) {
        for (const idl::Error& error : interface_of(served).errors) {
            const std::string name = std::string(served) + "." + error.name;
            EXPECT_NE(described.contains(name), later_errors.contains(name)) << name;
        }
    }
}

TEST(Contract, ErrorsOfLaterStepsAreInTheContract) {
    for (const std::string& name : later_errors) {
        EXPECT_NE(interface_of(interface_part(name)).error(local_part(name)), nullptr) << name;
    }
}

TEST(Contract, TellsItsMethodsFromAllOtherNames) {
    for (const auto& [name, text] : interfaces()) {
        for (const idl::Method& method : interface_of(name).methods) {
            EXPECT_TRUE(describes_method(name, method.name)) << name << method.name;
            EXPECT_FALSE(describes_method(name, method.name + "s")) << name << method.name;
            EXPECT_FALSE(describes_method(name, method.name.substr(1))) << name << method.name;
        }
        EXPECT_FALSE(describes_method(name, ""));
    }
    EXPECT_FALSE(describes_method("io.catalogd.Other", "Get"));
    EXPECT_FALSE(describes_method("io.catalogd.Clients", "NotFound"));
}

// --- the guards themselves -----------------------------------------------------------------

enum class Colour { red, dark_green };
BOOST_DESCRIBE_ENUM(Colour, red, dark_green)

struct Part {
    Id id;
    std::optional<Size> size;
};
BOOST_DESCRIBE_STRUCT(Part, (), (id, size))

struct Planted {
    static constexpr std::string_view method = "a.b.Plant";
    FileName file_name;
    std::optional<Colour> colour;
    std::vector<Part> parts;
    std::optional<std::map<std::string, std::string>> notes;
    struct Reply {
        bool done = false;
    };
};
BOOST_DESCRIBE_STRUCT(Planted, (), (file_name, colour, parts, notes))
BOOST_DESCRIBE_STRUCT(Planted::Reply, (), (done))

Differences planted_differences(const std::string& part, const std::string& parameters,
                                const std::string& reply) {
    const auto interface = idl::parse("interface a.b type Part (" + part + ") method Plant(" +
                                      parameters + ") -> (" + reply + ")");
    return interface_differences<boost::mp11::mp_list<Planted>>(interface, {});
}

const std::string part = "id: string, size: ?int";
const std::string colours = "colour: ?(red, darkGreen)";
const std::string lists = "parts: []Part, notes: ?[string]string";
const std::string whole = "fileName: string, " + colours + ", " + lists;

TEST(ContractGuard, AcceptsWhatIsEqual) {
    EXPECT_THAT(planted_differences(part, whole, "done: bool"), IsEmpty());
}

TEST(ContractGuard, NoticesFieldsAndMethodsThatOneSideLacks) {
    EXPECT_THAT(planted_differences(part, whole + ", more: ?int", "done: bool"),
                ElementsAre("a.b.Plant.more: the code lacks it"));
    EXPECT_THAT(planted_differences(part, whole, ""),
                ElementsAre("a.b.Plant ->.done: the interface lacks it"));
    EXPECT_THAT(planted_differences("id: string", whole, "done: bool"),
                ElementsAre("a.b.Plant.parts[].size: the interface lacks it"));
    EXPECT_THAT(interface_differences<boost::mp11::mp_list<>>(
                    idl::parse("interface a.b method Other() -> ()"), {}),
                ElementsAre("a.b.Other: has no struct"));
    EXPECT_THAT(
        interface_differences<boost::mp11::mp_list<Planted>>(idl::parse("interface a.c"), {}),
        ElementsAre("a.b.Plant: is not in a.c"));
}

TEST(ContractGuard, NoticesAnotherNullability) {
    EXPECT_THAT(
        planted_differences(part, "fileName: ?string, " + colours + ", " + lists, "done: bool"),
        ElementsAre("a.b.Plant.fileName: must be optional"));
    EXPECT_THAT(planted_differences("id: string, size: int", whole, "done: bool"),
                ElementsAre("a.b.Plant.parts[].size: must not be optional"));
}

TEST(ContractGuard, NoticesAnotherTypeAndOtherWords) {
    EXPECT_THAT(planted_differences(part, whole, "done: int"),
                ElementsAre("a.b.Plant ->.done: is of another type"));
    EXPECT_THAT(
        planted_differences(part, "fileName: string, colour: ?(red, blue), " + lists, "done: bool"),
        ElementsAre("a.b.Plant.colour: the code lacks the word blue",
                    "a.b.Plant.colour: the interface lacks the word darkGreen"));
    EXPECT_THAT(
        planted_differences(
            part, "fileName: string, " + colours + ", parts: []Missing, notes: ?[string]int",
            "done: bool"),
        ElementsAre("a.b.Plant.parts[]: the interface lacks its type Missing",
                    "a.b.Plant.notes[]: is of another type"));
}

struct Forgetful {
    std::optional<std::string> first;
    std::optional<std::string> second;
    std::optional<std::string> third;
};

template <class Descriptions>
constexpr bool complete = idl::DescribesEveryMember<Forgetful, Descriptions>::value;

template <auto member>
struct Description {
    static constexpr auto pointer = member;
};

TEST(ContractGuard, NoticesAMemberThatIsNotDescribed) {
    using First = Description<&Forgetful::first>;
    using Second = Description<&Forgetful::second>;
    using Third = Description<&Forgetful::third>;
    EXPECT_TRUE((complete<boost::mp11::mp_list<First, Second, Third>>));
    EXPECT_FALSE((complete<boost::mp11::mp_list<First, Second>>));
    EXPECT_FALSE((complete<boost::mp11::mp_list<First, Third>>));
    EXPECT_FALSE((complete<boost::mp11::mp_list<>>));
}

}  // namespace
}  // namespace catalogd::protocol
