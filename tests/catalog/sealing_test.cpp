#include "catalog/sealing.h"

#include <sys/stat.h>

#include "catalog/backup.h"
#include "catalog/failure.h"
#include "tests/catalog/catalog_fixture.h"

namespace catalogd::catalog {
namespace {

using testing::HasSubstr;
using testing::Not;

const Bytes session_key = "0123456789abcdefPLANTED-KEY-BYTE";

class Sealing : public testing::Test {
protected:
    [[nodiscard]] std::string key_file() const { return folder_.file("key"); }
    Sealer sealer(const std::optional<Bytes>& sealed_with = {}) const {
        return Sealer::open({key_file()}, sealed_with);
    }
    std::string refusal(const std::optional<Bytes>& sealed_with = {}) {
        return sealer(sealed_with).refusal();
    }
    TempFolder folder_{TempFolder::fast()};
};

TEST_F(Sealing, OpensWhatItSealed) {
    const Sealer sealer = this->sealer();
    const Bytes sealed = sealer.seal(session_key, id_of(1));
    EXPECT_EQ(sealed.size(), 80U);
    EXPECT_EQ(sealer.unseal(sealed, id_of(1)), session_key);
}

TEST_F(Sealing, OpensItAfterARestart) {
    const Bytes sealed = sealer().seal(session_key, id_of(1));
    EXPECT_EQ(sealer().unseal(sealed, id_of(1)), session_key);
}

TEST_F(Sealing, NeverSealsTwiceAlike) {
    const Sealer sealer = this->sealer();
    EXPECT_NE(sealer.seal(session_key, id_of(1)), sealer.seal(session_key, id_of(1)));
}

TEST_F(Sealing, BindsToTheClient) {
    const Sealer sealer = this->sealer();
    EXPECT_EQ(sealer.unseal(sealer.seal(session_key, id_of(1)), id_of(2)), std::nullopt);
}

TEST_F(Sealing, NoticesAnyChangedBit) {
    const Sealer sealer = this->sealer();
    const Bytes sealed = sealer.seal(session_key, id_of(1));
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        Bytes changed = sealed;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        if (bit < 64) {  // of the key's identifier
            EXPECT_THROW((void)sealer.unseal(changed, id_of(1)), KeyUnavailable) << "bit " << bit;
        } else {
            EXPECT_EQ(sealer.unseal(changed, id_of(1)), std::nullopt) << "bit " << bit;
        }
    }
}

TEST_F(Sealing, RefusesBytesOfOtherLengths) {
    const Sealer sealer = this->sealer();
    const Bytes sealed = sealer.seal(session_key, id_of(1));
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_EQ(sealer.unseal(sealed.substr(0, size), id_of(1)), std::nullopt);
    }
    EXPECT_EQ(sealer.unseal(sealed + "x", id_of(1)), std::nullopt);
}

TEST_F(Sealing, MakesAKeyFileForItsOwnerAlone) {
    sealer();
    struct stat status{};
    ASSERT_EQ(::stat(key_file().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_EQ(status.st_size, 32);
    EXPECT_FALSE(std::filesystem::exists(key_file() + ".unfinished"));
}

TEST_F(Sealing, RefusesAKeyFileThatOthersMayRead) {
    sealer();
    ::chmod(key_file().c_str(), 0644);
    EXPECT_THAT(refusal(), HasSubstr("others may read it; chmod 600 it"));
}

TEST_F(Sealing, RefusesAKeyFileOfAnotherLength) {
    for (const std::size_t size : {0U, 31U, 33U}) {
        write_file(key_file(), std::string(size, 'k'));
        ::chmod(key_file().c_str(), 0600);
        EXPECT_THAT(refusal(), HasSubstr("does not hold keys of 32 bytes each"));
    }
}

TEST_F(Sealing, MakesAKeyWhereAnEarlierAttemptWasCutShort) {
    write_file(key_file() + ".unfinished", "part");
    EXPECT_EQ(refusal(), "");
}

TEST_F(Sealing, RefusesALinkAndAFolder) {
    write_file(folder_.file("elsewhere"), std::string(32, 'k'));
    std::filesystem::create_symlink(folder_.file("elsewhere"), key_file());
    EXPECT_THAT(refusal(), HasSubstr("key file " + key_file()));
    std::filesystem::remove(key_file());
    std::filesystem::create_directory(key_file());
    EXPECT_THAT(refusal(), HasSubstr("key file " + key_file()));
}

TEST_F(Sealing, RefusesAnotherKeyThanTheCatalogs) {
    const Bytes first = sealer().key_id();
    std::filesystem::remove(key_file());
    sealer();
    EXPECT_THAT(refusal(first), HasSubstr("but the catalog is sealed with key"));
}

TEST_F(Sealing, NeverMakesAKeyForACatalogThatHasOne) {
    EXPECT_THAT(refusal(Bytes(8, 'k')), HasSubstr("is missing"));
    EXPECT_THAT(refusal(Bytes(8, 'k')), HasSubstr("6b6b6b6b6b6b6b6b"));
    EXPECT_FALSE(std::filesystem::exists(key_file()));
}

TEST_F(Sealing, NeitherSealsNorOpensWithoutItsKeyAndSaysWhy) {
    const Bytes sealed = sealer().seal(session_key, id_of(1));
    std::filesystem::remove(key_file());
    const Sealer without = sealer(sealed.substr(0, 8));
    EXPECT_THROW((void)without.seal(session_key, id_of(1)), KeyUnavailable);
    EXPECT_THROW((void)without.unseal(sealed, id_of(1)), KeyUnavailable);
    EXPECT_THAT(without.refusal(), HasSubstr(key_file() + " is missing"));
}

TEST_F(Sealing, DoesNotTakeANamedPipeForAKeyFile) {
    ASSERT_EQ(::mkfifo(key_file().c_str(), 0600), 0);
    EXPECT_THAT(refusal(), HasSubstr("does not hold keys"));
}

class GivenKeyFile : public Sealing {
protected:
    void give(const std::string& keys, mode_t mode) {
        write_file(key_file(), keys);
        ::chmod(key_file().c_str(), mode);
    }
    Sealer given() const { return Sealer::open({key_file(), true}, {}); }
};

TEST_F(GivenKeyFile, IsNeverMade) {
    EXPECT_THAT(given().refusal(), HasSubstr("is missing"));
    EXPECT_FALSE(std::filesystem::exists(key_file()));
}

TEST_F(GivenKeyFile, MayBeReadByItsGroupButNotByOthers) {
    give(std::string(32, 'k'), 0440);
    EXPECT_EQ(given().refusal(), "");
    give(std::string(32, 'k'), 0444);
    EXPECT_THAT(given().refusal(), HasSubstr("others may read it"));
}

TEST_F(GivenKeyFile, GetsNoNewKey) {
    give(std::string(32, 'k'), 0400);
    Sealer sealer = given();
    EXPECT_THROW(sealer.make_new_key(), NoNewKey);
    EXPECT_EQ(content_of(key_file()), std::string(32, 'k'));
}

TEST_F(GivenKeyFile, SealsWithItsFirstKeyAndOpensWithAll) {
    give(std::string(32, 'a'), 0400);
    const Bytes sealed = given().seal(session_key, id_of(1));
    give(std::string(32, 'b') + std::string(32, 'a'), 0600);
    EXPECT_EQ(given().unseal(sealed, id_of(1)), session_key);
    EXPECT_NE(given().key_id(), sealed.substr(0, 8));
}

class NewKey : public Sealing {};

TEST_F(NewKey, SealsFromThenOnAndTheOldOneStillOpens) {
    Sealer sealer = this->sealer();
    const Bytes sealed = sealer.seal(session_key, id_of(1));
    sealer.make_new_key();
    EXPECT_EQ(sealer.unseal(sealed, id_of(1)), session_key);
    EXPECT_EQ(sealer.seal(session_key, id_of(1)).substr(0, 8), sealer.key_id());
    EXPECT_NE(sealer.key_id(), sealed.substr(0, 8));
}

TEST_F(NewKey, StandsInTheFileBeforeTheOldOnes) {
    Sealer sealer = this->sealer();
    const std::string old = content_of(key_file());
    sealer.make_new_key();
    sealer.make_new_key();
    EXPECT_EQ(content_of(key_file()).size(), 96U);
    EXPECT_EQ(content_of(key_file()).substr(64), old);
    EXPECT_EQ(this->sealer().key_id(), sealer.key_id());
    EXPECT_FALSE(std::filesystem::exists(key_file() + ".unfinished"));
}

TEST_F(NewKey, IsNotMadeWhereTheFileIsNotTheOneThatWasRead) {
    Sealer sealer = this->sealer();
    for (const std::string& other : {std::string(32, 'x'), std::string()}) {
        std::filesystem::remove(key_file());
        if (!other.empty()) {
            write_file(key_file(), other);
            ::chmod(key_file().c_str(), 0600);
        }
        EXPECT_THROW(sealer.make_new_key(), NoNewKey);
    }
    EXPECT_FALSE(std::filesystem::exists(key_file()));
}

TEST_F(NewKey, LeavesEverythingAsItWasWhereItCannotBeWritten) {
    Sealer sealer = this->sealer();
    const Bytes before = sealer.key_id();
    std::filesystem::create_directory(key_file() + ".unfinished");
    EXPECT_THROW(sealer.make_new_key(), Unusable);
    EXPECT_EQ(sealer.key_id(), before);
    EXPECT_EQ(content_of(key_file()).size(), 32U);
}

TEST_F(NewKey, IsRefusedWhereTheFileIsFull) {
    write_file(key_file(), std::string(32'000, 'k'));
    ::chmod(key_file().c_str(), 0600);
    Sealer sealer = this->sealer();
    EXPECT_THROW(sealer.make_new_key(), Unusable);
    EXPECT_EQ(content_of(key_file()).size(), 32'000U);
}

class SealedCatalog : public CatalogFixture {
protected:
    void save_sealed() {
        const Bytes sealed = sealer_.seal(session_key, id_of(1));
        commit([&](WriteTransaction& transaction) {
            clients::save(transaction, id_of(1), {"PLANTED-NAME", {}, sealed, 0});
        });
    }
    Sealer sealer_ = Sealer::open({folder_.file("key")}, {});
};

TEST_F(SealedCatalog, GivesTheKeyBack) {
    save_sealed();
    reopen();
    const auto sealed = clients::sealed_key(writer(), id_of(1));
    EXPECT_EQ(sealer_.unseal(sealed.value(), id_of(1)), session_key);
}

TEST_F(SealedCatalog, HasNoByteOfTheKeyInAnyFile) {
    writer().checkpoint(WriteConnection::Checkpoint::truncate, std::chrono::milliseconds(0));
    save_sealed();
    back_up_once(writer(), folder_.file("copy"));
    writer().checkpoint(WriteConnection::Checkpoint::passive, std::chrono::milliseconds(0));
    crash();  // so that the log is there to be read
    for (const std::string& file : {path(), path() + "-wal", folder_.file("copy")}) {
        const std::string content = content_of(file);
        EXPECT_THAT(content, HasSubstr("PLANTED-NAME")) << file;
        EXPECT_THAT(content, Not(HasSubstr(session_key))) << file;
        EXPECT_THAT(content, Not(HasSubstr("PLANTED-KEY"))) << file;
    }
    reopen();
}

}  // namespace
}  // namespace catalogd::catalog
