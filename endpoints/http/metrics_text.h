// Samples as Prometheus reads them: for metrics.cpp alone.
#pragma once

#include <string>
#include <string_view>

#include "actors/timing.h"

namespace catalogd::endpoints::http {

// `labels` as they stand between the braces; empty: none.
void append_sample(std::string& out, std::string_view name, std::string_view labels, double value);

// In seconds, with buckets at the powers of two from 65 µs to 17 s, where the counts are exact.
void append_histogram(std::string& out, std::string_view name, std::string_view labels,
                      const actors::Timing& timing);

// The text between the quotes of a label's value.
std::string escaped_label(std::string_view value);

}  // namespace catalogd::endpoints::http
