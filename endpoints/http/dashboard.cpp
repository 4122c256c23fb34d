#include "endpoints/http/dashboard.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace catalogd::embedded {

// web/CMakeLists.txt makes it: names without their ending, and texts.
extern const std::span<const std::pair<std::string_view, std::string_view>> web_files;

}  // namespace catalogd::embedded

namespace catalogd::endpoints::http {
namespace {

struct File {
    std::string_view path;
    std::string_view name;
    std::string_view type;
};

constexpr std::array files{
    File{"/", "index", "text/html; charset=utf-8"},
    File{"/style.css", "style", "text/css; charset=utf-8"},
    File{"/dashboard.js", "dashboard", "text/javascript; charset=utf-8"},
    File{"/chart.js", "chart.min", "text/javascript; charset=utf-8"},
};

// Nothing from elsewhere, nothing inline, in nobody's frame.
constexpr const char* policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

}  // namespace

std::optional<Response> dashboard_file(std::string_view path) {
    const auto* file = std::ranges::find(files, path, &File::path);
    if (file == files.end()) {
        return {};
    }
    const auto text = std::ranges::find(embedded::web_files, file->name,
                                        &std::pair<std::string_view, std::string_view>::first);
    Response response;
    response.type = file->type;
    response.body = std::string(text->second);
    response.fields = {{"Content-Security-Policy", policy}, {"Referrer-Policy", "no-referrer"}};
    return response;
}

}  // namespace catalogd::endpoints::http
