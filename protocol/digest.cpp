#include "protocol/digest.h"

#include <sodium/crypto_generichash.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cmath>
#include <string>
#include <vector>

namespace catalogd::protocol {
namespace {

namespace json = boost::json;

// One text for all that is equal as JSON, and no other text for it: a letter for the kind, a length
// or a number, and what is within.
class Canonical {
public:
    explicit Canonical(std::string& out) : out_(out) {}

    void append(std::string_view text) {
        out_ += 's' + std::to_string(text.size()) + ':';
        out_ += text;
    }

    void append(const json::object& object, std::string_view left_out = {}) {
        using Member = json::key_value_pair;
        std::vector<const Member*> members;
        for (const Member& member : object) {
            if (!member.value().is_null() && (left_out.empty() || member.key() != left_out)) {
                members.push_back(&member);
            }
        }
        std::ranges::sort(members, {},
                          [](const Member* member) { return std::string_view(member->key()); });
        out_ += 'o' + std::to_string(members.size()) + ':';
        for (const Member* member : members) {
            append(std::string_view(member->key()));
            append(member->value());
        }
    }

private:
    void append(const json::array& array) {
        out_ += 'a' + std::to_string(array.size()) + ':';
        for (const json::value& element : array) {
            append(element);
        }
    }

    // 1 and 1.0 are one number.
    void append(double number) {
        constexpr double exactly_whole = 9007199254740992.0;  // 2^53
        if (std::trunc(number) == number && std::abs(number) < exactly_whole) {
            out_ += 'i' + std::to_string(static_cast<std::int64_t>(number)) + ';';
        } else {
            const auto bits = reinterpret_cast<const char*>(&number);
            (out_ += 'd').append(bits, sizeof number);
        }
    }

    void append(const json::value& value) {
        switch (value.kind()) {
            case json::kind::object:
                return append(value.get_object());
            case json::kind::array:
                return append(value.get_array());
            case json::kind::string:
                return append(std::string_view(value.get_string()));
            case json::kind::int64:
                out_ += 'i' + std::to_string(value.get_int64()) + ';';
                return;
            case json::kind::uint64:
                out_ += 'i' + std::to_string(value.get_uint64()) + ';';
                return;
            case json::kind::double_:
                return append(value.get_double());
            case json::kind::bool_:
                out_ += value.get_bool() ? 't' : 'f';
                return;
            case json::kind::null:
                out_ += 'n';
        }
    }

    std::string& out_;
};

}  // namespace

Digest digest_of(std::string_view method, Parameters parameters) {
    static thread_local std::string text;  // keeps its memory from call to call
    text.clear();
    Canonical canonical(text);
    canonical.append(method);
    static const json::object none;
    canonical.append(parameters != nullptr ? *parameters : none, "requestId");
    Digest digest{};
    crypto_generichash(digest.data(), digest.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr,
                       0);
    constexpr std::size_t kept = 64 * 1024;
    if (text.capacity() > kept) {
        text = std::string();
    }
    return digest;
}

}  // namespace catalogd::protocol
