#include <cctype>

#include "cli/command_tree.h"

namespace catalogd::cli {
namespace {

// The text as roff prints it: nothing in it is a request, an escape or a hyphen to break at.
std::string roff(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (out.empty() && (c == '.' || c == '\'')) {
            out += "\\&";
        }
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else {
            out += c;
        }
    }
    return out;
}

// As it is, line by line.
std::string verbatim(std::string_view text) {
    std::string out = ".nf\n";
    while (!text.empty()) {
        const auto end = text.find('\n');
        out += roff(text.substr(0, end)) + '\n';
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return out + ".fi\n";
}

std::string upper(std::string text) {
    for (char& c : text) {
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return text;
}

std::string term(const std::string& head, const std::string& summary) {
    return ".TP\n" + head + '\n' + roff(summary) + '\n';
}

std::string options_of(const CommandTree& command) {
    std::string out;
    for (const CommandTree::Option& option : command.options) {
        std::string head;
        for (const std::string& name : option.names) {
            head += (head.empty() ? "\\fB" : ", \\fB") + roff(name) + "\\fR";
        }
        if (option.takes_value) {
            head += " \\fI" + roff(option.value) + "\\fR";
        }
        out += term(head, option.summary);
    }
    return out;
}

// The command, and those below it, each under its whole name.
std::string command_of(const CommandTree& command, const std::string& above) {
    const std::string name = above + command.name;
    if (!command.commands.empty()) {
        std::string out;
        for (const CommandTree& below : command.commands) {
            out += command_of(below, name + ' ');
        }
        return out;
    }
    std::string synopsis = "\\fB" + roff(name) + "\\fR";
    std::string words;
    for (const CommandTree::Word& word : command.words) {
        const std::string shown = "\\fI" + roff(word.name) + "\\fR";
        synopsis += word.required ? ' ' + shown : " [" + shown + ']';
        words += term(shown, word.summary);
    }
    const std::string more = words + options_of(command);
    return ".TP\n" + synopsis + '\n' + roff(command.summary) + ".\n" +
           (more.empty() ? "" : ".RS\n" + more + ".RE\n");
}

}  // namespace

std::string manual_page(const CommandTree& root, std::string_view version) {
    std::string page =
        ".TH " + upper(root.name) + " 1 \"\" \"" + root.name + ' ' + std::string(version) +
        "\"\n.SH NAME\n" + root.name +
        " \\- asks and tells the daemon that owns a backup server\\(aqs catalog\n"
        ".SH SYNOPSIS\n.B " +
        root.name + "\n[\\fIOPTIONS\\fR] \\fICOMMAND\\fR ...\n" + ".SH DESCRIPTION\n" +
        roff(root.summary) +
        "\nIt talks to the daemon over its Unix socket, and prints tables for people, "
        "JSON or CSV for programs.\n.SH OPTIONS\n" +
        options_of(root) + ".SH COMMANDS\n";
    for (const CommandTree& command : root.commands) {
        page += command_of(command, "");
    }
    return page + ".SH EXAMPLES AND EXIT CODES\n" + verbatim(root.after) +
           ".SH SEE ALSO\n.BR catalogd (8),\n.BR catalogd.yaml (5)\n";
}

}  // namespace catalogd::cli
