#include "tests/protocol/idl.h"

#include <algorithm>
#include <cctype>

namespace catalogd::protocol::idl {
namespace {

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Words and marks from left to right. Comments are kept apart until their member asks for them.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    [[noreturn]] void fail(const std::string& reason) const {
        throw SyntaxError("line " + std::to_string(line_) + ": " + reason);
    }

    bool at_end() { return skip(), rest_.empty(); }

    bool accept(std::string_view mark) {
        skip();
        if (!rest_.starts_with(mark)) {
            return false;
        }
        take(mark.size());
        return true;
    }

    bool next_is(char mark) { return !at_end() && rest_.front() == mark; }

    void expect(std::string_view mark) {
        if (!accept(mark)) {
            fail("expected " + std::string(mark));
        }
    }

    std::string word(std::string_view what, bool (*belongs)(char) = is_word) {
        skip();
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), belongs);
        std::string found(rest_.begin(), end);
        take(found.size());
        if (found.empty()) {
            fail("expected " + std::string(what));
        }
        return found;
    }

    // A name whose first letter is as large as `upper` says.
    std::string name(std::string_view what, bool upper) {
        std::string found = word(what);
        const auto first = static_cast<unsigned char>(found.front());
        if ((upper ? std::isupper(first) : std::islower(first)) == 0) {
            fail(std::string(what) + " cannot be called " + found);
        }
        return found;
    }

    // The comment lines above what comes next.
    std::string comment() {
        skip();
        return comment_;
    }

private:
    void take(std::size_t size) {
        rest_.remove_prefix(size);
        comment_.clear();
    }

    void skip() {
        int line_ends = 0;
        while (!rest_.empty()) {
            if (rest_.front() == '#') {
                take_comment_line();
                line_ends = 0;
            } else if (rest_.front() == '\n') {
                rest_.remove_prefix(1);
                ++line_;
                // An empty line: what was above it belongs to nothing here.
                if (++line_ends > 1) {
                    comment_.clear();
                }
            } else if (std::isspace(static_cast<unsigned char>(rest_.front())) != 0) {
                rest_.remove_prefix(1);
            } else {
                break;
            }
        }
    }

    void take_comment_line() {
        const std::string_view line = rest_.substr(0, rest_.find('\n'));
        const std::size_t mark = line.starts_with("# ") ? 2 : 1;
        comment_ += (comment_.empty() ? "" : "\n") + std::string(line.substr(mark));
        rest_.remove_prefix(line.size());
    }

    std::string_view rest_;
    std::string comment_;
    std::size_t line_ = 1;
};

class Parser {
public:
    explicit Parser(std::string_view text) : scanner_(text) {}

    Interface interface() {
        Interface result;
        result.comment = scanner_.comment();
        expect_keyword("interface");
        result.name = scanner_.word("the interface's name",
                                    [](char c) { return is_word(c) || c == '.' || c == '-'; });
        while (!scanner_.at_end()) {
            member(result);
        }
        return result;
    }

private:
    void expect_keyword(std::string_view keyword) {
        if (const std::string word = scanner_.word(keyword); word != keyword) {
            scanner_.fail("expected " + std::string(keyword) + ", found " + word);
        }
    }

    void member(Interface& result) {
        std::string comment = scanner_.comment();
        const std::string keyword = scanner_.word("type, method or error");
        std::string name = scanner_.name("a " + keyword, true);
        if (result.type(name) || result.method(name) || result.error(name)) {
            scanner_.fail(name + " is defined twice");
        }
        if (keyword == "type") {
            result.types.push_back({name, comment, aggregate()});
        } else if (keyword == "method") {
            std::vector<Field> parameters = structure();
            scanner_.expect("->");
            result.methods.push_back({name, comment, std::move(parameters), structure()});
        } else if (keyword == "error") {
            result.errors.push_back({name, comment, structure()});
        } else {
            scanner_.fail("unknown keyword " + keyword);
        }
    }

    std::vector<Field> structure() {
        Type type = aggregate();
        if (type.kind != Type::Kind::structure) {
            scanner_.fail("expected fields with types");
        }
        return std::move(type.fields);
    }

    // In brackets: fields, or the words of an enumeration.
    Type aggregate() {
        Type result{.kind = Type::Kind::structure, .fields = {}};
        scanner_.expect("(");
        if (scanner_.accept(")")) {
            return result;
        }
        do {
            std::string comment = scanner_.comment();
            std::string name = scanner_.name("a field", false);
            if (scanner_.accept(":")) {
                result.fields.push_back({std::move(name), type(), std::move(comment)});
            } else {
                result.enumerators.push_back(std::move(name));
            }
        } while (scanner_.accept(","));
        scanner_.expect(")");
        if (!result.enumerators.empty()) {
            result.kind = Type::Kind::enumeration;
            if (!result.fields.empty()) {
                scanner_.fail("fields and words mixed");
            }
        }
        return result;
    }

    Type type() {
        const bool nullable = scanner_.accept("?");
        Type result = plain_type();
        result.nullable = nullable;
        return result;
    }

    Type plain_type() {
        if (scanner_.accept("[]")) {
            return {.kind = Type::Kind::array, .fields = {}, .element = {type()}};
        }
        if (scanner_.accept("[string]")) {
            return {.kind = Type::Kind::dictionary, .fields = {}, .element = {type()}};
        }
        return scanner_.next_is('(') ? aggregate() : word_type();
    }

    Type word_type() {
        const std::string word = scanner_.word("a type");
        for (const auto& [name, kind] : {std::pair("bool", Type::Kind::boolean),
                                         {"int", Type::Kind::integer},
                                         {"float", Type::Kind::real},
                                         {"string", Type::Kind::string},
                                         {"object", Type::Kind::object}}) {
            if (word == name) {
                return {.kind = kind, .fields = {}};
            }
        }
        if (std::isupper(static_cast<unsigned char>(word.front())) == 0) {
            scanner_.fail("unknown type " + word);
        }
        return {.kind = Type::Kind::named, .name = word, .fields = {}};
    }

    Scanner scanner_;
};

template <class Member>
const Member* find(const std::vector<Member>& members, std::string_view name) {
    const auto found = std::ranges::find(members, name, &Member::name);
    return found != members.end() ? &*found : nullptr;
}

}  // namespace

const TypeDefinition* Interface::type(std::string_view wanted) const {
    return find(types, wanted);
}
const Method* Interface::method(std::string_view wanted) const {
    return find(methods, wanted);
}
const Error* Interface::error(std::string_view wanted) const {
    return find(errors, wanted);
}

Interface parse(std::string_view text) {
    return Parser(text).interface();
}

}  // namespace catalogd::protocol::idl
