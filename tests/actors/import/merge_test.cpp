// Several rows of one file make one record.
#include "actors/import/merge.h"

#include <gmock/gmock.h>

namespace catalogd::actors::import {
namespace {

using catalog::FileRecord;
using Crc = std::optional<std::int64_t>;

FileRecord row(std::optional<std::int64_t> modified, bool verified, Crc crc, Crc size = 10) {
    FileRecord file;
    file.name = "a";
    file.path = "stored/" + std::to_string(modified.value_or(0));
    file.modified = modified;
    file.verified = verified;
    file.crc = crc;
    file.size = size;
    return file;
}

const FileRecord uploaded = row(100, false, 77);
const FileRecord checked = row(100, true, {});
const FileRecord failed = row({}, false, {}, {});

TEST(Merge, LeavesASingleRowAsItIs) {
    const FileRecord merged = merge({uploaded});
    EXPECT_EQ(merged.crc, 77);
    EXPECT_EQ(merged.modified, 100);
    EXPECT_FALSE(merged.verified);
}

TEST(Merge, OfAnUploadAndItsCheckIsVerifiedAndHasTheCrc) {
    for (const auto& rows : {std::vector{uploaded, checked}, std::vector{checked, uploaded}}) {
        const FileRecord merged = merge(rows);
        EXPECT_TRUE(merged.verified);
        EXPECT_EQ(merged.crc, 77);
    }
}

TEST(Merge, HasTheFiguresOfTheLatestTime) {
    for (const auto& rows : {std::vector{row(100, true, 77, 1), row(200, true, 88, 2)},
                             std::vector{row(200, true, 88, 2), row(100, true, 77, 1)}}) {
        const FileRecord merged = merge(rows);
        EXPECT_EQ(merged.size, 2);
        EXPECT_EQ(merged.crc, 88);
        EXPECT_EQ(merged.path, "stored/200");
    }
}

TEST(Merge, HasTheFiguresOfTheLastRowWhereTimesAreEqual) {
    EXPECT_EQ(merge({row(100, false, 1, 1), row(100, false, 2, 2)}).size, 2);
}

TEST(Merge, TakesNothingFromATransferThatFailed) {
    const FileRecord merged = merge({uploaded, checked, failed});
    EXPECT_TRUE(merged.verified);
    EXPECT_EQ(merged.size, 10);
    EXPECT_EQ(merged.path, "stored/100");
}

TEST(Merge, FillsWhatTheLatestRowLacks) {
    FileRecord older = row(100, false, {}, 10);
    older.mime_type = "text/plain";
    older.category = "document";
    older.attributes = R"({"fileHash":"x"})";
    const FileRecord merged = merge({older, row(200, false, {}, {})});
    EXPECT_EQ(merged.size, 10);
    EXPECT_EQ(merged.mime_type, "text/plain");
    EXPECT_EQ(merged.category, "document");
    EXPECT_EQ(merged.attributes, R"({"fileHash":"x"})");
}

TEST(Merge, IsNotVerifiedByACheckOfOtherBytes) {
    const FileRecord merged = merge({uploaded, checked, row(200, false, 88)});
    EXPECT_FALSE(merged.verified);
    EXPECT_EQ(merged.crc, 88);
}

TEST(Merge, StaysVerifiedWhereTheSameBytesCameAgain) {
    EXPECT_TRUE(merge({uploaded, checked, row(200, false, 77)}).verified);
    EXPECT_TRUE(merge({uploaded, checked, row(200, false, {})}).verified);
    EXPECT_TRUE(merge({uploaded, checked, row(200, false, 88), row(200, true, {})}).verified);
}

TEST(Merge, IsNotVerifiedWhereNothingWasChecked) {
    EXPECT_FALSE(merge({uploaded, uploaded}).verified);
}

}  // namespace
}  // namespace catalogd::actors::import
