// What a line of the log is about, beside its text, for whoever searches the journal.
#pragma once

#include <array>
#include <string_view>

namespace catalogd::actors {

// Holds for every line that this thread writes while it lives. What it names must live as long.
// Costs a store; the log alone looks at it.
class LogField {
public:
    // `name` is one of those below.
    LogField(const char* name, std::string_view value);
    ~LogField();
    LogField(const LogField&) = delete;
    LogField& operator=(const LogField&) = delete;

    // The innermost of this thread; each leads to the one around it.
    [[nodiscard]] static const LogField* innermost();
    [[nodiscard]] const LogField* around() const { return around_; }
    [[nodiscard]] const char* name() const { return name_; }
    [[nodiscard]] std::string_view value() const { return value_; }

private:
    const char* name_;
    std::string_view value_;
    const LogField* around_;
};

namespace log_field {

inline constexpr const char* job = "CATALOGD_JOB";        // "vacuum"
inline constexpr const char* client = "CATALOGD_CLIENT";  // its identifier
inline constexpr const char* method = "CATALOGD_METHOD";  // "io.catalogd.Files.Save"
inline constexpr const char* message_id = "MESSAGE_ID";   // one of log_message

}  // namespace log_field

// The lines that an operator may want to be told of, whatever their wording: `journalctl
// MESSAGE_ID=…`. systemd/catalogd.catalog explains each; a test compares the two.
namespace log_message {

inline constexpr std::string_view serving = "6a98df9bfb2c4e04bf31dcbad84a2a87";
inline constexpr std::string_view stopped = "d034284801f44d6f86aa31f23abdf031";
inline constexpr std::string_view not_started = "676734fbabe84191b2dd35f52ddab062";
inline constexpr std::string_view writes_ended = "b1708a440e5b4b0397b379b1e0045cf7";
inline constexpr std::string_view configuration_refused = "cd577b54613a4f0e98581615e6720dce";
inline constexpr std::string_view keys_unavailable = "e0e07aea22c44d83916df672dd58e40f";
inline constexpr std::string_view restored = "a2d689552bc04ac795e90b26975c803d";
inline constexpr std::string_view rolled_back = "ed72b7a86a4543c1a8cdd1410df088e2";

inline constexpr std::array all{
    serving,          stopped,  not_started, writes_ended, configuration_refused,
    keys_unavailable, restored, rolled_back};

}  // namespace log_message

}  // namespace catalogd::actors
