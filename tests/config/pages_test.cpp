#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "config/dump.h"
#include "config/keys.h"
#include "config/sample.h"
#include "config/written.h"
#include "tests/config/config_file.h"

namespace catalogd::config {
namespace {

class Pages : public ConfigFile {
protected:
    /// Holds a page of the repository against the table of keys. With CATALOGD_REGENERATE=1 in the
    /// environment the page is written anew instead.
    static void expect_page(const std::string& name, const std::string& made) {
        const auto path = std::filesystem::path(__FILE__).parent_path() / "../.." / name;
        if (std::getenv("CATALOGD_REGENERATE") != nullptr) {
            std::ofstream(path, std::ios::binary) << made;
        }
        std::stringstream found;
        found << std::ifstream(path, std::ios::binary).rdbuf();
        EXPECT_TRUE(found.str() == made)
            << name << " is not what the table of keys makes. Run this test with "
            << "CATALOGD_REGENERATE=1 in the environment, and commit the page.";
    }

    /// The sample with every key set: keys follow their "#" at once, sentences after a space.
    static std::string uncommented() {
        std::istringstream lines(sample());
        std::string out;
        for (std::string line; std::getline(lines, line);) {
            const bool key = line.starts_with("  #") && !line.starts_with("  # ");
            out += (key ? line.erase(2, 1) : line) + "\n";
        }
        return out;
    }

    /// Whether the page has the line, however many spaces stand between its words.
    static bool has_line(const std::string& page, const std::string& wanted) {
        std::istringstream lines(page);
        for (std::string line; std::getline(lines, line);) {
            std::istringstream words(line);
            std::string found;
            for (std::string word; words >> word;) {
                found += (found.empty() ? "" : " ") + word;
            }
            if (found == wanted) {
                return true;
            }
        }
        return false;
    }
};

TEST_F(Pages, ManualIsTheOneInTheRepository) {
    expect_page("docs/man/catalogd.yaml.5", manual_page());
}

TEST_F(Pages, SampleIsTheOneInTheRepository) {
    expect_page("config/catalogd.yaml", sample());
}

TEST_F(Pages, ReferenceIsTheOneInTheRepository) {
    expect_page("docs/configuration.md", reference());
}

TEST_F(Pages, SampleLoadsAndChangesNothing) {
    EXPECT_EQ(config_of(sample()), defaults());
}

TEST_F(Pages, SampleHoldsEveryKeyAtItsDefault) {
    EXPECT_EQ(config_of(uncommented()), defaults());
    for (const Origin& origin : loaded().origins) {
        EXPECT_TRUE(named(origin.where).starts_with("FILE:")) << origin.key;
    }
}

TEST_F(Pages, ReferenceNamesEveryKeyWithItsSentence) {
    for (const Key& key : keys()) {
        const std::string row = "| `" + key.full_name() + "` | ";
        EXPECT_NE(reference().find(row), std::string::npos) << row;
        const std::string end = key.effect == Effect::Live ? " | at once |\n" : " | at start";
        EXPECT_NE(reference().find("| " + std::string(key.sentence) + end), std::string::npos);
    }
}

TEST_F(Pages, DumpTellsValuesAndOrigins) {
    write("\nlog:\n  level: debug\n");
    set("CATALOGD_READERS__COUNT", "8");
    pass("--socket", "socket.path", "/tmp/c.sock");
    const std::string page = named(dump(loaded()));
    EXPECT_TRUE(has_line(page, "level: debug # FILE:3")) << page;
    EXPECT_TRUE(has_line(page, "count: 8 # environment CATALOGD_READERS__COUNT")) << page;
    EXPECT_TRUE(has_line(page, "path: /tmp/c.sock # flag --socket")) << page;
    EXPECT_TRUE(has_line(page, "mode: \"0660\" # default")) << page;
}

TEST_F(Pages, DumpLoadsToTheSameConfiguration) {
    set("CATALOGD_DATABASE__PATH", "C:\\a \"b\": #c\xc3\xa9");
    set("CATALOGD_SOCKET__PATH", "-1");
    set("CATALOGD_SOCKET__GROUP", "0123");
    set("CATALOGD_ACCESS__READ", "user:DOM\\me,group:a@b");
    set("CATALOGD_READERS__MAX_AGE", "1500ms");
    set("CATALOGD_WRITER__QUEUE_BYTES", "20000001B");
    const Config original = config();
    const std::string page = dump(loaded());
    sources_ = {};
    EXPECT_EQ(config_of(page), original) << page;
}

TEST_F(Pages, DumpKeepsStrangeFileNamesOnTheirLine) {
    Loaded loaded{defaults(), ConfigFile::loaded().origins};
    loaded.origins.front().where = "a\nlog: {}\n:3";
    EXPECT_EQ(config_of(dump(loaded)), defaults());
}

}  // namespace
}  // namespace catalogd::config
