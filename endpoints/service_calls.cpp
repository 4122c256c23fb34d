#include "endpoints/service_calls.h"

#include "endpoints/catalog_calls.h"
#include "protocol/interfaces.h"
#include "protocol/version.h"

namespace catalogd::endpoints {
namespace {

namespace service = protocol::service;
namespace errors = protocol::errors;

protocol::Result<service::GetInfo::Reply> reply_to(const service::GetInfo& /*message*/) {
    service::GetInfo::Reply info{
        "catalogd", "catalogd", std::string(protocol::version), "man:catalogd(8)", {}};
    for (const auto& [name, text] : protocol::interfaces()) {
        info.interfaces.emplace_back(name);
    }
    return info;
}

protocol::Result<service::GetInterfaceDescription::Reply> reply_to(
    const service::GetInterfaceDescription& message) {
    const auto text = protocol::description_of(message.interface);
    if (!text) {
        return protocol::Error(errors::InterfaceNotFound{message.interface});
    }
    return service::GetInterfaceDescription::Reply{std::string(*text)};
}

}  // namespace

template <class Message>
    requires std::same_as<Message, service::GetInfo> ||
             std::same_as<Message, service::GetInterfaceDescription>
protocol::Result<Task> prepare(const Actors& /*actors*/, const protocol::Call& call,
                               const Caller& /*caller*/, std::size_t /*bytes*/) {
    auto message = protocol::decode<Message>(call.parameters);
    if (!message) {
        return message.error();
    }
    return Task{Conduct::read,
                [frame = frame_of(reply_to(*message))](
                    const std::shared_ptr<Responder>& responder) { responder->finish(frame); }};
}

template protocol::Result<Task> prepare<service::GetInfo>(const Actors&, const protocol::Call&,
                                                          const Caller&, std::size_t);
template protocol::Result<Task> prepare<service::GetInterfaceDescription>(const Actors&,
                                                                          const protocol::Call&,
                                                                          const Caller&,
                                                                          std::size_t);

}  // namespace catalogd::endpoints
