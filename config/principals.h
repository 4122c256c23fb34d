#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace catalogd::config {

/// Why the text cannot be a user's or group's name or number; nothing looks it up here.
std::optional<std::string> refuse_account(std::string_view account);

/// Why the text is not "user:" or "group:" followed by an account.
std::optional<std::string> refuse_principal(std::string_view principal);

}  // namespace catalogd::config
