// Ciphers against published answers; keys and bodies against changes.
#include <gtest/gtest.h>

#include <set>

#include "gateway/seal/body_seal.h"

namespace purser::gateway {
namespace {

std::string unhex(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    out += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
  return out;
}

SecretKey key_of(std::string_view bytes) {
  return SecretKey(std::span<const unsigned char, key_bytes>(
      reinterpret_cast<const unsigned char*>(bytes.data()), key_bytes));
}

MasterKey master(char fill) {
  MasterKey out;
  out.key = key_of(std::string(key_bytes, fill));
  out.id = std::string(1, fill);
  return out;
}

TEST(Cipher, DrawsKeysAsRfc5869TestCase1) {
  const SecretKey key = hkdf_sha256(unhex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
                                    unhex("000102030405060708090a0b0c"), unhex("f0f1f2f3f4f5f6f7f8f9"));
  EXPECT_EQ(key.view(), unhex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
}

// The GCM specification's (McGrew, Viega) test case 16: AES-256, with associated data.
TEST(Cipher, SealsAsTheGcmSpecificationSays) {
  const SecretKey key =
      key_of(unhex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
  const std::string nonce = unhex("cafebabefacedbaddecaf888");
  const std::string with = unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const std::string plain = unhex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5"
      "aa0de657ba637b39");
  std::string sealed;
  Gcm(key, Gcm::Use::seal).seal(nonce, with, plain, sealed);
  EXPECT_EQ(sealed,
            unhex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5"
                  "f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"));
  std::string opened(plain.size(), '\0');
  EXPECT_TRUE(Gcm(key, Gcm::Use::open).open(nonce, with, sealed, opened));
  EXPECT_EQ(opened, plain);
}

TEST(Keys, AMasterKeyIsBase64Of32Bytes) {
  const std::string zeros(43, 'A');
  const auto good = read_master_key(zeros + "=\n");
  ASSERT_TRUE(good) << good.error();
  EXPECT_EQ(good->key.view(), std::string(32, '\0'));
  EXPECT_EQ(good->id.size(), 16U);
  EXPECT_NE(good->id, read_master_key("B" + zeros.substr(1) + "=")->id);
  for (const std::string& bad : {std::string(), std::string("secret"), zeros, zeros.substr(1) + "==",
                                 zeros + "==", std::string(44, '='), zeros.substr(1) + "*="}) {
    const auto refused = read_master_key(bad);
    ASSERT_FALSE(refused) << bad;
    if (!bad.empty()) {
      EXPECT_EQ(refused.error().find(bad), std::string::npos) << "an error never shows what it was given";
    }
  }
}

TEST(Keys, AWrappedKeyOpensInItsPlaceOnly) {
  const DataKey key{7, "acme", SecretKey::fresh()};
  const std::string wrapped = wrap(master('m'), key);
  EXPECT_EQ(wrapped.size(), 60U);
  EXPECT_NE(wrap(master('m'), key), wrapped) << "a fresh nonce each time";
  EXPECT_EQ(unwrap(master('m'), 7, "acme", wrapped)->view(), key.key.view());
  EXPECT_FALSE(unwrap(master('n'), 7, "acme", wrapped));
  EXPECT_FALSE(unwrap(master('m'), 8, "acme", wrapped));
  EXPECT_FALSE(unwrap(master('m'), 7, "other", wrapped));
  EXPECT_FALSE(unwrap(master('m'), 7, "acme", {}));
  for (std::size_t i = 0; i < wrapped.size(); ++i) {
    std::string changed = wrapped;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(unwrap(master('m'), 7, "acme", changed)) << "byte " << i;
  }
}

TEST(Bodies, OpenWhateverTheirLength) {
  const DataKey key{3, "acme", SecretKey::fresh()};
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, body_chunk - 1, body_chunk, body_chunk + 1,
                                   3 * body_chunk, 3 * body_chunk + 17}) {
    const std::string plain(length, 'p');
    const std::int64_t seal = new_seal(key.id);
    const std::string sealed = seal_body(key, seal, plain);
    EXPECT_EQ(sealed.size(), sealed_length(length));
    EXPECT_EQ(open_body(key, seal, sealed, length), plain) << length;
    EXPECT_EQ(key_of_seal(seal), 3);
  }
}

TEST(Bodies, AreNotWhatTheyWereWhenAnythingIsChanged) {
  const DataKey key{3, "acme", SecretKey::fresh()};
  const std::int64_t seal = new_seal(key.id);
  const std::string plain = "an order of 17 chairs";
  const std::string sealed = seal_body(key, seal, plain);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 0x80);
    EXPECT_FALSE(open_body(key, seal, changed, plain.size())) << "byte " << i;
  }
  EXPECT_FALSE(open_body(key, new_seal(key.id), sealed, plain.size())) << "another body's place";
  DataKey other = key;
  other.tenant = "other";
  EXPECT_FALSE(open_body(other, seal, sealed, plain.size())) << "another tenant's";
}

TEST(Bodies, KeepTheirChunksInOrderAndTheirEnd) {
  const DataKey key{3, "acme", SecretKey::fresh()};
  const std::int64_t seal = new_seal(key.id);
  const std::string plain(3 * body_chunk, 'p');
  const std::string sealed = seal_body(key, seal, plain);
  constexpr std::size_t chunk = body_chunk + tag_bytes;
  const std::string salt = sealed.substr(0, body_salt_bytes);
  const auto part = [&](std::size_t n) { return sealed.substr(body_salt_bytes + n * chunk, chunk); };
  EXPECT_TRUE(open_body(key, seal, salt + part(0) + part(1) + part(2), 3 * body_chunk));
  EXPECT_FALSE(open_body(key, seal, salt + part(1) + part(0) + part(2), 3 * body_chunk));
  EXPECT_FALSE(open_body(key, seal, salt + part(0) + part(1), 2 * body_chunk)) << "cut off at a chunk's end";
}

TEST(Bodies, NeverLookAlike) {
  const DataKey key{3, "acme", SecretKey::fresh()};
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(seal_body(key, 3LL << 32, "the same"));
  EXPECT_EQ(seen.size(), 1000U);
}

}  // namespace
}  // namespace purser::gateway
