// A request and its answer, as whoever answers sees them: nothing of the library that speaks HTTP.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace catalogd::endpoints::http {

struct Request {
    std::string method;
    std::string target;
    bool upgrade = false;
    bool has_body = false;
    // In the order in which they came; names in lower case.
    std::vector<std::pair<std::string, std::string>> fields;

    // Every value of this field.
    [[nodiscard]] std::vector<std::string_view> values(std::string_view name) const {
        std::vector<std::string_view> found;
        for (const auto& [field, value] : fields) {
            if (field == name) {
                found.emplace_back(value);
            }
        }
        return found;
    }
};

struct Response {
    int status = 200;
    std::string type = "text/plain; charset=utf-8";
    std::string body{};
    std::vector<std::pair<std::string, std::string>> fields{};
};

// "/v1/events?after=x&types=a,b": path, and each parameter decoded. Empty where it is malformed, or
// a parameter stands twice.
struct Target {
    std::string path;
    std::map<std::string, std::string, std::less<>> parameters;
};
std::optional<Target> parse_target(std::string_view target);

}  // namespace catalogd::endpoints::http
