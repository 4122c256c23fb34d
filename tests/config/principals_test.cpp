#include "config/principals.h"

#include <gtest/gtest.h>

namespace catalogd::config {
namespace {

bool is_principal(const std::string& text) {
    return !refuse_principal(text);
}

TEST(Principals, AreUsersAndGroupsByNameOrNumber) {
    for (const std::string text : {"user:root", "group:backup", "user:0", "group:4294967294",
                                   "user:_apt", "user:a.b-c_9", "user:me@domain", "user:DOM\\me"}) {
        EXPECT_TRUE(is_principal(text)) << text;
    }
}

TEST(Principals, AreNothingElse) {
    for (const std::string text :
         {"", "root", "0", "user", "user:", "group:", "User:root", "uid:0", " user:root",
          "user:root ", "user: root", "user:a,b", "user:a:b", "user:a/b", "user:-1", "user:a\n",
          "user:4294967295", "user:99999999999999999999", "user:\xff"}) {
        EXPECT_FALSE(is_principal(text)) << text;
    }
}

TEST(Principals, HaveNamesOfAtMost256Bytes) {
    EXPECT_TRUE(is_principal("user:" + std::string(256, 'a')));
    EXPECT_FALSE(is_principal("user:" + std::string(257, 'a')));
}

}  // namespace
}  // namespace catalogd::config
