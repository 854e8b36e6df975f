// A signature covers the digest, and the digest the body: nothing behind the door sees another body.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "gateway/access/jose/crypto.h"
#include "gateway/access/signature/verify.h"
#include "tests/gateway/intake/raw_client.h"
#include "tests/gateway/serve/running_server.h"

namespace purser::gateway {
namespace {

using nlohmann::json;
using testing::order;
using testing::RunningServer;

class Signed : public ::testing::Test {
 protected:
  Signed() : pair_(*CryptoKey::generate(KeyKind::ed25519)) {
    server_.write_config("erp.pub", pair_.public_pem());
    server_.write_config("signers.yaml", "signers: {erp: {keys: erp.pub, scopes: [documents:write]}}\n");
    server_.start();
  }
  /// Signs for one body and sends another; gives the status.
  int send(const std::string& meant, const std::string& sent, bool chunked) const {
    HttpMessage message;
    message.method = "POST";
    message.scheme = "http";
    message.authority = "test";
    message.request_target = "/v1/documents?source=api";
    message.fields = {{"Host", "test"}, {"Content-Digest", content_digest(meant)}};
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto input = R"(("@method" "@target-uri" "content-digest");created=)" +
                       std::to_string(now.time_since_epoch().count()) + R"(;keyid="erp")";
    const auto fields = sign_message(message, "s", input, {"", "", pair_}, *find_http_algorithm("ed25519"));
    EXPECT_TRUE(fields) << fields.error();
    std::string text = "POST /v1/documents?source=api HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Digest: " +
                       content_digest(meant) + "\r\nSignature-Input: " + fields->input +
                       "\r\nSignature: " + fields->signature + "\r\n";
    text += chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + std::to_string(sent.size()) + "\r\n\r\n";
    constexpr std::size_t piece = 60'000;
    for (std::size_t at = 0; at < sent.size(); at += piece) {
      const auto part = sent.substr(at, piece);
      char length[20];
      std::snprintf(length, sizeof length, "%zx\r\n", part.size());
      text += chunked ? length + part + "\r\n" : part;
    }
    testing::RawClient client(server_.port());
    client.send(text + (chunked ? "0\r\n\r\n" : ""));
    return testing::status_of(client.response());
  }
  [[nodiscard]] std::size_t documents() const {
    return json::parse(server_.get("/v1/documents").body)["documents"].size();
  }

  CryptoKey pair_;
  RunningServer server_;
};

TEST_F(Signed, AnotherBodyThanWasSignedReachesNobody) {
  std::size_t taken = 0;
  for (const std::size_t blanks : {0U, 1U << 20}) {  // in memory; and beyond server.limits' spool, in a file
    for (const bool chunked : {false, true}) {
      const std::string good = order("PO-" + std::to_string(blanks) + (chunked ? "c" : "l")) + std::string(blanks, ' ');
      for (const std::size_t at : {std::size_t{40}, good.size() - 1}) {
        std::string other = good;
        other[at] = other[at] == '9' ? '8' : '9';
        EXPECT_EQ(send(good, other, chunked), 401) << blanks << " " << chunked << " " << at;
      }
      EXPECT_EQ(send(good, good + " ", chunked), 401) << "longer";
      EXPECT_EQ(send(good, good.substr(0, good.size() - 1), chunked), 401) << "shorter";
      EXPECT_EQ(send(good, "", chunked), 401) << "none";
      EXPECT_EQ(documents(), taken) << "nothing of these was taken";
      EXPECT_EQ(send(good, good, chunked), 202);
      EXPECT_EQ(documents(), ++taken);
    }
  }
}

}  // namespace
}  // namespace purser::gateway
