#include <random>

#include "config/dump.h"
#include "config/sample.h"
#include "config/yaml_walk.h"
#include "tests/config/config_file.h"

namespace catalogd::config {
namespace {

/// Texts that no operator would write; the seeds are fixed, so a failure comes back.
class RandomBytes : public ConfigFile {
protected:
    std::size_t below(std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
    }

    std::string bytes(std::size_t count) {
        std::string text(count, '\0');
        for (char& byte : text) {
            byte = static_cast<char>(below(256));
        }
        return text;
    }

    /// Pieces of YAML in an order that means nothing.
    std::string pieces(std::size_t count) {
        static const std::vector<std::string> kPieces{
            "a",  "log", "level", ":",         ": ", " ",    "\n",  "\n  ",
            "- ", "? ",  "[",     "]",         "{",  "}",    ", ",  "&x ",
            "*x", "!",   "!!s",   "|\n ",      ">-", "'",    "\"",  "\\x",
            "# ", "---", "...",   "%YAML 1.2", "<<", "~",    "\t",  "\r\n",
            "\\", "é",   "%",     "@",         "`",  "0660", "5MB", "database:\n  path: "};
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text += kPieces[below(kPieces.size())];
        }
        return text;
    }

    /// Whatever the text is, it loads or is refused with lines that stay lines.
    void expect_an_answer(const std::string& text) {
        write(text);
        for (const std::string& line : problems()) {
            ASSERT_EQ(line.find_first_of("\n\r"), std::string::npos) << line;
        }
    }

    std::mt19937 random_{20240817};
};

TEST_F(RandomBytes, GetAnAnswer) {
    for (int run = 0; run < 1000; ++run) {
        expect_an_answer(bytes(below(200)));
    }
}

TEST_F(RandomBytes, ReachTheYamlWalkUnharmed) {
    for (int run = 0; run < 1000; ++run) {
        EXPECT_LE(walk(bytes(below(200))).root.members.size(), 200U);
    }
}

TEST_F(RandomBytes, OfYamlGetAnAnswer) {
    for (int run = 0; run < 2000; ++run) {
        expect_an_answer(pieces(1 + below(40)));
    }
}

TEST_F(RandomBytes, InTheSampleGetAnAnswer) {
    const std::string original = sample();
    for (int run = 0; run < 400; ++run) {
        std::string text = original;
        for (std::size_t change = 0; change < 1 + below(4); ++change) {
            text.replace(below(text.size()), below(8), pieces(1));
        }
        expect_an_answer(text);
    }
}

TEST_F(RandomBytes, CutAnywhereGetAnAnswer) {
    const std::string whole = dump(loaded());
    for (std::size_t length = 0; length < whole.size(); length += 7) {
        expect_an_answer(whole.substr(0, length));
    }
}

TEST_F(RandomBytes, OutsideTheFileGetAnAnswer) {
    for (int run = 0; run < 1000; ++run) {
        sources_ = {};
        set("CATALOGD_ACCESS__READ", bytes(below(30)));
        set("CATALOGD_READERS__MAX_AGE", bytes(below(6)));
        set("CATALOGD_" + bytes(below(10)) + "__" + bytes(below(10)), "");
        ASSERT_FALSE(problems().empty());
    }
}

}  // namespace
}  // namespace catalogd::config
