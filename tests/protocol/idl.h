// The Varlink interface definition language, read for the tests: what an interface says of its
// types, methods and errors, to hold the code against.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace catalogd::protocol::idl {

struct Field;

struct Type {
    enum class Kind {
        boolean,
        integer,
        real,
        string,
        object,       // any JSON object
        named,        // a type of the same interface: `name`
        structure,    // `fields`
        enumeration,  // `enumerators`
        array,        // of `element.front()`
        dictionary    // from strings to `element.front()`
    };
    Kind kind = Kind::object;
    bool nullable = false;
    std::string name{};
    std::vector<Field> fields;
    std::vector<std::string> enumerators{};
    std::vector<Type> element{};
};

// `comment`, here and below: the text of the comment lines right above, without their marks.
struct Field {
    std::string name;
    Type type;
    std::string comment;
};

struct TypeDefinition {
    std::string name;
    std::string comment;
    Type type;
};

struct Method {
    std::string name;
    std::string comment;
    std::vector<Field> parameters;
    std::vector<Field> reply;
};

struct Error {
    std::string name;
    std::string comment;
    std::vector<Field> parameters;
};

struct Interface {
    std::string name;
    std::string comment;
    std::vector<TypeDefinition> types;
    std::vector<Method> methods;
    std::vector<Error> errors;

    // Null where there is none of this name.
    [[nodiscard]] const TypeDefinition* type(std::string_view wanted) const;
    [[nodiscard]] const Method* method(std::string_view wanted) const;
    [[nodiscard]] const Error* error(std::string_view wanted) const;
};

// The text breaks the grammar; what() begins with the line.
struct SyntaxError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Throws SyntaxError.
Interface parse(std::string_view text);

}  // namespace catalogd::protocol::idl
