#include "gateway/access/cxml_credential.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace purser::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using std::chrono::sys_seconds;

const std::vector<std::string> secrets = {"old secret", "abracadabra"};
/// 2003-01-15T10:00:00-08:00
const sys_seconds in_time{std::chrono::seconds(1042653600)};

std::string message(std::string_view proof) {
  return R"(<?xml version="1.0"?><!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.063/cXML.dtd">
<cXML payloadID="p1" timestamp="2003-01-15T08:42:46-08:00"><Header><From><Credential domain="NetworkID">
<Identity>AN9900000100</Identity></Credential></From><To><Credential domain="DUNS"><Identity>2</Identity></Credential>
</To><Sender><Credential domain="NetworkID"><Identity> AN9900000100 </Identity>)" +
         std::string(proof) +
         "</Credential><UserAgent>x</UserAgent></Sender></Header><Request><OrderRequest>";
}

std::string mac(std::string_view value, std::string_view expires = "2003-01-15T11:42:46-08:00") {
  return R"(<CredentialMac type="FromSenderCredentials" algorithm="HMAC-SHA1-96" creationDate="2003-01-15T08:42:46-08:00"
expirationDate=")" +
         std::string(expires) + "\">" + std::string(value) + "</CredentialMac>";
}

TEST(CxmlMac, HasTheKnownAnswers) {
  const CxmlMacInput input{"NetworkID",
                           "AN9900000100",
                           "NetworkID",
                           "AN9900000100",
                           "2003-01-15T08:42:46-08:00",
                           "2003-01-15T11:42:46-08:00"};
  EXPECT_EQ(cxml_mac("abracadabra", input), "cR6Jpz58nriXERDN");
  EXPECT_EQ(cxml_mac("password", input), "5KMM/p4KtK5oAf/B");
}

TEST(VerifyCxml, TakesAnyLiveSecret) {
  const auto sender = verify_cxml(message("<SharedSecret>abracadabra</SharedSecret>"), secrets, in_time);
  EXPECT_EQ(sender.verdict, CxmlVerdict::valid);
  EXPECT_EQ(sender.domain, "NetworkID");
  EXPECT_EQ(sender.identity, "AN9900000100");
  EXPECT_EQ(sender.payload_id, "p1");
}

TEST(VerifyCxml, RefusesOthers) {
  EXPECT_EQ(verify_cxml(message("<SharedSecret>guess</SharedSecret>"), secrets, in_time).verdict,
            CxmlVerdict::wrong);
  EXPECT_EQ(verify_cxml(message("<SharedSecret/>"), std::vector<std::string>{""}, in_time).verdict,
            CxmlVerdict::wrong);
  EXPECT_EQ(verify_cxml(message(""), secrets, in_time).verdict, CxmlVerdict::missing);
  EXPECT_EQ(verify_cxml("<Order/>", secrets, in_time).verdict, CxmlVerdict::missing);
  EXPECT_EQ(verify_cxml("", secrets, in_time).verdict, CxmlVerdict::missing);
}

TEST(VerifyCxml, SeesNoHeaderThatIsCut) {
  const auto whole = message("<SharedSecret>abracadabra</SharedSecret>");
  const auto cut = whole.substr(0, whole.find("<UserAgent>"));
  EXPECT_EQ(verify_cxml(cut, secrets, in_time).verdict, CxmlVerdict::missing);
}

TEST(VerifyCxml, ChecksAMacAndItsTime) {
  EXPECT_EQ(verify_cxml(message(mac("cR6Jpz58nriXERDN")), secrets, in_time).verdict, CxmlVerdict::valid);
  EXPECT_EQ(verify_cxml(message(mac("AAAAAAAAAAAAAAAA")), secrets, in_time).verdict, CxmlVerdict::wrong);
  EXPECT_EQ(
      verify_cxml(message(mac("cR6Jpz58nriXERDN", "2033-01-15T11:42:46-08:00")), secrets, in_time).verdict,
      CxmlVerdict::wrong);
  constexpr auto day = std::chrono::hours(24);
  EXPECT_EQ(verify_cxml(message(mac("cR6Jpz58nriXERDN")), secrets, in_time + day).verdict,
            CxmlVerdict::stale);
  EXPECT_EQ(verify_cxml(message(mac("cR6Jpz58nriXERDN")), secrets, in_time - day).verdict,
            CxmlVerdict::stale);
}

TEST(CxmlResponse, IsWhatASenderExpects) {
  const auto text = cxml_response(401, "no <secret> fits", "9@purser", in_time);
  EXPECT_THAT(text, HasSubstr(R"(<Status code="401" text="Unauthorized">no &lt;secret&gt; fits</Status>)"));
  EXPECT_THAT(text, HasSubstr(R"(payloadID="9@purser" timestamp="2003-01-15T18:00:00+00:00")"));
  EXPECT_THAT(cxml_response(299, "", "x", in_time), HasSubstr(R"(code="299" text="OK")"));
}

}  // namespace
}  // namespace purser::gateway
