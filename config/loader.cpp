#include "config/loader.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <stdexcept>
#include <utility>

#include "config/characters.h"
#include "config/conflict.h"
#include "config/file_text.h"
#include "config/keys.h"
#include "config/nearest.h"
#include "config/values.h"

namespace catalogd::config {
namespace {

constexpr std::string_view kVariablePrefix = "CATALOGD_";

/// The key that a variable seems to mean: CATALOGD_LOG__LEVEL is log.level.
std::string key_of(std::string_view variable) {
    variable.remove_prefix(kVariablePrefix.size());
    const std::size_t gap = variable.find("__");
    std::string key = std::string(variable.substr(0, gap)) + "." +
                      std::string(variable.substr(std::min(gap + 2, variable.size())));
    std::ranges::transform(key, key.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return key;
}

struct Found {
    Position at;  // in the file
    Problem problem;
};

class Loading {
public:
    Loading();

    void read_state_directory(const std::map<std::string, std::string>& environment);
    void read_file(const std::string& path);
    void read_environment(const std::map<std::string, std::string>& environment);
    void read_flag(const Override& flag);
    void check_rules();
    std::variant<Loaded, std::vector<Problem>> finish();

private:
    /// The place of a fault as its source names it.
    static std::string place(const std::string& source, Position at);
    void report(const std::string& source, const Fault& fault);
    void set(const Key& key, const Node& value, Layer layer, const std::string& source);
    void read_text_of(const std::string& path);
    void read_section(const std::string& path, const Node& name, const Node& section);
    void read_key(const std::string& path, const std::string& section, const Node& name,
                  const Node& value);

    Loaded loaded_;
    std::vector<Found> found_;
    std::set<std::string, std::less<>> refused_;  // keys with a value that was refused
};

Loading::Loading() {
    for (const Key& key : keys()) {
        loaded_.origins.push_back({key.full_name()});
        if (!assign(key, outside_value(key, key.fallback), loaded_.config).empty()) {
            throw std::logic_error("the default of " + key.full_name() + " is refused");
        }
    }
}

std::string Loading::place(const std::string& source, Position at) {
    if (at.line == 0) {
        return source;
    }
    return source + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

void Loading::report(const std::string& source, const Fault& fault) {
    found_.push_back({fault.at, {place(source, fault.at), printable(fault.key), fault.reason}});
}

void Loading::set(const Key& key, const Node& value, Layer layer, const std::string& source) {
    const std::vector<Fault> faults = assign(key, value, loaded_.config);
    for (const Fault& fault : faults) {
        report(source, fault);
    }
    if (!faults.empty() || value.kind == Node::Kind::Refused) {
        refused_.insert(key.full_name());
        return;
    }
    Origin& origin = loaded_.origin(key);
    origin.layer = layer;
    origin.line = value.at.line;
    origin.where = source;
    if (value.at.line != 0) {
        origin.where += std::string(":") + std::to_string(value.at.line);
    }
}

void Loading::read_state_directory(const std::map<std::string, std::string>& environment) {
    for (const Key& key : keys()) {
        const auto found = environment.find(std::string(key.folder));
        if (key.folder.empty() || found == environment.end() || found->second.empty()) {
            continue;
        }
        // systemd separates several directories by colons; the first is the service's own.
        const std::string folder = found->second.substr(0, found->second.find(':'));
        const std::string file(key.fallback.substr(key.fallback.rfind('/')));
        set(key, outside_value(key, folder + file), Layer::Default, "environment " + found->first);
        loaded_.origin(key).where = "default in " + found->first;
    }
}

void Loading::read_file(const std::string& path) {
    const auto before = static_cast<std::ptrdiff_t>(found_.size());
    read_text_of(path);
    std::stable_sort(found_.begin() + before, found_.end(), [](const Found& a, const Found& b) {
        return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
    });
}

void Loading::read_text_of(const std::string& path) {
    const auto text = read_text(path);
    if (const auto* fault = std::get_if<Fault>(&text)) {
        return report(path, *fault);
    }
    const Walked walked = walk(std::get<std::string>(text));
    for (const Fault& fault : walked.faults) {
        report(path, fault);
    }
    const Node& root = walked.root;
    if (root.kind == Node::Kind::Map) {
        for (const auto& [name, section] : root.members) {
            read_section(path, name, section);
        }
    } else if (root.kind == Node::Kind::List || root.is_scalar()) {
        report(path, {root.at, {}, "expected sections such as \"log:\" at the top level"});
    }
}

void Loading::read_section(const std::string& path, const Node& name, const Node& section) {
    Known known;
    for (const std::string_view candidate : sections()) {
        known.names.emplace_back(candidate);
        known.written.emplace_back(candidate);
    }
    if (const Key* key = find_key(name.text)) {
        const std::string advice = "write " + std::string(key->name) + ": in the section " +
                                   std::string(key->section) + ": instead";
        return report(path, {name.at, name.text, "unknown section; " + advice});
    }
    if (std::ranges::find(known.names, name.text) == known.names.end()) {
        return report(path, {name.at, name.text, "unknown section" + suggestion(name.text, known)});
    }
    if (section.kind == Node::Kind::List || section.is_scalar()) {
        return report(path, {section.at, name.text, "expected keys below the section"});
    }
    for (const auto& [key, value] : section.members) {
        read_key(path, name.text, key, value);
    }
}

void Loading::read_key(const std::string& path, const std::string& section, const Node& name,
                       const Node& value) {
    const std::string full_name = section + "." + name.text;
    if (const Key* key = find_key(full_name)) {
        return set(*key, value, Layer::File, path);
    }
    Known known;
    for (const Key& key : keys()) {
        if (key.section == section) {
            known.names.emplace_back(key.name);
            known.written.push_back(key.full_name());
        }
    }
    report(path, {name.at, full_name, "unknown key" + suggestion(name.text, known)});
}

void Loading::read_environment(const std::map<std::string, std::string>& environment) {
    std::map<std::string, const Key*> variables;
    Known known;
    for (const Key& key : keys()) {
        variables[key.environment()] = &key;
        known.names.push_back(key.full_name());
        known.written.push_back(key.environment());
    }
    for (const auto& [name, value] : environment) {
        const std::string source = "environment " + printable(name);
        if (const auto found = variables.find(name); found != variables.end()) {
            set(*found->second, outside_value(*found->second, value), Layer::Environment, source);
        } else if (name.starts_with(kVariablePrefix) && name.find("__") != std::string::npos) {
            const std::string key = key_of(name);
            report(source, {{}, key, "unknown key" + suggestion(key, known)});
        }
    }
}

void Loading::read_flag(const Override& flag) {
    const std::string source = "flag " + flag.flag;
    if (const Key* key = find_key(flag.key)) {
        set(*key, outside_value(*key, flag.value), Layer::Flag, source);
    } else {
        report(source, {{}, flag.key, "unknown key"});
    }
}

void Loading::check_rules() {
    for (const AtLeast& rule : rules()) {
        if (refused_.contains(rule.larger) || refused_.contains(rule.smaller)) {
            continue;
        }
        if (auto conflict = find_conflict(rule, loaded_)) {
            found_.push_back({{}, std::move(*conflict)});
        }
    }
}

std::variant<Loaded, std::vector<Problem>> Loading::finish() {
    if (!found_.empty()) {
        std::vector<Problem> problems;
        for (Found& found : found_) {
            problems.push_back(std::move(found.problem));
        }
        return problems;
    }
    Config::Database& database = loaded_.config.database;
    if (database.key_file.empty()) {
        database.key_file = database.path + ".key";
    }
    return std::move(loaded_);
}

}  // namespace

std::variant<Loaded, std::vector<Problem>> load(const Sources& sources) {
    Loading loading;
    loading.read_state_directory(sources.environment);
    if (sources.file) {
        loading.read_file(*sources.file);
    }
    loading.read_environment(sources.environment);
    for (const Override& flag : sources.flags) {
        loading.read_flag(flag);
    }
    loading.check_rules();
    return loading.finish();
}

Config defaults() {
    return std::get<Loaded>(load({})).config;
}

}  // namespace catalogd::config
