// That the server holds maintenance off, for as long as it has asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "catalog/transaction.h"

namespace catalogd::catalog {

struct MaintenanceHold {
    std::int64_t asked = 0;  // milliseconds since 1970, as the next
    std::int64_t until = 0;
    std::string reason;
    bool operator==(const MaintenanceHold&) const = default;
};

// Without one, it is let go.
void keep_hold(WriteTransaction& transaction, const std::optional<MaintenanceHold>& hold);

// The one that was kept last and not let go, also when its time is over.
std::optional<MaintenanceHold> find_hold(Connection& connection);

}  // namespace catalogd::catalog
