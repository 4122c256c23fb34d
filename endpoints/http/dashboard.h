// The dashboard's files, as they are in web/.
#pragma once

#include <optional>
#include <string_view>

#include "endpoints/http/message.h"

namespace catalogd::endpoints::http {

// Empty where the path is none of theirs.
std::optional<Response> dashboard_file(std::string_view path);

}  // namespace catalogd::endpoints::http
