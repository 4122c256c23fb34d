// Command lines run against a fake daemon, with all that they read and write in hand.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "protocol/clients.h"
#include "protocol/files.h"
#include "tests/cli/fake_daemon.h"

namespace catalogd::cli {

inline constexpr std::string_view laptop_id = "0193abcd11117222b333444455556666";

inline protocol::clients::Client laptop() {
    protocol::clients::Client client;
    client.id = *protocol::parse_id(laptop_id);
    client.name = "laptop";
    client.last_seen = *protocol::parse_time("2025-01-10T12:00:00Z");
    client.files = 12345;
    client.verified_files = 7;
    client.bytes = 1'572'864;
    return client;
}

inline protocol::files::File record(const std::string& name) {
    protocol::files::File file;
    file.client_id = *protocol::parse_id(laptop_id);
    file.client_name = "laptop";
    file.name = name;
    file.path = "/srv/" + name;
    file.size = 2048;
    file.modified = *protocol::parse_time("2025-01-10T12:00:00Z");
    file.crc = 0xcbf43926;
    return file;
}

class CommandTest : public ::testing::Test {
protected:
    // As `main` does, but for the streams.
    ExitCode run(const std::vector<std::string>& arguments) {
        CommandLine line = parse_command_line(arguments);
        if (!line.command) {
            err_ << line.text;
            return line.code;
        }
        line.options.socket = socket_;
        Session session{line.options, terminal_, in_, out_, err_};
        const Outcome outcome = line.command(session);
        if (!outcome) {
            tell(session, outcome.error());
            return outcome.error().code;
        }
        return *outcome;
    }

    [[nodiscard]] std::ptrdiff_t lines() const {
        const std::string text = out_.str();
        return std::count(text.begin(), text.end(), '\n');
    }

    void know_laptop() { daemon_.on<protocol::clients::Get>({laptop()}); }

    FakeDaemon daemon_;
    std::string socket_ = daemon_.socket();
    Terminal terminal_;
    std::istringstream in_;
    std::ostringstream out_;
    std::ostringstream err_;
};

}  // namespace catalogd::cli
