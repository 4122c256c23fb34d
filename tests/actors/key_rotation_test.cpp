// RotateKeys: every session key under the new key-encryption key, whatever comes in between.
#include <filesystem>

#include "actors/maintenance.h"
#include "catalog/resealing.h"
#include "tests/actors/actors_fixture.h"

namespace catalogd::actors {
namespace {

using testing::ElementsAre;

constexpr int clients_of_two_slices = 300;

class KeyRotation : public ActorsFixture {
protected:
    Maintenance& maintenance() {
        if (!maintenance_) {
            writer();
            maintenance_.emplace(
                database(), shared(), clock, Maintenance::Options{},
                [this](WriterMail& mail) { return take(mail); },
                [this](Writer::Alone alone) { return writer().post_alone(std::move(alone)); });
        }
        return *maintenance_;
    }
    protocol::Result<admin::RotateKeys::Reply> rotate() {
        auto promise = std::make_shared<std::promise<Outcome>>();
        Work work = work_of(admin::RotateKeys{});
        work.reply = [promise](Outcome outcome) { promise->set_value(std::move(outcome)); };
        work.progress = [this](double done) { told.push_back(done); };
        EXPECT_TRUE(maintenance().post(work));
        return Awaited<admin::RotateKeys>(promise->get_future()).get();
    }
    void restart() {
        maintenance_.reset();
        reopen();
    }

    static std::string key_of(int number) {
        return std::string(28, 'k') + std::to_string(1'000 + number);
    }
    protocol::Id id_of(int number) {
        protocol::Id id;
        id.bytes.back() = static_cast<std::uint8_t>(number % 256);
        id.bytes[14] = static_cast<std::uint8_t>(number / 256);
        return id;
    }
    void save_keys(int first, int count) {
        for (int i = first; i < first + count; ++i) {
            ASSERT_TRUE(ask(
                clients::Save{id_of(i), {"client" + std::to_string(i)}, {}, {{key_of(i)}}, {}}));
        }
    }
    void expect_all_keys(int count) {
        for (int i = 0; i < count; ++i) {
            ASSERT_EQ(ask(clients::GetSessionKey{id_of(i)})->session_key->value, key_of(i)) << i;
        }
    }
    // Clients whose value the current key has not sealed.
    std::int64_t sealed_otherwise() {
        writer();  // opens before any reader
        catalog::ReadConnection connection(database());
        return catalog::resealing::count_others(connection, shared().sealer.key_id());
    }
    std::uintmax_t keys_in_file() { return std::filesystem::file_size(folder_.file("key")) / 32; }

    // Something that happens before the nth message to the writer from now on.
    void before_message(int nth, std::function<void()> event) {
        messages_left_ = nth;
        event_ = std::move(event);
    }
    std::vector<double> told;

private:
    bool take(WriterMail& mail) {
        if (event_ && --messages_left_ == 0) {
            std::exchange(event_, {})();
        }
        return writer().post(mail);
    }

    int messages_left_ = 0;
    std::function<void()> event_;
    std::optional<Maintenance> maintenance_;
};

TEST_F(KeyRotation, SealsEveryKeyAnewWithANewOne) {
    save_keys(0, clients_of_two_slices);
    new_client("without a key");
    const catalog::Bytes before = shared().sealer.key_id();
    const auto reply = succeeded(rotate());
    EXPECT_EQ(reply.resealed, clients_of_two_slices);
    EXPECT_EQ(reply.new_key, true);
    EXPECT_NE(shared().sealer.key_id(), before);
    EXPECT_EQ(sealed_otherwise(), 0);
    expect_all_keys(clients_of_two_slices);
}

TEST_F(KeyRotation, StaysAfterARestart) {
    save_keys(0, 3);
    succeeded(rotate());
    restart();
    EXPECT_EQ(sealed_otherwise(), 0);
    expect_all_keys(3);
}

TEST_F(KeyRotation, KeepsTheKeysBeforeForTheBackups) {
    save_keys(0, 1);
    succeeded(rotate());
    succeeded(rotate());
    EXPECT_EQ(keys_in_file(), 3U);
}

TEST_F(KeyRotation, TellsHowFarItHasCome) {
    save_keys(0, clients_of_two_slices);
    before_message(2, [this] { clock.pass(std::chrono::seconds(1)); });
    succeeded(rotate());
    EXPECT_THAT(told, ElementsAre(0.0, 200.0 / clients_of_two_slices));
}

TEST_F(KeyRotation, LeavesOutNoKeyThatIsSavedMeanwhile) {
    save_keys(0, clients_of_two_slices);
    before_message(2, [this] {
        save_keys(0, 10);  // in the slice that has been read already
        save_keys(clients_of_two_slices, 10);
    });
    succeeded(rotate());
    EXPECT_EQ(sealed_otherwise(), 0);
    expect_all_keys(clients_of_two_slices + 10);
}

TEST_F(KeyRotation, TakesNoClientThatIsDeletedMeanwhile) {
    save_keys(0, 2);
    before_message(2, [this] { ASSERT_TRUE(ask(clients::Delete{id_of(1), {}})); });
    succeeded(rotate());
    EXPECT_TRUE(ends_in<errors::ClientNotFound>(ask(clients::GetSessionKey{id_of(1)})));
    expect_all_keys(1);
}

TEST_F(KeyRotation, BrokenOffIsFinishedWithTheSameKey) {
    save_keys(0, clients_of_two_slices);
    before_message(2, [this] { maintenance().cancel(); });
    EXPECT_TRUE(ends_in<errors::Busy>(rotate()));
    restart();
    EXPECT_EQ(sealed_otherwise(), clients_of_two_slices - 200);
    expect_all_keys(clients_of_two_slices);
    const auto reply = succeeded(rotate());
    EXPECT_EQ(reply.new_key, false);
    EXPECT_EQ(reply.resealed, clients_of_two_slices - 200);
    EXPECT_EQ(sealed_otherwise(), 0);
    EXPECT_EQ(keys_in_file(), 2U);
}

// Killed when the new key was in its file, and before anything else.
TEST_F(KeyRotation, GoesOnFromANewKeyThatNothingIsSealedWithYet) {
    save_keys(0, 2);
    shared().sealer.make_new_key();
    restart();
    EXPECT_EQ(succeeded(rotate()).new_key, false);
    EXPECT_EQ(sealed_otherwise(), 0);
    EXPECT_EQ(succeeded(rotate()).new_key, true);
}

TEST_F(KeyRotation, PassesByAKeyThatDoesNotOpen) {
    save_keys(0, 3);
    stop();
    {
        const auto reopened = catalog::open(database(), {folder_.file("key")}, clock.wall());
        reopened.writer->database().exec(
            "UPDATE clients SET session_key = "
            "CAST(substr(session_key, 1, 8) || zeroblob(72) AS BLOB) "
            "WHERE name = 'client1'");
    }
    restart();
    EXPECT_EQ(succeeded(rotate()).resealed, 2);
    EXPECT_TRUE(ends_in<errors::InternalError>(ask(clients::GetSessionKey{id_of(1)})));
    EXPECT_TRUE(ask(clients::GetSessionKey{id_of(2)}));
}

class WithoutKeys : public KeyRotation {
protected:
    void SetUp() override {
        save_keys(0, 1);
        restart();
        std::filesystem::remove(folder_.file("key"));
    }
};

TEST_F(WithoutKeys, SessionKeysAreNeitherStoredNorGivenOut) {
    EXPECT_TRUE(ends_in<errors::KeyUnavailable>(ask(clients::GetSessionKey{id_of(0)})));
    EXPECT_TRUE(
        ends_in<errors::KeyUnavailable>(ask(clients::Save{{}, {"new"}, {}, {{key_of(1)}}, {}})));
    EXPECT_TRUE(ends_in<errors::ClientNotFound>(ask(clients::Get{{}, "new"})));
}

TEST_F(WithoutKeys, NothingIsRotated) {
    EXPECT_TRUE(ends_in<errors::KeyUnavailable>(rotate()));
    EXPECT_FALSE(std::filesystem::exists(folder_.file("key")));
}

TEST_F(WithoutKeys, EverythingElseWorks) {
    EXPECT_TRUE(ask(clients::Get{id_of(0), {}})->client.has_session_key);
    const auto client = new_client("new");
    EXPECT_EQ(ask(clients::GetSessionKey{client})->session_key, std::nullopt);
    EXPECT_TRUE(ask(save(client, "f")));
}

TEST_F(WithoutKeys, ACatalogThatHasNothingSealedAnyMoreGetsANewOne) {
    ASSERT_TRUE(ask(clients::Update{id_of(0), {}, {}, {{"sessionKey"}}, {}}));
    restart();
    save_keys(1, 1);
    EXPECT_EQ(ask(clients::GetSessionKey{id_of(1)})->session_key->value, key_of(1));
}

}  // namespace
}  // namespace catalogd::actors
