// Frames that break the rules: the connection ends, and what was called before is answered.
#include "tests/endpoints/resident_memory.h"
#include "tests/endpoints/served_catalog.h"

namespace catalogd::endpoints {
namespace {

constexpr auto get_info_call = R"({"method":"org.varlink.service.GetInfo"})";

std::string nested(std::size_t depth) {
    return R"({"method":"org.varlink.service.GetInfo","parameters":)" + std::string(depth, '[') +
           std::string(depth, ']') + "}";
}

std::string with_header(const std::string& header) {
    return R"({"method":"org.varlink.service.GetInfo",)" + header + "}";
}

struct Malformed {
    std::string name;
    std::string frame;

    friend void PrintTo(const Malformed& malformed, std::ostream* out) { *out << malformed.name; }
};

const std::vector<Malformed> malformed_frames{
    {"Empty", ""},
    {"NotJson", "GET / HTTP/1.1\r\n\r\n"},
    {"HalfAnObject", R"({"method":"org.varlink.service.GetInfo")"},
    {"TwoObjects", std::string(get_info_call) + get_info_call},
    {"AnArray", "[]"},
    {"AString", R"("org.varlink.service.GetInfo")"},
    {"Null", "null"},
    {"NoMethod", "{}"},
    {"MethodIsANumber", R"({"method":1})"},
    {"MethodIsEmpty", R"({"method":""})"},
    {"ParametersAreAnArray", with_header(R"("parameters":[])")},
    {"ParametersAreAString", with_header(R"("parameters":"a")")},
    {"NotUtf8", with_header("\"io.example.text\":\"\xC3(\"")},
    {"AnOverlongSlash", with_header("\"io.example.text\":\"\xC0\xAF\"")},
    {"ASurrogate", with_header("\"io.example.text\":\"\xED\xA0\x80\"")},
    {"AControlCharacter", with_header("\"io.example.text\":\"\x01\"")},
    {"DeeplyNested", nested(40)},
    {"VeryDeeplyNested", nested(100'000)},
    {"AnUnknownHeader", with_header(R"("priority":1)")},
    {"OnewayAndMore", with_header(R"("oneway":true,"more":true)")},
    {"OnewayAndUpgrade", with_header(R"("oneway":true,"upgrade":true)")},
    {"MoreAndUpgrade", with_header(R"("more":true,"upgrade":true)")},
    {"MoreIsANumber", with_header(R"("more":1)")},
    {"MoreIsText", with_header(R"("more":"true")")},
    {"OnewayIsNull", with_header(R"("oneway":null)")},
    {"UpgradeIsNull", with_header(R"("upgrade":null)")},
};

class MalformedFrame : public testing::TestWithParam<Malformed> {
protected:
    ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
};

TEST_P(MalformedFrame, ClosesTheConnectionAfterTheRepliesBeforeIt) {
    peer.send(call_text("io.catalogd.Clients.Save", {{"name", "before"}}) + '\0' +
              GetParam().frame + '\0' + get_info_call + '\0');
    EXPECT_THAT(peer.receive(), Has("/created", true));
    EXPECT_TRUE(peer.closed());
    EXPECT_TRUE(eventually([&] { return catalog.connections() == 0; }));
}

TEST_P(MalformedFrame, LeavesOtherConnectionsAlone) {
    VarlinkPeer other = catalog.connect();
    peer.send_frame(GetParam().frame);
    EXPECT_TRUE(peer.closed());
    EXPECT_THAT(other.call("org.varlink.service.GetInfo"), Succeeded());
}

INSTANTIATE_TEST_SUITE_P(Each, MalformedFrame, testing::ValuesIn(malformed_frames),
                         [](const auto& each) { return each.param.name; });

ServedOptions frames_up_to(std::size_t bytes) {
    ServedOptions options;
    options.limits.session.frame_bytes = bytes;
    return options;
}

// A lookup whose frame has so many bytes.
std::string lookup_of(std::size_t bytes) {
    const std::size_t empty = call_text("io.catalogd.Clients.Get", {{"name", ""}}).size();
    return call_text("io.catalogd.Clients.Get", {{"name", std::string(bytes - empty, 'n')}});
}

TEST(FrameLimit, TakesAFrameOfExactlyTheLimit) {
    const ServedCatalog catalog(frames_up_to(5'000));
    VarlinkPeer peer = catalog.connect();
    peer.send_frame(lookup_of(5'000));
    EXPECT_THAT(peer.receive(), IsError("io.catalogd.Clients.NotFound"));
}

TEST(FrameLimit, ClosesBehindTheRepliesBeforeALongerFrame) {
    const ServedCatalog catalog(frames_up_to(5'000));
    VarlinkPeer peer = catalog.connect();
    peer.send(std::string(get_info_call) + '\0' + lookup_of(5'001) + '\0' + get_info_call + '\0');
    EXPECT_THAT(peer.receive(), Succeeded());
    EXPECT_TRUE(peer.closed());
}

TEST(FrameLimit, DoesNotWaitForTheEndOfAFrameThatIsTooLong) {
    const ServedCatalog catalog(frames_up_to(5'000));
    VarlinkPeer peer = catalog.connect();
    peer.send_frame(get_info_call);
    peer.send(std::string(100'000, ' '));
    EXPECT_THAT(peer.receive(), Succeeded());
    EXPECT_TRUE(peer.closed());
}

TEST(FrameLimit, IsOneMebibyteForAPeerThatMayOnlyRead) {
    ServedOptions options;
    options.role = Role::read;
    const ServedCatalog catalog(options);
    VarlinkPeer fitting = catalog.connect();
    fitting.send_frame(lookup_of(1 << 20));
    EXPECT_THAT(fitting.receive(), IsError("io.catalogd.Clients.NotFound"));
    VarlinkPeer exceeding = catalog.connect();
    exceeding.send_frame(lookup_of((1 << 20) + 1));
    EXPECT_TRUE(exceeding.closed());
}

TEST(FrameLimit, BoundsTheMemoryThatAPeerCanTakeForLong) {
    if (freed_memory_is_kept) {
        GTEST_SKIP() << "the sanitizer keeps freed memory back";
    }
    const ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
    std::string frame = R"({"method":"org.varlink.service.GetInfo","parameters":{"a":[[])";
    while (frame.size() < (16 << 20) - 8) {
        frame += ",[]";
    }
    frame += "]}}";
    const std::int64_t before = resident_bytes();
    peer.send_frame(frame);
    EXPECT_THAT(peer.receive(), IsError("org.varlink.service.InvalidParameter"));
    EXPECT_LT(resident_bytes() - before, 48 << 20);
}

TEST(FrameLimit, IsSixteenMebibytesForAPeerThatMayWrite) {
    const ServedCatalog catalog;
    VarlinkPeer peer = catalog.connect();
    EXPECT_TRUE(peer.send_frame(lookup_of(16 << 20)));
    EXPECT_THAT(peer.receive(), IsError("io.catalogd.Clients.NotFound"));
}

}  // namespace
}  // namespace catalogd::endpoints
