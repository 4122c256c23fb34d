#pragma once

#include <string>

namespace catalogd::config {

/// config/catalogd.yaml: every key at its default behind a "#", and what it means above it.
std::string sample();

/// docs/configuration.md: the same as a page, with the rules for files, variables and flags.
std::string reference();

/// docs/man/catalogd.yaml.5: the manual page of the file, as roff.
std::string manual_page();

}  // namespace catalogd::config
