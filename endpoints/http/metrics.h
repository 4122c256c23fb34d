// /metrics: the daemon's figures in Prometheus' text format. The rows are the one list of them:
// docs/metrics.md is made of it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "endpoints/method_table.h"

namespace catalogd::endpoints::http {

// What is shown, at one moment.
struct Shown {
    const Actors& actors;
    const protocol::health::Health& health;
    std::size_t connections = 0;       // of the Unix socket
    std::size_t http_connections = 0;  // of this port
    std::int64_t http_refused = 0;
};

struct Metric {
    std::string_view name;
    std::string_view type;  // counter, gauge or histogram
    std::string_view help;
    std::string_view labels;  // for a reader: "class"
    void (*write)(std::string& out, std::string_view name, const Shown& shown);
};

std::span<const Metric> metrics();

std::string metrics_text(const Shown& shown);

inline constexpr std::string_view metrics_type = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace catalogd::endpoints::http
