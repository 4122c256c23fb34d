#include <sstream>

#include "cli/figures.h"
#include "cli/scan.h"

namespace catalogd::cli {

std::string to_json(const ScanSummary& summary) {
    std::ostringstream json;
    json << "{\"files\":" << summary.files << ",\"created\":" << summary.created
         << ",\"updated\":" << summary.updated << ",\"unchanged\":" << summary.unchanged
         << ",\"skipped\":" << summary.skipped << ",\"bytes\":" << summary.bytes
         << ",\"missing\":" << summary.missing
         << ",\"unreadableFolders\":" << summary.unreadable_folders
         << ",\"interrupted\":" << (summary.interrupted ? "true" : "false") << '}';
    return json.str();
}

std::string to_lines(const ScanSummary& summary) {
    std::string text = grouped(summary.created) + " new, " + grouped(summary.updated) +
                       " updated, " + grouped(summary.unchanged) + " unchanged, " +
                       grouped(summary.skipped) + " skipped (" + human_bytes(summary.bytes) +
                       " recorded)\n";
    if (summary.missing > 0) {
        text += grouped(summary.missing) + " recorded files are not on disk any more\n";
    }
    if (summary.unreadable_folders > 0) {
        text += grouped(summary.unreadable_folders) + " folders could not be read\n";
    }
    return text;
}

ExitCode exit_code(const ScanSummary& summary) {
    if (summary.interrupted) {
        return ExitCode::interrupted;
    }
    const bool whole = summary.skipped == 0 && summary.unreadable_folders == 0;
    return whole ? ExitCode::ok : ExitCode::failed;
}

}  // namespace catalogd::cli
