// From an old row to a record: what is taken, what is set aside, and why.
#include "actors/import/interpretation.h"

#include <gmock/gmock.h>

#include "protocol/attributes.h"

namespace catalogd::actors::import {
namespace {

using catalog::import::OldClient;
using catalog::import::OldFile;
using catalog::import::OldValue;
using testing::ElementsAre;
using testing::IsEmpty;
using Attributes = std::map<std::string, std::string>;

OldValue text(std::string value) {
    return {OldValue::Type::text, 0, 0, std::move(value)};
}
OldValue blob(std::size_t size) {
    return {OldValue::Type::blob, 0, 0, std::string(size, 'k')};
}
OldValue number(std::int64_t value) {
    return {OldValue::Type::integer, value, 0, {}};
}

OldClient client() {
    return {blob(16), text("laptop"), blob(160), text("2025-01-10T12:00:00+00:00Z"), blob(32), {}};
}
OldFile file() {
    OldFile file;
    file.id = blob(16);
    file.client = blob(16);
    file.name = text("a.txt");
    file.path = text("received_files/a.txt");
    file.verified = number(1);
    file.size = number(7);
    file.modified = text("2025-01-10T12:00:00+00:00");
    file.crc = number(4'294'967'295);
    return file;
}

std::int64_t utc(std::int64_t) {
    return 0;
}
ReadClient read(const OldClient& row) {
    return read_client(row, utc);
}
ReadFile read(const OldFile& row) {
    return read_file(row, utc);
}

template <class Row>
std::vector<Reason> reasons(const Row& row) {
    std::vector<Reason> reasons;
    for (const Remark& remark : read(row).remarks) {
        reasons.push_back(remark.reason);
    }
    return reasons;
}

// The row with one value in the place of its own.
template <class Row>
Row with(Row row, OldValue Row::* member, OldValue value) {
    row.*member = std::move(value);
    return row;
}

TEST(OldClientRow, BecomesAClientWithItsIdentifierAndKeys) {
    const ReadClient found = read(client());
    EXPECT_FALSE(found.refused);
    EXPECT_EQ(found.client.id[0], 'k');
    EXPECT_EQ(found.client.client.name, "laptop");
    EXPECT_EQ(found.client.client.public_key, std::string(160, 'k'));
    EXPECT_EQ(found.client.client.last_seen, 1'736'510'400'000);
    EXPECT_EQ(found.session_key, std::string(32, 'k'));
    EXPECT_THAT(found.remarks, IsEmpty());
}

TEST(OldClientRow, IsRefusedWithoutAnIdentifierOf16Bytes) {
    for (const OldValue& id :
         {OldValue(), blob(0), blob(15), blob(17), number(1), text("0123456789abcdef")}) {
        EXPECT_EQ(read(with(client(), &OldClient::id, id)).refused, Reason::identifier);
    }
}

TEST(OldClientRow, IsRefusedWithoutANameThatCanBeSaved) {
    for (const OldValue& name : {OldValue(), text(""), text(std::string(256, 'n')), text("a\nb"),
                                 text("\xFF"), blob(3), number(7)}) {
        EXPECT_EQ(read(with(client(), &OldClient::name, name)).refused, Reason::name);
    }
}

TEST(OldClientRow, ComesWithoutAKeyOfAnotherLength) {
    for (const std::size_t size : {1U, 31U, 33U, 159U, 161U}) {
        EXPECT_THAT(reasons(with(client(), &OldClient::public_key, blob(size))),
                    ElementsAre(Reason::public_key));
        EXPECT_THAT(reasons(with(client(), &OldClient::session_key, blob(size))),
                    ElementsAre(Reason::session_key));
    }
    EXPECT_FALSE(read(with(client(), &OldClient::session_key, blob(31))).session_key);
    EXPECT_THAT(reasons(with(client(), &OldClient::session_key, text(std::string(32, 'k')))),
                ElementsAre(Reason::session_key));
}

TEST(OldClientRow, WithoutATimeWasSeenLongAgo) {
    const OldClient odd = with(client(), &OldClient::last_seen, text("yesterday"));
    EXPECT_EQ(read(odd).client.client.last_seen, 0);
    EXPECT_THAT(reasons(odd), ElementsAre(Reason::time));
    EXPECT_THAT(reasons(with(client(), &OldClient::last_seen, number(5))),
                ElementsAre(Reason::time));
}

TEST(OldClientRow, SetsAColumnAsideThatNobodyKnows) {
    OldClient row = client();
    row.others = {{"Notes", text("mine")}};
    EXPECT_THAT(reasons(row), ElementsAre(Reason::column));
}

TEST(OldFileRow, BecomesARecord) {
    const ReadFile found = read(file());
    EXPECT_FALSE(found.refused);
    EXPECT_EQ(found.file.name, "a.txt");
    EXPECT_EQ(found.file.path, "received_files/a.txt");
    EXPECT_TRUE(found.file.verified);
    EXPECT_EQ(found.file.size, 7);
    EXPECT_EQ(found.file.modified, 1'736'510'400'000);
    EXPECT_EQ(found.file.crc, 4'294'967'295);
    EXPECT_FALSE(found.file.attributes);
    EXPECT_THAT(found.remarks, IsEmpty());
}

TEST(OldFileRow, IsRefusedWithoutANameOrAPathThatCanBeSaved) {
    EXPECT_EQ(read(with(file(), &OldFile::name, text(std::string(1'025, 'n')))).refused,
              Reason::name);
    EXPECT_EQ(read(with(file(), &OldFile::name, blob(3))).refused, Reason::name);
    for (const OldValue& path :
         {OldValue(), text(""), text(std::string(4'097, 'p')), text("\x7F")}) {
        EXPECT_EQ(read(with(file(), &OldFile::path, path)).refused, Reason::path);
    }
}

TEST(OldFileRow, ComesWithoutFiguresThatCannotBe) {
    EXPECT_THAT(reasons(with(file(), &OldFile::size, number(-1))), ElementsAre(Reason::size));
    EXPECT_THAT(reasons(with(file(), &OldFile::size, text("7"))), ElementsAre(Reason::size));
    EXPECT_THAT(reasons(with(file(), &OldFile::crc, number(4'294'967'296))),
                ElementsAre(Reason::crc));
    EXPECT_THAT(reasons(with(file(), &OldFile::crc, number(-1))), ElementsAre(Reason::crc));
    EXPECT_THAT(reasons(with(file(), &OldFile::modified, text("?"))), ElementsAre(Reason::time));
    EXPECT_THAT(reasons(with(file(), &OldFile::verified, number(2))),
                ElementsAre(Reason::verified));
    EXPECT_THAT(reasons(with(file(), &OldFile::id, blob(15))),
                ElementsAre(Reason::file_identifier));
}

TEST(OldFileRow, IsNotVerifiedByAMarkThatCannotBeRead) {
    EXPECT_FALSE(read(with(file(), &OldFile::verified, text("yes"))).file.verified);
}

TEST(OldFileRow, OfATransferThatFailedHasNoSize) {
    OldFile row = with(file(), &OldFile::modified, text(""));
    row.size = number(0);
    row.verified = number(0);
    EXPECT_FALSE(read(row).file.size);
    EXPECT_THAT(reasons(row), IsEmpty());
    row.verified = number(1);
    EXPECT_EQ(read(row).file.size, 0) << "of a file that is empty";
}

TEST(OldFileRow, HasMimeTypeCategoryAndTheOtherColumnsAsAttributes) {
    OldFile row = file();
    row.mime_type = text("text/plain");
    row.category = text("document");
    row.others = {{"OriginalPath", text("C:\\a")},
                  {"TransferSpeed", number(-5)},
                  {"CompressionRatio", {OldValue::Type::real, 0, 0.25, {}}}};
    const ReadFile found = read(row);
    EXPECT_EQ(found.file.mime_type, "text/plain");
    EXPECT_EQ(found.file.category, "document");
    EXPECT_EQ(
        protocol::parse_attributes(found.file.attributes.value()),
        (Attributes{
            {"originalPath", "C:\\a"}, {"transferSpeed", "-5"}, {"compressionRatio", "0.25"}}));
}

TEST(OldFileRow, SetsAsideWhatDoesNotFitIntoAttributes) {
    OldFile row = file();
    row.others = {{"FileHash", blob(32)},
                  {"OriginalPath", text(std::string(70'000, 'p'))},
                  {"FileExtension", text("\xFF")},
                  {"MimeHint", text("kept")},
                  {"mimeHint", text("a second")}};
    EXPECT_THAT(reasons(row),
                ElementsAre(Reason::column, Reason::column, Reason::column, Reason::column));
    EXPECT_EQ(read(row).file.attributes, R"({"mimeHint":"kept"})");
}

TEST(OldFileRow, SetsALabelAsideThatIsTooLong) {
    EXPECT_THAT(reasons(with(file(), &OldFile::category, text(std::string(256, 'c')))),
                ElementsAre(Reason::label));
}

}  // namespace
}  // namespace catalogd::actors::import
