// Times as they are typed: RFC 3339, or a date alone for that whole day.
#pragma once

#include <optional>
#include <string>

#include "cli/failure.h"
#include "protocol/values.h"

namespace catalogd::cli {

// Leaves `to` empty where the text is. `option` names the text in the failure.
Result<void> read_time(const std::string& option, const std::string& text,
                       std::optional<protocol::TimeOrDay>& to);

}  // namespace catalogd::cli
