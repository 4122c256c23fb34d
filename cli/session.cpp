#include "cli/session.h"

#include <istream>
#include <ostream>

#include "cli/printable.h"
#include "protocol/codec.h"

namespace catalogd::cli {

void tell(const Session& session, const Failure& failure) {
    session.out.flush();
    if (!session.options.json) {
        session.err << "catalogctl: " << printable(failure.text) << std::endl;
        return;
    }
    std::string json = "{";
    if (!failure.name.empty()) {
        protocol::append_quoted(json += "\"error\":", failure.name);
        ((json += ",\"parameters\":") += failure.parameters) += ',';
    }
    // Escaped first: a message may quote bytes that are not UTF-8, and JSON has no place for them.
    protocol::append_quoted(json += "\"message\":", printable(failure.text));
    session.err << printable_json(json += '}') << std::endl;
}

Result<bool> confirmed(const Session& session, const std::string& question, bool assume_yes) {
    if (assume_yes) {
        return true;
    }
    if (!session.terminal.in) {
        return usage_failure("nobody to ask: give --yes to go on without a question");
    }
    session.err << printable(question) << " [y/N] " << std::flush;
    std::string answer;
    std::getline(session.in, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace catalogd::cli
