#include "tests/protocol/type_differences.h"

#include <algorithm>

namespace catalogd::protocol::idl {
namespace {

void append(Differences& to, Differences from) {
    std::ranges::move(from, std::back_inserter(to));
}

const Type* find_field(const std::vector<Field>& fields, const std::string& name) {
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found != fields.end() ? &found->type : nullptr;
}

Differences word_differences(const std::string& path, const Type& declared, const Type& described) {
    Differences result;
    for (const std::string& word : declared.enumerators) {
        if (std::ranges::find(described.enumerators, word) == described.enumerators.end()) {
            result.push_back(path + ": the code lacks the word " + word);
        }
    }
    for (const std::string& word : described.enumerators) {
        if (std::ranges::find(declared.enumerators, word) == declared.enumerators.end()) {
            result.push_back(path + ": the interface lacks the word " + word);
        }
    }
    return result;
}

}  // namespace

Differences type_differences(const Interface& interface, const std::string& path,
                             const Type& declared, const Type& described) {
    if (declared.nullable != described.nullable) {
        return {path + (declared.nullable ? ": must be optional" : ": must not be optional")};
    }
    if (declared.kind == Type::Kind::named) {
        const TypeDefinition* definition = interface.type(declared.name);
        if (definition == nullptr) {
            return {path + ": the interface lacks its type " + declared.name};
        }
        Type resolved = definition->type;
        resolved.nullable = declared.nullable;
        return type_differences(interface, path, resolved, described);
    }
    if (declared.kind != described.kind) {
        return {path + ": is of another type"};
    }
    switch (declared.kind) {
        case Type::Kind::structure:
            return field_differences(interface, path, declared.fields, described);
        case Type::Kind::enumeration:
            return word_differences(path, declared, described);
        case Type::Kind::array:
        case Type::Kind::dictionary:
            return type_differences(interface, path + "[]", declared.element.front(),
                                    described.element.front());
        default:
            return {};
    }
}

Differences field_differences(const Interface& interface, const std::string& path,
                              const std::vector<Field>& declared, const Type& described) {
    Differences result;
    for (const Field& field : declared) {
        const std::string place = path + "." + field.name;
        const Type* counterpart = find_field(described.fields, field.name);
        append(result, counterpart != nullptr
                           ? type_differences(interface, place, field.type, *counterpart)
                           : Differences{place + ": the code lacks it"});
    }
    for (const Field& field : described.fields) {
        if (find_field(declared, field.name) == nullptr) {
            result.push_back(path + "." + field.name + ": the interface lacks it");
        }
    }
    return result;
}

}  // namespace catalogd::protocol::idl
