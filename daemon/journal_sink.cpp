#include "daemon/journal_sink.h"

// Without the place of the call: it would be that of this file in every line.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <sys/uio.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "actors/log_fields.h"

namespace catalogd::daemon {
namespace {

std::vector<std::string> fields_of(const spdlog::details::log_msg& message) {
    std::vector<std::string> fields{
        "MESSAGE=" + std::string(message.payload.data(), message.payload.size()),
        std::string("PRIORITY=") + journal_priority(message.level), "SYSLOG_IDENTIFIER=catalogd"};
    for (auto* field = actors::LogField::innermost(); field != nullptr; field = field->around()) {
        if (!field->value().empty()) {
            fields.push_back(std::string(field->name()) + '=' + std::string(field->value()));
        }
    }
    return fields;
}

}  // namespace

char journal_priority(spdlog::level::level_enum level) {
    constexpr std::string_view priorities = "7764322";  // trace … critical, off
    return priorities[static_cast<std::size_t>(level)];
}

bool JournalSink::journal_listens() {
    return ::access("/run/systemd/journal/socket", W_OK) == 0;
}

void JournalSink::sink_it_(const spdlog::details::log_msg& message) {
    std::vector<std::string> fields = fields_of(message);
    std::vector<iovec> parts;
    parts.reserve(fields.size());
    for (std::string& field : fields) {
        parts.push_back({field.data(), field.size()});
    }
    if (::sd_journal_sendv(parts.data(), static_cast<int>(parts.size())) != 0) {
        otherwise_->log(message);
    }
}

}  // namespace catalogd::daemon
