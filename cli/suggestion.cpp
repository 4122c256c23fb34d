#include <algorithm>
#include <optional>

#include "cli/command_tree.h"

namespace catalogd::cli {
namespace {

// The nearest of these words, if it is near enough to have been meant.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known) {
    std::optional<std::string> best;
    std::size_t best_distance = std::max<std::size_t>(word.size() / 3, 1) + 1;
    for (const std::string& candidate : known) {
        const bool begun = word.size() >= 2 && candidate.starts_with(word);
        const std::size_t distance = begun ? 1 : edit_distance(word, candidate);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

std::string complaint(std::string_view kind, const std::string& word, const std::string& context,
                      const std::vector<std::string>& known) {
    std::string text = std::string(kind) + " '" + context + word + "' is unknown";
    if (const auto meant = nearest(word, known)) {
        text += "; did you mean '" + context + *meant + "'?";
    }
    return text;
}

std::vector<std::string> names_of(const std::vector<CommandTree>& commands) {
    std::vector<std::string> names;
    for (const CommandTree& command : commands) {
        names.push_back(command.name);
    }
    return names;
}

// The way down the tree that a command line takes.
class Descent {
public:
    explicit Descent(const CommandTree& root) : at_(&root) { learn(root); }

    // What is wrong with this argument, if anything.
    std::string take(const std::string& argument) {
        if (value_due_) {
            value_due_ = false;
            return {};
        }
        return argument.starts_with('-') && argument.size() > 1 ? take_option(argument)
                                                                : take_word(argument);
    }

private:
    void learn(const CommandTree& tree) {
        options_.insert(options_.end(), tree.options.begin(), tree.options.end());
    }

    std::string take_option(const std::string& argument) {
        const std::string name = argument.substr(0, argument.find('='));
        std::vector<std::string> known;
        for (const CommandTree::Option& option : options_) {
            known.insert(known.end(), option.names.begin(), option.names.end());
            if (std::find(option.names.begin(), option.names.end(), name) != option.names.end()) {
                value_due_ = option.takes_value && name == argument;
                return {};
            }
        }
        return complaint("option", name, "", known);
    }

    std::string take_word(const std::string& argument) {
        if (at_->commands.empty()) {
            return {};
        }
        for (const CommandTree& command : at_->commands) {
            if (command.name == argument) {
                at_ = &command;
                context_ += command.name + ' ';
                learn(command);
                return {};
            }
        }
        return complaint("command", argument, context_, names_of(at_->commands));
    }

    const CommandTree* at_;
    std::vector<CommandTree::Option> options_;
    std::string context_;
    bool value_due_ = false;
};

}  // namespace

std::string explain_unknown(const CommandTree& root, const std::vector<std::string>& arguments) {
    Descent descent(root);
    for (const std::string& argument : arguments) {
        if (argument == "--") {
            return {};
        }
        if (auto text = descent.take(argument); !text.empty()) {
            return text;
        }
    }
    return {};
}

std::size_t edit_distance(std::string_view from, std::string_view to) {
    const std::size_t width = to.size() + 1;
    std::vector<std::size_t> cost((from.size() + 1) * width);
    const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& {
        return cost[i * width + j];
    };
    for (std::size_t i = 0; i <= from.size(); ++i) {
        for (std::size_t j = 0; j <= to.size(); ++j) {
            if (i == 0 || j == 0) {
                at(i, j) = i + j;
                continue;
            }
            const std::size_t change = from[i - 1] == to[j - 1] ? 0 : 1;
            at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change});
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
                at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
            }
        }
    }
    return cost.back();
}

}  // namespace catalogd::cli
