#include "tests/endpoints/certification_service.h"

#include <numbers>

#include "tests/endpoints/certification_codec.h"

namespace catalogd::certification {
namespace {

using endpoints::Responder;
using protocol::Call;
using Frames = std::vector<std::string>;

constexpr std::string_view interface = "org.varlink.certification.";
constexpr std::size_t streaming_test = 10;
constexpr std::size_t oneway_test = 11;

const Everything everything{false, 2, {std::numbers::pi}, "a lot of string"};
const std::map<std::string, std::string> map{{"foo", "Foo"}, {"bar", "Bar"}};
const StringSet set{{"one", "two", "three"}};

MyType my_type() {
    MyType value;
    value.object.text = R"({"method":"org.varlink.certification.Test09",)"
                        R"("parameters":{"map":{"bar":"Bar","foo":"Foo"}}})";
    value.enum_ = Count::two;
    value.struct_ = {1, "2"};
    value.array = {"one", "two", "three"};
    value.dictionary = map;
    value.stringset = set;
    const Words first{{{"Foo", Word::foo}, {"Bar", Word::bar}}};
    const Words second{{{"one", Word::foo}, {"two", Word::bar}}};
    value.interface.foo = std::vector<std::optional<Words>>{{}, first, {}, second};
    value.interface.anon = {true, false};
    return value;
}

std::vector<std::string> numbered_replies() {
    std::vector<std::string> texts;
    for (int number = 1; number <= 10; ++number) {
        texts.push_back("Reply number " + std::to_string(number));
    }
    return texts;
}

std::vector<Text> stream() {
    std::vector<Text> replies;
    for (std::string& text : numbered_replies()) {
        replies.push_back({std::move(text)});
    }
    return replies;
}

Test06 test06() {
    return {{}, everything.bool_, everything.int_, everything.float_, everything.string};
}

template <class Message>
std::string text_of(const Message& message) {
    std::string text;
    protocol::encode(text, message);
    return text;
}

Frames error(std::string_view name, const std::string& parameters) {
    std::string frame = R"({"error":")";
    ((frame += interface) += name) += R"(","parameters":)" + parameters + '}';
    return {frame + '\0'};
}

Frames failed(const std::string& wants, const std::string& got) {
    return error("CertificationError", text_of(CertificationError{{wants}, {got}}));
}

// Whether the call has the one flag that its test asks for, and no other.
bool right_flags(const Call& call, std::size_t number) {
    return call.more == (number == streaming_test) && call.oneway == (number == oneway_test) &&
           !call.upgrade;
}

// One frame after the other, each when the one before it has been sent.
void send(const std::shared_ptr<Responder>& responder, const std::shared_ptr<const Frames>& frames,
          std::size_t next) {
    if (next + 1 == frames->size()) {
        responder->finish((*frames)[next]);
        return;
    }
    responder->proceed((*frames)[next],
                       [responder, frames, next] { send(responder, frames, next + 1); });
}

}  // namespace

protocol::Result<endpoints::Task> CertificationService::prepare(const Call& call,
                                                                const endpoints::Caller&,
                                                                std::size_t) const {
    if (!call.method.starts_with(interface)) {
        return protocol::Error(protocol::errors::InterfaceNotFound{std::string(call.method)});
    }
    auto frames =
        std::make_shared<const Frames>(answer(call, call.method.substr(interface.size())));
    if (frames->empty()) {
        return protocol::Error(protocol::errors::MethodNotFound{std::string(call.method)});
    }
    return endpoints::Task{
        endpoints::Conduct::listing,
        [frames](const std::shared_ptr<Responder>& responder) { send(responder, frames, 0); }};
}

CertificationService::Frames CertificationService::begin() const {
    const std::string client = "client " + std::to_string(passed_.size() + 1);
    passed_[client] = 0;
    std::string frame;
    protocol::append_reply(frame, Started{client});
    return {frame};
}

template <class Message, class Reply>
CertificationService::Frames CertificationService::pass(const Call& call, std::size_t number,
                                                        Message wanted,
                                                        const std::vector<Reply>& replies) const {
    const auto message = protocol::decode<Message>(call.parameters);
    if (!message) {
        return failed(text_of(wanted), protocol::to_text(call.parameters));
    }
    const auto client = passed_.find(message->client_id);
    if (client == passed_.end()) {
        return error("ClientIdError", "{}");
    }
    wanted.client_id = message->client_id;
    if (client->second + 1 != number || !right_flags(call, number) ||
        text_of(*message) != text_of(wanted)) {
        return failed(text_of(wanted), text_of(*message));
    }
    ++client->second;
    Frames frames;
    for (const Reply& reply : replies) {
        const bool continues = frames.size() + 1 < replies.size();
        protocol::append_reply(frames.emplace_back(), reply, continues);
    }
    return frames;
}

// Empty where there is no such test.
CertificationService::Frames CertificationService::answer(const Call& call,
                                                          std::string_view test) const {
    const auto one = [&](std::size_t number, auto wanted, auto reply) {
        return pass(call, number, std::move(wanted), std::vector{std::move(reply)});
    };
    const std::map<std::string_view, std::function<Frames()>> answers{
        {"Start", [&] { return begin(); }},
        {"Test01", [&] { return one(1, Test01{}, Bool{true}); }},
        {"Test02", [&] { return one(2, Test02{{}, true}, Int{1}); }},
        {"Test03", [&] { return one(3, Test03{{}, 1}, Real{{1}}); }},
        {"Test04", [&] { return one(4, Test04{{}, {1}}, Text{"ping"}); }},
        {"Test05", [&] { return one(5, Test05{{}, "ping"}, everything); }},
        {"Test06", [&] { return one(6, test06(), Struct{everything}); }},
        {"Test07", [&] { return one(7, Test07{{}, everything}, Map{map}); }},
        {"Test08", [&] { return one(8, Test08{{}, map}, Set{set}); }},
        {"Test09", [&] { return one(9, Test09{{}, set}, Whole{my_type()}); }},
        {"Test10", [&] { return pass(call, 10, Test10{{}, my_type()}, stream()); }},
        {"Test11", [&] { return one(11, Test11{{}, numbered_replies()}, Nothing{}); }},
        {"End", [&] { return one(12, End{}, Ended{true}); }},
    };
    const auto found = answers.find(test);
    return found != answers.end() ? found->second() : Frames{};
}

}  // namespace catalogd::certification
