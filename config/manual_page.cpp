#include <string_view>

#include "config/key_facts.h"
#include "config/keys.h"
#include "config/sample.h"
#include "config/written.h"

namespace catalogd::config {
namespace {

constexpr std::string_view kHead =
    R"(.\" Made from the table of keys in config/keys.cpp; a test compares it with the table.
.TH CATALOGD.YAML 5 "" catalogd
.SH NAME
catalogd.yaml \- configuration of catalogd
.SH SYNOPSIS
.I /etc/catalogd/catalogd.yaml
.SH DESCRIPTION
One YAML document, read strictly: unknown keys, keys given twice, values of the wrong type or unit
or out of bounds, anchors and aliases are refused, all of them in one run.
.B catalogd \-\-check\-config
tells what is wrong with a file,
.B catalogd \-\-dump\-config
what each key is set to and by what.
.PP
A value comes from the last of these that gives one: the default; the catalog, for what
.B catalogctl settings set
has kept there; the file; the environment, where
.I log.level
is
.BR CATALOGD_LOG__LEVEL ;
a flag of the command line.
.B systemctl reload catalogd
has the file read again; where anything is wrong with it, what was in force stays in force.
.PP
Durations have a unit (500ms, 30s, 5m, 1h, 1d), and so have sizes (B, KiB, MiB, GiB; KB, MB, GB).
A mode is four octal digits in quotes. A list is written [user:backup, group:operators].
)";

constexpr std::string_view kTail = R"(.SH SEE ALSO
.BR catalogd (8),
.BR catalogctl (1)
)";

std::string roff(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace

std::string manual_page() {
    std::string page(kHead);
    for (const std::string_view section : sections()) {
        page += ".SH KEYS OF " + std::string(section) + "\n";
        for (const Key& key : keys()) {
            if (key.section != section) {
                continue;
            }
            page += ".TP\n.B " + roff(section) + '.' + roff(key.name) + "\n" + roff(key.sentence) +
                    "\n.br\nA " + roff(type_name(key)) + ": " + roff(allowed(key)) +
                    ". Default: " + roff(written_fallback(key)) + ". A change is in force " +
                    roff(in_force(key)) + ".\n";
        }
    }
    return page + std::string(kTail);
}

}  // namespace catalogd::config
