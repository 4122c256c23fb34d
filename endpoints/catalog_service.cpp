#include "endpoints/catalog_service.h"

#include <algorithm>

#include "protocol/interfaces.h"

namespace catalogd::endpoints {

namespace errors = protocol::errors;

protocol::Error unknown_method(std::string_view name) {
    const auto dot = name.rfind('.');
    const std::string_view interface = name.substr(0, dot == std::string_view::npos ? 0 : dot);
    if (!protocol::description_of(interface)) {
        return errors::InterfaceNotFound{std::string(interface)};
    }
    if (protocol::describes_method(interface, name.substr(dot + 1))) {
        return errors::MethodNotImplemented{std::string(name)};
    }
    return errors::MethodNotFound{std::string(name)};
}

protocol::Result<Task> CatalogService::prepare(const protocol::Call& call, const Caller& caller,
                                               std::size_t bytes) const {
    const Method* method = find_method(call.method);
    const Role least = method != nullptr ? method->role : Role::read;
    const bool varies = method != nullptr && method->role_for != nullptr;
    const Role needed = varies ? std::max(least, method->role_for(call)) : least;
    if (caller.role < needed) {
        refusals_.note(caller, method);
        return protocol::Error(errors::AccessDenied{std::string(name_of(caller.role)),
                                                    std::string(name_of(needed)),
                                                    "access." + std::string(name_of(needed))});
    }
    if (method == nullptr) {
        return unknown_method(call.method);
    }
    if (call.upgrade) {
        return protocol::Error(errors::InvalidParameter{"upgrade"});
    }
    if (call.timeout_ms && *call.timeout_ms < 1) {
        return protocol::Error(errors::InvalidValue{std::string(protocol::timeout_header),
                                                    "must be a whole number of at least 1"});
    }
    auto task = method->prepare(actors_, call, caller, bytes);
    if (task) {
        ++(task->conduct == Conduct::listing ? actors_.arrivals.of_long
                                             : actors_.arrivals.of_short);
    }
    return task;
}

}  // namespace catalogd::endpoints
