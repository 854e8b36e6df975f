#include <gtest/gtest.h>

#include "gateway/access/signature/signature_base.h"
#include "gateway/access/signature/verify.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'700'000'000)};
constexpr std::string_view body = R"({"hello": "world"})";

HttpMessage request() {
  HttpMessage message;
  message.method = "POST";
  message.scheme = "https";
  message.authority = "Example.COM:443";
  message.request_target = "/v1/documents?source=api&b=a%20b+c&two=1&two=2";
  message.fields = {{"Host", "Example.COM:443"},
                    {"Content-Digest", content_digest(body)},
                    {"X-List", " a,  b "},
                    {"x-list", "c"},
                    {"X-Dict", "a=1,   b=(x  y);q=0.50, c"},
                    {"X-Empty", ""}};
  return message;
}

std::string base_of(const HttpMessage& message, const std::string& covered) {
  auto dictionary = structured::parse_dictionary("s=" + covered);
  if (!dictionary) return "unreadable";
  auto base = signature_base(message, std::get<structured::InnerList>(*structured::find(*dictionary, "s")));
  if (!base) return "refused: " + base.error();
  return base->substr(0, base->rfind("\"@signature-params\""));
}

// Section 2.2 and 2.1 of RFC 9421, component by component.
TEST(SignatureBase, ResolvesEveryComponent) {
  const std::pair<std::string, std::string> cases[] = {
      {R"("@method")", "POST"},
      {R"("@target-uri")", "https://example.com/v1/documents?source=api&b=a%20b+c&two=1&two=2"},
      {R"("@authority")", "example.com"},
      {R"("@scheme")", "https"},
      {R"("@request-target")", "/v1/documents?source=api&b=a%20b+c&two=1&two=2"},
      {R"("@path")", "/v1/documents"},
      {R"("@query")", "?source=api&b=a%20b+c&two=1&two=2"},
      {R"("@query-param";name="b")", "a%20b%20c"},
      {R"("x-list")", "a,  b, c"},
      {R"("x-list";sf)", "a, b, c"},
      {R"("x-list";bs)", ":YSwgIGI=:, :Yw==:"},
      {R"("x-dict";sf)", "a=1, b=(x y);q=0.5, c"},
      {R"("x-dict";key="b")", "(x y);q=0.5"},
      {R"("x-dict";key="c")", "?1"},
      {R"("x-empty")", ""}};
  for (const auto& [component, value] : cases) {
    EXPECT_EQ(base_of(request(), "(" + component + ")"), component + ": " + value + "\n");
  }
}

// Section 2.2.8: names and values are decoded as a form's and encoded in one way.
TEST(SignatureBase, QueryParametersAreSpelledInOneWay) {
  auto message = request();
  message.request_target =
      "/p?var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=x&t=%7e~%"
      "2a*&e=";
  EXPECT_EQ(
      base_of(
          message,
          R"(("@query-param";name="var" "@query-param";name="bar" )"
          R"("@query-param";name="fa%C3%A7ade%22%3A%20" "@query-param";name="t" "@query-param";name="e"))"),
      "\"@query-param\";name=\"var\": this%20is%20a%20big%0Amultiline%20value\n"
      "\"@query-param\";name=\"bar\": with%20plus%20whitespace\n"
      "\"@query-param\";name=\"fa%C3%A7ade%22%3A%20\": x\n"
      "\"@query-param\";name=\"t\": %7E%7E**\n"
      "\"@query-param\";name=\"e\": \n");
}

TEST(SignatureBase, RefusesWhatCannotBeResolved) {
  for (const char* covered : {R"(("x-absent"))",
                              R"(("@status"))",
                              R"(("@other"))",
                              R"(("@method" "@method"))",
                              R"(("X-List"))",
                              R"(("x-list";bs;sf))",
                              R"(("x-list";bs;key="a"))",
                              R"(("x-dict";key="z"))",
                              R"(("x-list";key="z"))",
                              R"(("x-list";unknown))",
                              R"(("x-list";sf=?0))",
                              R"(("x-list";req))",
                              R"(("x-list";tr))",
                              R"(("@query-param";name="two"))",
                              R"(("@query-param";name="absent"))",
                              R"(("@query-param"))",
                              R"(("@method";sf))",
                              R"((x-list))",
                              R"(("@signature-params"))",
                              R"(("x-list";name="a"))",
                              R"(("x-dict";sf;key="a" "x-dict";key="a";sf))"}) {
    EXPECT_TRUE(base_of(request(), covered).starts_with("refused")) << covered;
  }
}

TEST(SignatureBase, AResponseCanCoverItsRequest) {
  auto asked = request();
  HttpMessage answer;
  answer.status = 503;
  answer.request = &asked;
  answer.fields = {{"X-List", "z"}};
  answer.trailers = {{"X-End", "e"}};
  EXPECT_EQ(
      base_of(answer, R"(("@status" "@method";req "x-list" "x-list";req "x-end";tr))"),
      "\"@status\": 503\n\"@method\";req: POST\n\"x-list\": z\n\"x-list\";req: a,  b, c\n\"x-end\";tr: e\n");
  EXPECT_TRUE(base_of(answer, R"(("@method"))").starts_with("refused"));
}

TEST(SignatureBase, NormalizesTargets) {
  auto message = request();
  message.request_target = "https://example.com?x=1";
  EXPECT_EQ(base_of(message, R"(("@path" "@query"))"), "\"@path\": /\n\"@query\": ?x=1\n");
  message.request_target = "/p";
  EXPECT_EQ(base_of(message, R"(("@query" "@target-uri"))"),
            "\"@query\": ?\n\"@target-uri\": https://example.com/p\n");
  message.authority = "Example.com:8443";
  EXPECT_EQ(base_of(message, R"(("@authority"))"), "\"@authority\": example.com:8443\n");
}

struct Sender {
  TrustedKey key{"shop", "", *CryptoKey::generate(KeyKind::ed25519)};
  KeySet trusted{{key}, {}};
};

HttpMessage signed_request(const Sender& sender, const std::string& input,
                           const char* algorithm = "ed25519") {
  auto message = request();
  auto fields = sign_message(message, "sig1", input, sender.key, *find_http_algorithm(algorithm));
  EXPECT_TRUE(fields);
  message.fields.emplace_back("Signature-Input", fields->input);
  message.fields.emplace_back("Signature", fields->signature);
  return message;
}

const std::string usual = R"(("@method" "@target-uri" "content-digest");created=1700000000;keyid="shop")";

std::string verdict(const HttpMessage& message, const Sender& sender, const SignaturePolicy& policy = {},
                    std::string_view content = body) {
  auto found = verify_message(message, pieces_of(content), sender.trusted, policy, now);
  return found ? "valid" : std::string(name(found.error()));
}

TEST(MessageSignature, HoldsAndBreaks) {
  Sender sender;
  auto message = signed_request(sender, usual);
  EXPECT_EQ(verdict(message, sender), "valid");
  EXPECT_EQ(verdict(message, sender, {}, "{}"), "digest");
  auto changed = message;
  changed.method = "PUT";
  EXPECT_EQ(verdict(changed, sender), "signature");
  changed = message;
  changed.request_target += "&x=1";
  EXPECT_EQ(verdict(changed, sender), "signature");
  changed = message;
  changed.fields[2].second = "not covered";
  EXPECT_EQ(verdict(changed, sender), "valid");
  EXPECT_EQ(verdict(request(), sender), "missing");
  EXPECT_EQ(verdict(message, Sender()), "signature") << "another key of the same name";
}

TEST(MessageSignature, ThePolicyDecides) {
  Sender sender;
  struct Case {
    const char* name;
    std::string input;
    const char* verdict;
  };
  const Case cases[] = {
      {"too little covered", R"(("@method" "@target-uri");created=1700000000;keyid="shop")", "not-covered"},
      {"nothing covered", R"(();created=1700000000;keyid="shop")", "not-covered"},
      {"no created", R"(("@method" "@target-uri" "content-digest");keyid="shop")", "parameter"},
      {"no keyid", R"(("@method" "@target-uri" "content-digest");created=1700000000)", "parameter"},
      {"old", R"(("@method" "@target-uri" "content-digest");created=1699999699;keyid="shop")", "too-old"},
      {"of tomorrow", R"(("@method" "@target-uri" "content-digest");created=1700000061;keyid="shop")",
       "early"},
      {"expired",
       R"(("@method" "@target-uri" "content-digest");created=1699999900;expires=1699999940;keyid="shop")",
       "expired"},
      {"unknown key", R"(("@method" "@target-uri" "content-digest");created=1700000000;keyid="other")",
       "unknown-key"},
      {"another algorithm's name",
       R"(("@method" "@target-uri" "content-digest");created=1700000000;keyid="shop";alg="rsa-pss-sha512")",
       "unknown-key"},
      {"an algorithm that is not allowed",
       R"(("@method" "@target-uri" "content-digest");created=1700000000;keyid="shop";alg="hmac-sha256")",
       "algorithm"},
      {"created is a text", R"(("@method" "@target-uri" "content-digest");created="1700000000";keyid="shop")",
       "malformed"},
      {"its algorithm",
       R"(("@method" "@target-uri" "content-digest");created=1700000000;keyid="shop";alg="ed25519")",
       "valid"}};
  for (const auto& one : cases)
    EXPECT_EQ(verdict(signed_request(sender, one.input), sender), one.verdict) << one.name;
  SignaturePolicy policy;
  policy.nonce = true;
  EXPECT_EQ(verdict(signed_request(sender, usual), sender, policy), "parameter");
  policy = {};
  policy.covered.push_back("@query-param;name=\"source\"");
  EXPECT_EQ(verdict(signed_request(sender, usual), sender, policy), "not-covered");
  policy = {};
  policy.label = "other";
  EXPECT_EQ(verdict(signed_request(sender, usual), sender, policy), "missing");
}

// A component under parameters that change its meaning is not the component that was asked for.
TEST(MessageSignature, AParameterMakesAnotherComponent) {
  Sender sender;
  auto message = signed_request(
      sender, R"(("@method" "@target-uri" "content-digest";key="sha-256");created=1700000000;keyid="shop")");
  EXPECT_EQ(verdict(message, sender), "not-covered");
}

TEST(MessageSignature, ALabelStandsOnce) {
  Sender sender;
  auto message = signed_request(sender, usual);
  message.fields.emplace_back("Signature-Input", "sig1=();created=1700000000;keyid=\"shop\"");
  EXPECT_EQ(verdict(message, sender), "malformed");
}

// With an HMAC secret and a public key under one id, the name of the algorithm must not choose what the bytes
// are.
TEST(MessageSignature, APublicKeyIsNoSecret) {
  Sender sender;
  TrustedKey secret{"shop", "", *CryptoKey::secret(sender.key.key.raw_public())};
  auto message = request();
  auto fields = sign_message(message, "sig1", usual, secret, *find_http_algorithm("hmac-sha256"));
  message.fields.emplace_back("Signature-Input", fields->input);
  message.fields.emplace_back("Signature", fields->signature);
  SignaturePolicy policy;
  policy.algorithms = {"ed25519", "hmac-sha256"};
  EXPECT_EQ(verdict(message, sender, policy), "signature");
}

TEST(ContentDigest, EveryKnownMemberMustMatch) {
  auto check = [](const std::string& field) { return check_content_digest(field, pieces_of(body)); };
  auto good = content_digest(body);
  EXPECT_EQ(check(good), DigestVerdict::matches);
  EXPECT_EQ(check(good + ", md5=:AAAA:"), DigestVerdict::matches);
  EXPECT_EQ(check(good + ", sha-512=:AAAA:"), DigestVerdict::differs);
  EXPECT_EQ(check("md5=:AAAA:"), DigestVerdict::unknown);
  EXPECT_EQ(check("sha-256=AAAA"), DigestVerdict::unknown);
  EXPECT_EQ(check(""), DigestVerdict::unknown);
}

TEST(HttpMessage, IsReadFromText) {
  auto read = read_http_message("POST /a HTTP/1.1\nHost: x\nA: 1\n 2\n\nbody\n", "https");
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->first.authority, "x");
  EXPECT_EQ(read->first.lines("a").front(), "1 2");
  EXPECT_EQ(read->second, "body\n");
  EXPECT_EQ(read_http_message("HTTP/1.1 200 OK\r\n\r\n", "https")->first.status, 200);
  for (const char* bad : {"", "GET /", "GET / HTTP/1.1\nnofield\n\n", "HTTP/1.1 x\n\n"}) {
    EXPECT_FALSE(read_http_message(bad, "https")) << bad;
  }
}

}  // namespace
}  // namespace purser::gateway
