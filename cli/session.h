// What every command is given: where to write, how, and which daemon to ask.
#pragma once

#include <iosfwd>
#include <string>

#include "cli/failure.h"
#include "cli/varlink_client.h"

namespace catalogd::cli {

// Which of the standard streams are a terminal, and what may be drawn there.
struct Terminal {
    bool in = false;
    bool out = false;
    bool err = false;
    bool colour = false;  // on `out`
    int columns = 80;     // of `err`
};

struct GlobalOptions {
    std::string socket;
    bool json = false;
    bool csv = false;  // never with json; of lists alone
    bool no_legend = false;
};

struct Session {
    GlobalOptions options;
    Terminal terminal;
    std::istream& in;
    std::ostream& out;  // data
    std::ostream& err;  // messages

    [[nodiscard]] Result<VarlinkClient> connect() const {
        return VarlinkClient::connect(options.socket);
    }
};

// How a command ends: with its exit code, or with a failure that is yet to be told.
using Outcome = Result<ExitCode>;

// One line on `err`; as JSON where JSON was asked for.
void tell(const Session& session, const Failure& failure);

// Asks on the terminal, and fails where there is none to ask on: nothing is deleted unasked.
Result<bool> confirmed(const Session& session, const std::string& question, bool assume_yes);

}  // namespace catalogd::cli
