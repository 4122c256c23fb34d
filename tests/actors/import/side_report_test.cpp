// What is set aside is kept whole, but for keys.
#include "actors/import/side_report.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <boost/json/parse.hpp>
#include <limits>

#include "catalog/failure.h"
#include "tests/catalog/temp_folder.h"

namespace catalogd::actors::import {
namespace {

using catalog::import::OldValue;
using testing::HasSubstr;
using testing::Not;

OldValue old_text(std::string value) {
    return {OldValue::Type::text, 0, 0, std::move(value)};
}
OldValue blob(std::string value) {
    return {OldValue::Type::blob, 0, 0, std::move(value)};
}

TEST(SideReportCells, AreJsonWhateverTheyHold) {
    EXPECT_EQ(
        to_json({{"a", {}},
                 {"b", {OldValue::Type::integer, -7, 0, {}}},
                 {"c", {OldValue::Type::real, 0, 0.1, {}}},
                 {"d", {OldValue::Type::real, 0, std::numeric_limits<double>::infinity(), {}}},
                 {"e", old_text("caf\xC3\xA9\n\"")},
                 {"f", old_text("\xFF")},
                 {"g", blob(std::string("\0\xAB", 2))},
                 {"\xFE", old_text("")}}),
        R"({"a":null,"b":-7,"c":0.1,"d":null,"e":"caf)"
        "\xC3\xA9"
        R"(\n\"","f":{"malformedText":"ff"},"g":{"hex":"00ab"},"fe":""})");
}

TEST(SideReportCells, HaveOnlyTheLengthOfASecret) {
    for (const char* column : {"AESKey", "aes", "Password", "api_token", "SessionKey", "KEY"}) {
        EXPECT_EQ(to_json({{column, blob("PLANTED")}}),
                  std::string("{\"") + column + R"(":{"withheldBytes":7}})");
    }
    EXPECT_THAT(to_json({{"aes_hex", old_text("PLANTED")}}), Not(HasSubstr("PLANTED")));
    EXPECT_THAT(to_json({{"PublicKey", blob("\x01")}}), HasSubstr("\"01\""));
    EXPECT_THAT(to_json({{"key", old_text("a name")}}), HasSubstr("a name"));
}

TEST(SideReportFile, IsForItsOwnerAloneAndOneObjectPerLine) {
    const catalog::TempFolder folder;
    SideReport report(folder.file("growing"));
    report.row("files", Reason::orphan, {{"FileName", old_text("a")}});
    report.value("files", {Reason::crc, "CRC", {OldValue::Type::integer, -1, 0, {}}},
                 {{"FileName", old_text("b")}});
    EXPECT_TRUE(report.finish(folder.file("final")));
    struct stat status{};
    ASSERT_EQ(::stat(folder.file("final").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_EQ(catalog::content_of(folder.file("final")),
              R"({"table":"files","reason":"its client is not there","row":{"FileName":"a"}})"
              "\n"
              R"({"table":"files","reason":"a CRC that is not a number of 32 bits",)"
              R"("of":{"FileName":"b"},"values":{"CRC":-1}})"
              "\n");
}

TEST(SideReportFile, IsNotThereWhereNothingWasSetAside) {
    const catalog::TempFolder folder;
    SideReport report(folder.file("growing"));
    EXPECT_FALSE(report.finish(folder.file("final")));
    EXPECT_FALSE(std::filesystem::exists(folder.file("growing")));
}

TEST(SideReportFile, ThatCannotBeWrittenIsAFailure) {
    SideReport report("/dev/full");
    EXPECT_THROW(report.row("files", Reason::orphan, {}), catalog::Unusable);
}

}  // namespace
}  // namespace catalogd::actors::import
