#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/loader.h"

namespace catalogd::config {

using Messages = std::vector<std::string>;
using Variables = std::map<std::string, std::string>;

/// A configuration file of the test's own, and variables and flags beside it. In the lines that
/// come back the file is called FILE.
class ConfigFile : public testing::Test {
protected:
    ConfigFile()
        : path_(testing::TempDir() + "catalogd-config-" + std::to_string(::getpid()) + ".yaml") {}
    ~ConfigFile() override { std::remove(path_.c_str()); }

    void write(std::string_view text) {
        std::ofstream(path_, std::ios::binary) << text;
        sources_.file = path_;
    }
    void set(const std::string& name, const std::string& value) {
        sources_.environment[name] = value;
    }
    void pass(const std::string& flag, const std::string& key, const std::string& value) {
        sources_.flags.push_back({flag, key, value});
    }

    /// Every problem, as the operator reads it.
    Messages problems() const {
        const auto result = load(sources_);
        Messages lines;
        if (const auto* found = std::get_if<std::vector<Problem>>(&result)) {
            for (const Problem& problem : *found) {
                lines.push_back(named(problem.text()));
            }
        }
        return lines;
    }
    Messages problems_in(std::string_view text) {
        write(text);
        return problems();
    }

    Loaded loaded() const {
        const auto result = load(sources_);
        if (const auto* found = std::get_if<Loaded>(&result)) {
            return *found;
        }
        ADD_FAILURE() << problems().front();
        return {};
    }
    Config config() const { return loaded().config; }
    Config config_of(std::string_view text) {
        write(text);
        return config();
    }

    std::string origin(std::string_view key) const {
        for (const Origin& origin : loaded().origins) {
            if (origin.key == key) {
                return named(origin.where);
            }
        }
        return "none";
    }

    std::string named(std::string text) const {
        for (auto at = text.find(path_); at != std::string::npos; at = text.find(path_)) {
            text.replace(at, path_.size(), "FILE");
        }
        return text;
    }

    std::string path_;
    Sources sources_;
};

}  // namespace catalogd::config
