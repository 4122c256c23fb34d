#include "catalog/sealing.h"

#include <sys/stat.h>

#include "catalog/backup.h"
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
        return Sealer::open(key_file(), sealed_with);
    }
    std::string refusal(const std::optional<Bytes>& sealed_with = {}) {
        try {
            sealer(sealed_with);
        } catch (const Unusable& failure) {
            return failure.what();
        }
        return "";
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
        EXPECT_EQ(sealer.unseal(changed, id_of(1)), std::nullopt) << "bit " << bit;
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
        EXPECT_THAT(refusal(), HasSubstr("does not hold the 32 bytes of a key"));
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

class SealedCatalog : public CatalogFixture {
protected:
    void save_sealed() {
        const Bytes sealed = sealer_.seal(session_key, id_of(1));
        commit([&](WriteTransaction& transaction) {
            clients::save(transaction, id_of(1), {"PLANTED-NAME", {}, sealed, 0});
        });
    }
    Sealer sealer_ = Sealer::open(folder_.file("key"), {});
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
