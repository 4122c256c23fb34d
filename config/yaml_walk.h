#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace catalogd::config {

/// Line and column count from 1; columns count bytes. Zero where there is no line.
struct Position {
    int line = 0;
    int column = 0;
    bool operator==(const Position&) const = default;
};

struct Member;

/// A value as it was written, before anything says what it means.
struct Node {
    enum class Kind {
        Null,
        Plain,    // a scalar without quotes
        Quoted,   // a scalar in quotes, or a block of text
        Outside,  // the value of a variable or a flag, where there are no quotes
        List,
        Map,
        Refused,  // already reported: whoever meets it says nothing more
    };

    Kind kind = Kind::Null;
    Position at;
    std::string text;
    std::vector<Node> items;
    std::vector<Member> members;

    bool is_scalar() const {
        return kind == Kind::Plain || kind == Kind::Quoted || kind == Kind::Outside;
    }
};

/// Of a map; the key is a Plain or a Quoted.
struct Member {
    Node key;
    Node value;
};

struct Fault {
    Position at;
    std::string key;
    std::string reason;
};

/// What of a text could be read, and everything in it that strict YAML does not allow.
struct Walked {
    Node root;
    std::vector<Fault> faults;
};

constexpr int kMaxDepth = 16;

/// Reads one YAML document, and refuses duplicate keys, anchors, aliases, merge keys, tags, keys
/// that are not plain names, nesting deeper than kMaxDepth and a second document. Never throws for
/// what the text holds. The text is UTF-8 without control characters.
Walked walk(std::string_view text);

}  // namespace catalogd::config
