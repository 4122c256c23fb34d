#include "cli/events.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "cli/figures.h"
#include "cli/json_lines.h"
#include "cli/printable.h"
#include "protocol/health.h"

namespace catalogd::cli {
namespace {

namespace json = boost::json;

constexpr std::string_view common_prefix = "io.catalogd.";
constexpr std::size_t type_width = 22;

std::string text_of(const json::object& event, std::string_view name) {
    const auto* value = event.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

// All that a snapshot tells is what catalogctl health prints: here its verdict is enough.
std::string data_of(const json::object& event, std::string_view type) {
    const auto* data = event.if_contains("data");
    if (data == nullptr) {
        return "";
    }
    if (type == "snapshot") {
        boost::system::error_code missing;
        const auto* status = data->find_pointer("/health/status", missing);
        return status != nullptr ? json::serialize(*status) : "";
    }
    return data->is_object() && data->get_object().empty() ? "" : json::serialize(*data);
}

void print_event(const Session& session, const json::object& event) {
    std::string type = text_of(event, "type");
    if (type.starts_with(common_prefix)) {
        type.erase(0, common_prefix.size());
    }
    const auto time = protocol::parse_time(text_of(event, "time"));
    std::string data = data_of(event, type);
    if (!data.empty()) {
        type.resize(std::max(type.size(), type_width), ' ');
        data.insert(0, "  ");
    }
    session.out << (time ? short_time(*time) : "") << "  " << printable(type) << printable(data)
                << '\n';
}

}  // namespace

Outcome run(Session& session, const EventsFollow& command) {
    protocol::health::Watch watch;
    if (!command.types.empty()) {
        watch.types = command.types;
    }
    if (!command.after.empty()) {
        watch.after = command.after;
    }
    std::string parameters;
    protocol::encode(parameters, watch);
    auto daemon = session.connect();
    if (!daemon) {
        return daemon.error();
    }
    const auto print = [&](protocol::Parameters reply) {
        const auto* event = reply != nullptr ? reply->if_contains("event") : nullptr;
        if (event != nullptr && event->is_object()) {
            if (session.options.json) {
                print_object(session.out, &event->get_object());
            } else {
                print_event(session, event->get_object());
            }
        }
        session.out.flush();
        return session.out.good();
    };
    if (auto done = daemon->exchange(watch.method, parameters, true, print); !done) {
        return done.error();
    }
    return ExitCode::ok;
}

}  // namespace catalogd::cli
