#include "config/yaml_walk.h"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <optional>
#include <sstream>
#include <unordered_map>

#include "config/characters.h"

namespace catalogd::config {
namespace {

Position position(const YAML::Mark& mark) {
    return mark.is_null() ? Position{} : Position{mark.line + 1, mark.column + 1};
}

/// Builds the tree from the parser's events. The parser's own tree would not do: it keeps neither
/// anchors nor duplicates.
class Walker final : public YAML::EventHandler {
public:
    explicit Walker(std::string_view text) : text_(text) {}

    int documents() const { return documents_; }
    void stop(const YAML::Exception& error);
    Walked take();

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override { leave(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override { leave(); }

private:
    struct Frame {
        Node node;
        std::string key;  // the path of keys that leads to the node
        std::optional<Node> pending;
        std::unordered_map<std::string, int> lines;  // of the keys seen so far
    };

    bool ignoring() const { return documents_ > 1 || depth_ > kMaxDepth; }
    bool wants_key() const {
        return !frames_.empty() && frames_.back().node.kind == Node::Kind::Map &&
               !frames_.back().pending;
    }
    std::string here() const;
    void fault(const YAML::Mark& mark, std::string key, std::string reason);
    void refuse_properties(const YAML::Mark& mark, YAML::anchor_t anchor, bool tagged);
    void enter(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
               YAML::anchor_t anchor);
    void leave();
    void close();
    void add(Node node);
    void add_key(Node node);

    std::string_view text_;
    int documents_ = 0;
    int depth_ = 0;
    std::vector<Frame> frames_;
    Node root_;
    std::vector<Fault> faults_;
};

std::string joined(const std::string& path, const std::string& name) {
    return path.empty() ? name : path + "." + name;
}

std::string Walker::here() const {
    if (frames_.empty()) {
        return {};
    }
    const Frame& frame = frames_.back();
    return frame.pending ? joined(frame.key, frame.pending->text) : frame.key;
}

void Walker::fault(const YAML::Mark& mark, std::string key, std::string reason) {
    faults_.push_back({position(mark), std::move(key), std::move(reason)});
}

void Walker::refuse_properties(const YAML::Mark& mark, YAML::anchor_t anchor, bool tagged) {
    if (anchor != 0) {
        fault(mark, here(), "anchors are not allowed");
    }
    if (tagged) {
        fault(mark, here(), "tags are not allowed");
    }
}

void Walker::OnDocumentStart(const YAML::Mark& mark) {
    if (++documents_ == 2) {
        fault(mark, {}, "a second document starts here: a file holds one");
    }
}

void Walker::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (ignoring()) {
        return;
    }
    refuse_properties(mark, anchor, false);
    add(Node{Node::Kind::Null, position(mark), {}, {}, {}});
}

void Walker::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
    if (ignoring()) {
        return;
    }
    fault(mark, here(), "aliases are not allowed");
    add(Node{Node::Kind::Refused, position(mark), {}, {}, {}});
}

void Walker::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                      const std::string& value) {
    if (ignoring()) {
        return;
    }
    // The parser gives a quoted scalar the tag "!", which a file can also write out.
    const auto offset = static_cast<std::size_t>(mark.pos);
    const bool written = offset < text_.size() && text_[offset] == '!';
    refuse_properties(mark, anchor, written || (tag != "?" && tag != "!"));
    const auto kind = tag == "?" ? Node::Kind::Plain : Node::Kind::Quoted;
    add(Node{kind, position(mark), value, {}, {}});
}

void Walker::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
    enter(Node::Kind::List, mark, tag, anchor);
}

void Walker::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                        YAML::EmitterStyle::value) {
    enter(Node::Kind::Map, mark, tag, anchor);
}

void Walker::enter(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
                   YAML::anchor_t anchor) {
    const bool ignored = ignoring();
    ++depth_;
    if (ignored) {
        return;
    }
    refuse_properties(mark, anchor, tag != "?" && !tag.empty());
    if (ignoring()) {
        fault(mark, here(), "nested deeper than " + std::to_string(kMaxDepth) + " levels");
        add(Node{Node::Kind::Refused, position(mark), {}, {}, {}});
        return;
    }
    frames_.push_back({Node{kind, position(mark), {}, {}, {}}, here(), {}, {}});
}

void Walker::leave() {
    const bool ignored = ignoring();
    --depth_;
    if (!ignored) {
        close();
    }
}

void Walker::close() {
    Node node = std::move(frames_.back().node);
    frames_.pop_back();
    add(std::move(node));
}

void Walker::add(Node node) {
    if (frames_.empty()) {
        root_ = std::move(node);
    } else if (wants_key()) {
        add_key(std::move(node));
    } else if (Frame& frame = frames_.back(); frame.pending) {
        if (frame.pending->kind != Node::Kind::Refused) {
            frame.node.members.emplace_back(std::move(*frame.pending), std::move(node));
        }
        frame.pending.reset();
    } else {
        frame.node.items.push_back(std::move(node));
    }
}

void Walker::add_key(Node node) {
    Frame& frame = frames_.back();
    const Position at = node.at;
    if (node.is_scalar()) {
        const std::string key = joined(frame.key, node.text);
        const auto [seen, first] = frame.lines.emplace(node.text, at.line);
        if (node.kind == Node::Kind::Plain && node.text == "<<") {
            faults_.push_back({at, key, "merge keys are not allowed"});
            node.kind = Node::Kind::Refused;
        } else if (!first) {
            faults_.push_back(
                {at, key, "given twice: first in line " + std::to_string(seen->second)});
        }
    } else if (node.kind != Node::Kind::Refused) {
        faults_.push_back({at, frame.key, "a key must be a name"});
        node.kind = Node::Kind::Refused;
    }
    frame.pending = std::move(node);
}

void Walker::stop(const YAML::Exception& error) {
    const std::string reason = error.msg == YAML::ErrorMsg::UNKNOWN_ANCHOR
                                   ? "aliases are not allowed"
                                   : "not YAML: " + printable(error.msg);
    fault(error.mark, here(), reason + "; nothing after this was checked");
    while (!frames_.empty()) {
        close();
    }
}

Walked Walker::take() {
    return {std::move(root_), std::move(faults_)};
}

}  // namespace

Walked walk(std::string_view text) {
    Walker walker(text);
    std::istringstream stream{std::string(text)};
    try {
        YAML::Parser parser(stream);
        while (walker.documents() < 2 && parser.HandleNextDocument(walker)) {
        }
    } catch (const YAML::Exception& error) {
        walker.stop(error);
    }
    return walker.take();
}

}  // namespace catalogd::config
