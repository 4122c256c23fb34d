#include "endpoints/http/metrics_text.h"

#include <array>
#include <charconv>

namespace catalogd::endpoints::http {
namespace {

constexpr int least_power = 16;  // of two nanoseconds
constexpr int greatest_power = 34;

std::string number_text(double value) {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return {digits.data(), end};
}

std::string joined(std::string_view labels, const std::string& more) {
    return labels.empty() ? more : std::string(labels) + ',' + more;
}

}  // namespace

std::string escaped_label(std::string_view value) {
    std::string out;
    for (const char letter : value) {
        if (letter == '\n') {
            out += "\\n";
            continue;
        }
        out += letter == '"' || letter == '\\' ? "\\" : "";
        out += letter;
    }
    return out;
}

void append_sample(std::string& out, std::string_view name, std::string_view labels, double value) {
    out += name;
    if (!labels.empty()) {
        ((out += '{') += labels) += '}';
    }
    ((out += ' ') += number_text(value)) += '\n';
}

void append_histogram(std::string& out, std::string_view name, std::string_view labels,
                      const actors::Timing& timing) {
    const auto counts = timing.spread().counts();
    const std::string bucket = std::string(name) + "_bucket";
    std::int64_t seen = 0;
    std::size_t range = 0;
    for (int power = least_power; power <= greatest_power; ++power) {
        const std::int64_t bound = std::int64_t{1} << power;
        while (range < counts.size() && catalog::Durations::end_of(range) <= bound) {
            seen += counts[range++];
        }
        const std::string le = "le=\"" + number_text(static_cast<double>(bound) / 1e9) + '"';
        append_sample(out, bucket, joined(labels, le), static_cast<double>(seen));
    }
    while (range < counts.size()) {
        seen += counts[range++];
    }
    append_sample(out, bucket, joined(labels, "le=\"+Inf\""), static_cast<double>(seen));
    append_sample(out, std::string(name) + "_sum", labels,
                  std::chrono::duration<double>(timing.total()).count());
    append_sample(out, std::string(name) + "_count", labels, static_cast<double>(seen));
}

}  // namespace catalogd::endpoints::http
