#include "cli/command_line.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/cli/temp_tree.h"

namespace catalogd::cli {
namespace {

using testing::HasSubstr;

using Arguments = std::vector<std::string>;

std::string mistake(const Arguments& arguments) {
    const CommandLine line = parse_command_line(arguments);
    EXPECT_EQ(line.code, ExitCode::usage);
    EXPECT_FALSE(line.command);
    return line.text;
}

// Every command with its way there, "clients list" for example.
void collect(const CommandTree& tree, const std::string& above, Arguments& paths) {
    for (const CommandTree& command : tree.commands) {
        paths.push_back(above + command.name);
        collect(command, paths.back() + ' ', paths);
    }
}

Arguments every_command() {
    Arguments paths;
    collect(command_tree(), "", paths);
    return paths;
}

// What bash offers for the word at the end of this line.
std::string completed(const std::string& line) {
    TempTree folder;
    folder.write("script", bash_completion(command_tree()));
    folder.write("ask", "source " + folder.path("script") + "\nCOMP_WORDS=(" + line +
                            ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_catalogctl\n"
                            "echo \"${COMPREPLY[@]}\"\n");
    FILE* bash = ::popen(("bash " + folder.path("ask")).c_str(), "r");
    std::string text(4096, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), bash));
    EXPECT_EQ(::pclose(bash), 0);
    return text;
}

TEST(CommandLine, HasTheCommandsThatArePromised) {
    EXPECT_THAT(every_command(), testing::IsSupersetOf({"status",         "clients list",
                                                        "clients show",   "clients add",
                                                        "clients delete", "files list",
                                                        "files show",     "files delete",
                                                        "files find",     "stats",
                                                        "removals list",  "removals confirm",
                                                        "metrics names",  "metrics history",
                                                        "metrics record", "metrics trim",
                                                        "scan",           "call",
                                                        "introspect",     "completion bash"}));
}

TEST(CommandLine, TakesGlobalOptionsBeforeAndAfterTheCommand) {
    EXPECT_TRUE(parse_command_line({"--json", "status"}).options.json);
    EXPECT_EQ(parse_command_line({"status", "--socket", "/s"}).options.socket, "/s");
}

TEST(CommandLine, FindsTheSocketInTheEnvironment) {
    ::setenv("CATALOGD_SOCKET", "/from/environment", 1);
    EXPECT_EQ(parse_command_line({"status"}).options.socket, "/from/environment");
    EXPECT_EQ(parse_command_line({"--socket", "/given", "status"}).options.socket, "/given");
    ::unsetenv("CATALOGD_SOCKET");
    EXPECT_EQ(parse_command_line({"status"}).options.socket, "/run/catalogd.sock");
}

TEST(CommandLine, AClientMayBeCalledLikeACommand) {
    EXPECT_TRUE(parse_command_line({"clients", "show", "list"}).command);
    EXPECT_TRUE(parse_command_line({"files", "show", "--client", "scan", "status"}).command);
    EXPECT_TRUE(parse_command_line({"clients", "show", "--", "-x"}).command);
}

TEST(CommandLine, SuggestsTheNearestCommand) {
    EXPECT_THAT(mistake({"statsu"}), HasSubstr("did you mean 'status'?"));
    EXPECT_THAT(mistake({"clients", "lst"}), HasSubstr("did you mean 'clients list'?"));
    EXPECT_THAT(mistake({"--socket", "files", "client"}), HasSubstr("did you mean 'clients'?"));
}

TEST(CommandLine, SuggestsNothingWhereNothingIsNear) {
    EXPECT_EQ(mistake({"frobnicate"}),
              "catalogctl: command 'frobnicate' is unknown\nSee catalogctl --help\n");
}

TEST(CommandLine, SuggestsTheNearestOption) {
    EXPECT_THAT(mistake({"status", "--jsno"}), HasSubstr("did you mean '--json'?"));
    EXPECT_THAT(mistake({"files", "list", "--cleint=a"}), HasSubstr("did you mean '--client'?"));
}

TEST(CommandLine, SaysWhatIsMissing) {
    EXPECT_THAT(mistake({"clients"}), HasSubstr("needs one of: list, show, add, delete"));
    EXPECT_THAT(mistake({"clients", "show"}), HasSubstr("CLIENT is required"));
    EXPECT_THAT(mistake({"scan", "/tmp"}), HasSubstr("--client is required"));
    EXPECT_THAT(mistake({}), HasSubstr("Usage: catalogctl"));
}

TEST(CommandLine, RefusesALimitThatIsNoCount) {
    EXPECT_THAT(mistake({"files", "list", "--limit", "0"}), HasSubstr("--limit"));
    EXPECT_THAT(mistake({"clients", "list", "--order", "size"}), HasSubstr("most-bytes"));
}

TEST(CommandLine, HelpHasExamplesAndExitCodes) {
    const std::string help = parse_command_line({"--help"}).text;
    EXPECT_THAT(help, HasSubstr("catalogctl scan /srv"));
    EXPECT_THAT(help, HasSubstr(exit_code_help()));
    for (const std::string& path : every_command()) {
        Arguments arguments{path.substr(0, path.find(' ')), "--help"};
        if (path.find(' ') != std::string::npos) {
            arguments.insert(arguments.begin() + 1, path.substr(path.find(' ') + 1));
        }
        EXPECT_THAT(parse_command_line(arguments).text, HasSubstr("catalogctl " + path));
    }
}

TEST(EditDistance, CountsAnExchangeOfNeighboursOnce) {
    EXPECT_EQ(edit_distance("status", "status"), 0U);
    EXPECT_EQ(edit_distance("statsu", "status"), 1U);
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Completion, OffersEveryCommand) {
    for (const std::string& path : every_command()) {
        const std::size_t space = path.rfind(' ');
        const std::string above = space == std::string::npos ? "" : path.substr(0, space);
        EXPECT_THAT(completed("catalogctl " + above + " ''"), HasSubstr(path.substr(space + 1)));
    }
}

TEST(Completion, OffersTheOptionsOfTheCommandAndOfAll) {
    EXPECT_EQ(completed("catalogctl files list --li"), "--limit\n");
    EXPECT_EQ(completed("catalogctl files list --js"), "--json\n");
    EXPECT_EQ(completed("catalogctl clients list --li"), "\n");
    EXPECT_EQ(completed("catalogctl files find --client-"), "--client-named\n");
    EXPECT_EQ(completed("catalogctl removals list --cs"), "--csv\n");
    EXPECT_EQ(completed("catalogctl removals confirm --cs"), "\n");
}

TEST(Completion, LeavesTheValueOfAnOptionToBash) {
    EXPECT_EQ(completed("catalogctl --socket st"), "\n");
    EXPECT_EQ(completed("catalogctl --socket clients sta"), "status stats\n");
}

}  // namespace
}  // namespace catalogd::cli
