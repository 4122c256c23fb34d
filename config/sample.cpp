#include "config/sample.h"

#include <sstream>
#include <string_view>

#include "config/key_facts.h"
#include "config/keys.h"
#include "config/written.h"

namespace catalogd::config {
namespace {

constexpr std::size_t kLineWidth = 96;

constexpr std::string_view kSampleHead =
    "The configuration of catalogd: every key with its default. Take the # away from a key to set "
    "it. docs/configuration.md says how values are written. \"catalogd --check-config\" tells "
    "everything that is wrong with a file, and \"catalogd --dump-config\" what is in force and "
    "where each value came from.";

constexpr std::string_view kReferenceHead = R"(# Configuration

This page is made from the table of keys in `config/keys.cpp`; a test compares it with the table.

A value comes from the last of these that gives one:

1. the default,
2. the catalog, for what operators set while the daemon runs: `catalogctl settings set NAME VALUE`,
3. the file that `--config` names,
4. the environment: `log.level` is `CATALOGD_LOG__LEVEL`,
5. a flag of the command line.

`catalogctl settings list` shows what a running daemon uses and where each value came from.
`catalogctl reload`, or SIGHUP, has it read the file again; where anything is wrong with it, the old
one stays in force as a whole. The last column of the tables says when a change is in force: *at
once*, or *at start* of the daemon. Keys that are *at start, not kept in the catalog* are needed
before the catalog is open.

`catalogd --dump-config` prints each key's value and where it came from, as a file that can be
loaded again; it does not look into the catalog. `catalogd --check-config` reports everything that is wrong, one line for each fault,
as `FILE:LINE:COLUMN: key: reason`, `environment NAME: key: reason` or
`flag --NAME: key: reason`. The daemon does the same when it starts, and exits with status 78.

[config/catalogd.yaml](../config/catalogd.yaml) is a file to start from.

## How values are written

| what | how |
|---|---|
| a duration | a whole number and a unit: `500ms`, `30s`, `5m`, `1h`, `1d` |
| a size | a whole number and a unit: `B`, `KiB`, `MiB`, `GiB` (1024) or `KB`, `MB`, `GB` (1000) |
| a whole number | decimal digits without quotes |
| a mode | four octal digits in quotes: `"0660"` |
| a list | `[user:backup, group:operators, user:1000]`; in the environment `user:backup,group:operators` |
| a time | `every 6h`, `daily 02:30`, `weekly sun 03:00` or `never`; ` in 01:00-05:00` behind it are the hours in which it may begin; times of day are local ones |
| a path | as it is; one that does not start with `/` counts from the daemon's working directory |

The file is YAML, strictly: one document in UTF-8 of at most 1 MiB and 16 levels. Unknown keys, keys
given twice, values of the wrong type or unit or out of bounds, anchors, aliases, merge keys and tags
are refused. An empty file and an empty section are fine. So are variables that start with
`CATALOGD_` and hold no double underscore; one that does and names no key is refused.
)";

/// The text in lines that start with the prefix and hold whole words.
std::string wrapped(std::string_view text, const std::string& prefix) {
    std::istringstream words{std::string(text)};
    std::string out;
    std::string line = prefix;
    for (std::string word; words >> word;) {
        if (line.size() + 1 + word.size() > kLineWidth) {
            out += line + "\n";
            line = prefix;
        }
        line += " " + word;
    }
    return out + line + "\n";
}

}  // namespace

std::string sample() {
    std::string out = wrapped(kSampleHead, "#");
    for (const std::string_view section : sections()) {
        out += "\n";
        out += std::string(section) + ":\n";
        bool first = true;
        for (const Key& key : keys()) {
            if (key.section != section) {
                continue;
            }
            out += first ? "" : "\n";
            first = false;
            out += wrapped(key.sentence, "  #");
            out += wrapped("A " + type_name(key) + ": " + allowed(key) + ".", "  #");
            out += "  #" + std::string(key.name) + ": " + written_fallback(key) + "\n";
        }
    }
    return out;
}

std::string reference() {
    std::string out(kReferenceHead);
    for (const std::string_view section : sections()) {
        out += "\n## " + std::string(section) +
               "\n\n| key | type | default | allowed | meaning | in force |\n" +
               "|---|---|---|---|---|---|\n";
        for (const Key& key : keys()) {
            if (key.section == section) {
                out += "| `" + key.full_name() + "` | " + type_name(key) + " | `" +
                       written_fallback(key) + "` | " + allowed(key) + " | " +
                       std::string(key.sentence) + " | " + in_force(key) + " |\n";
            }
        }
    }
    out += "\n## Values that depend on each other\n\n";
    for (const AtLeast& rule : rules()) {
        out += "- `" + std::string(rule.larger) + "` must be at least `" +
               std::string(rule.smaller) + "`: otherwise " + std::string(rule.because) + ".\n";
    }
    return out;
}

}  // namespace catalogd::config
