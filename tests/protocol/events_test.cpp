// CloudEvents, their sequences and schemas; and docs/events.md against the table of types.
#include "protocol/events.h"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "protocol/codec.h"

namespace catalogd::protocol::events {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

TEST(CloudEvents, HaveEveryAttributeThatTheSpecificationAsksFor) {
    const auto event =
        json::parse(to_json({"io.catalogd.job.started", "backup", "e-1", "e-1", {0}, R"({"a":1})"}))
            .as_object();
    EXPECT_EQ(event.at("specversion"), "1.0");
    EXPECT_EQ(event.at("source"), "/catalogd");
    EXPECT_EQ(event.at("id"), "e-1");
    EXPECT_EQ(event.at("type"), "io.catalogd.job.started");
    EXPECT_EQ(event.at("subject"), "backup");
    EXPECT_EQ(event.at("time"), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(event.at("sequence"), "e-1");
    EXPECT_EQ(event.at("data").at("a"), 1);
}

TEST(CloudEvents, LeaveOutWhatIsEmpty) {
    const auto event = json::parse(to_json({"io.catalogd.sample", {}, "e-1", {}, {0}, "{}"}));
    EXPECT_FALSE(event.as_object().contains("subject"));
    EXPECT_FALSE(event.as_object().contains("sequence"));
}

TEST(Sequences, HaveTwentyDigitsAndComeBack) {
    EXPECT_EQ(sequence_text("8d2f", 17), "8d2f-00000000000000000017");
    const auto sequence = parse_sequence("8d2f-00000000000000000017");
    ASSERT_TRUE(sequence);
    EXPECT_EQ(sequence->epoch, "8d2f");
    EXPECT_EQ(sequence->number, 17U);
}

TEST(Sequences, OfAnotherFormAreRefused) {
    for (const char* text :
         {"", "-", "17", "8d2f-17", "8d2f-0000000000000000001x", "-00000000000000000017",
          "8d2f-000000000000000000017", "8d2f-99999999999999999999", "8d2f-+0000000000000000017"}) {
        EXPECT_FALSE(parse_sequence(text)) << text;
    }
}

TEST(EventTypes, HaveNamesOfTheirOwnAndAMeaning) {
    std::set<std::string_view> names;
    for (const EventType& row : event_types()) {
        EXPECT_TRUE(names.insert(row.type).second) << row.type;
        EXPECT_TRUE(row.type.starts_with("io.catalogd.")) << row.type;
        EXPECT_TRUE(row.meaning.ends_with('.')) << row.type;
        EXPECT_EQ(find_event_type(row.type), &row);
    }
    EXPECT_EQ(find_event_type("io.catalogd.other"), nullptr);
}

// Every member that a schema names is one that the encoding writes, with a value of its type.
template <class Data>
void expect_schema_of(const Data& data, std::string_view type) {
    std::string text;
    encode(text, data);
    const auto written = json::parse(text).as_object();
    const auto schema = json::parse(find_event_type(type)->schema()).as_object();
    EXPECT_EQ(schema.at("additionalProperties"), false);
    for (const auto& required : schema.at("required").as_array()) {
        EXPECT_TRUE(written.contains(required.as_string())) << required;
    }
    for (const auto& [name, value] : written) {
        EXPECT_TRUE(schema.at("properties").as_object().contains(name)) << name;
    }
}

TEST(EventSchemas, TellWhatTheDataHolds) {
    expect_schema_of(JobFinished{7, "backup", "failed", 1.5, "disk"}, "io.catalogd.job.finished");
    expect_schema_of(JobFinished{}, "io.catalogd.job.finished");
    expect_schema_of(CheckChanged{}, "io.catalogd.check.queue");
    expect_schema_of(Lost{"slow", "e-1", "e-2", 5}, "io.catalogd.lost");
    expect_schema_of(Sample{}, "io.catalogd.sample");
}

TEST(EventSchemas, NameTypesAndWhatMayBeMissing) {
    EXPECT_EQ(find_event_type("io.catalogd.backup.taken")->schema(),
              R"({"type":"object","properties":{"name":{"type":"string"},)"
              R"("bytes":{"type":"integer"}},"required":["name","bytes"],)"
              R"("additionalProperties":false})");
    const std::string changed = find_event_type("io.catalogd.check.queue")->schema();
    EXPECT_THAT(changed, HasSubstr(R"("was":{"type":"string","enum":["pass","warn","fail"]})"));
    EXPECT_THAT(changed, HasSubstr(R"("required":["name","status","since"])"));
    EXPECT_EQ(find_event_type("io.catalogd.job.progress")->members(),
              "`id`, `job`, `progress`, `message`?");
}

// Held against the repository's page; with CATALOGD_REGENERATE=1 in the environment written anew.
TEST(EventsPage, HasEveryTypeThatThereIs) {
    const auto path = std::filesystem::path(__FILE__).parent_path() / "../../docs/events.md";
    const std::string heading = "## Every type\n";
    std::stringstream found;
    found << std::ifstream(path).rdbuf();
    std::string page = found.str();
    page.resize(page.find(heading) + heading.size());
    page += "\n| type | when | data |\n|---|---|---|\n";
    for (const EventType& row : event_types()) {
        page += "| `" + std::string(row.type) + "` | " + std::string(row.meaning) + " | " +
                row.members() + " |\n";
    }
    if (std::getenv("CATALOGD_REGENERATE") != nullptr) {
        std::ofstream(path) << page;
        return;
    }
    EXPECT_EQ(found.str(), page) << "Run this test with CATALOGD_REGENERATE=1 in the environment.";
}

}  // namespace
}  // namespace catalogd::protocol::events
