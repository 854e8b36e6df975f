// Documents held against XML Schemas: what fits, what does not, and what nobody may make libxml2 open.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "gateway/xsd/xsd_check.h"

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view order_xsd = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:o"
    xmlns:c="urn:c" targetNamespace="urn:o" elementFormDefault="qualified">
  <xs:import namespace="urn:c" schemaLocation="../common/common.xsd"/>
  <xs:element name="Order"><xs:complexType><xs:sequence>
    <xs:element name="Number" type="xs:token"/>
    <xs:element name="Line" maxOccurs="unbounded"><xs:complexType>
      <xs:sequence><xs:element ref="c:Quantity"/></xs:sequence>
    </xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>)";
constexpr std::string_view common_xsd = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    targetNamespace="urn:c"><xs:element name="Quantity" type="xs:decimal"/></xs:schema>)";

class Xsd : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "purser-xsd-XXXXXX";
    root_ = ::mkdtemp(name.data());
    write("xsd/main/order.xsd", order_xsd);
    write("xsd/common/common.xsd", common_xsd);
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const std::string& name, std::string_view text) const {
    fs::create_directories(fs::path(root_ + "/" + name).parent_path());
    std::ofstream(root_ + "/" + name, std::ios::binary) << text;
  }
  auto load(const std::string& name, const std::string& below = "") const {
    const std::string place = root_ + "/" + name;
    return XmlSchemas::load(std::span(&place, 1), root_ + below);
  }
  [[nodiscard]] XsdWish wish(bool strict = true) const { return {load("xsd/main").value(), strict}; }

  static std::vector<Finding> check(const XsdWish& wish, std::string_view text, std::size_t piece = 1 << 20) {
    XsdCheck check(wish);
    for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) check.feed(text.substr(0, piece));
    return check.finish(true);
  }

  std::string root_;
};

const std::string good = R"(<?xml version="1.0"?>
<!-- an order -->
<Order xmlns="urn:o" xmlns:c="urn:c">
  <Number>PO-1</Number>
  <Line><c:Quantity>10.5</c:Quantity></Line>
</Order>)";

std::string with(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

// By its first four bytes the library knows an encoding, however few came at once.
TEST_F(Xsd, AnEncodingIsKnownInSmallPieces) {
  std::string wide = "\xFF\xFE";
  for (const char c : std::string_view(good).substr(good.find('\n') + 1)) wide += {c, '\0'};
  for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{3}, wide.size()})
    EXPECT_EQ(check(wish(), wide, piece).size(), 0U) << piece;
}

TEST_F(Xsd, SaysWhatDoesNotFitAndWhere) {
  const auto strict = wish();
  for (const std::size_t piece : {1U, 7U, 100'000U}) {
    EXPECT_TRUE(check(strict, good, piece).empty()) << piece;
    const auto findings = check(
        strict, with(with(good, "10.5", "ten"), "</Order>", "<Line><c:Quantity/></Line>\n</Order>"), piece);
    ASSERT_EQ(findings.size(), 2U) << piece;
    EXPECT_EQ(findings[0].code, "XSD-0001");
    EXPECT_EQ(findings[0].severity, Severity::error);
    EXPECT_EQ(findings[0].at.line, 5U);
    EXPECT_GT(findings[0].at.column, 0U);
    EXPECT_NE(findings[0].message.find("ten"), std::string::npos);
    EXPECT_EQ(findings[1].at.line, 6U);
    const auto other = check(strict, with(good, "Number>PO-1</Number", "Nummer>PO-1</Nummer"), piece);
    ASSERT_EQ(other.size(), 1U) << piece;
    EXPECT_EQ(other[0].at.line, 4U);
    EXPECT_NE(other[0].message.find("Nummer"), std::string::npos);
  }
  EXPECT_EQ(check(wish(false), with(good, "10.5", "ten")).front().severity, Severity::warning);
}

TEST_F(Xsd, SaysWhatItIsNotFor) {
  const auto strict = wish();
  const auto code = [&](std::string_view text) {
    const auto findings = check(strict, text, 5);
    return findings.size() == 1 ? findings.front().code : std::to_string(findings.size()) + " findings";
  };
  EXPECT_EQ(code(R"(<Invoice xmlns="urn:o"/>)"), "XSD-0002");
  EXPECT_EQ(code(R"(<Order xmlns="urn:p"/>)"), "XSD-0002");
  EXPECT_EQ(code("UNA:+.? 'UNB+UNOC:3'"), "XSD-0003");
  EXPECT_EQ(code(""), "XSD-0003");
  EXPECT_EQ(code(good.substr(0, good.size() - 5)), "XSD-0003");
  EXPECT_EQ(code("<!--" + std::string(2 << 20, 'x') + "-->" + good), "XSD-0003");
  XsdCheck cut(strict);
  cut.feed(good.substr(0, 100));
  EXPECT_TRUE(cut.finish(false).empty()) << "an end that did not come is no misfit";
}

TEST_F(Xsd, OpensNothingForADocument) {
  write("secret.txt", "secret");
  const auto strict = wish();
  const std::string secret = "file://" + root_ + "/secret.txt";
  const auto external = check(strict, "<!DOCTYPE Order [<!ENTITY x SYSTEM \"" + secret + "\">]>" +
                                          with(good.substr(21), "PO-1", "&x;"));
  ASSERT_EQ(external.size(), 1U);
  EXPECT_EQ(external.front().code, "XSD-0003");
  std::string bomb = "<!DOCTYPE Order [<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c < 'm'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "\">";
  }
  EXPECT_EQ(check(strict, bomb + "]>" + with(good.substr(21), "PO-1", "&l;")).front().code, "XSD-0003");
  // A document that names schemas of its own gets none of them.
  write("loose.xsd", with(std::string(order_xsd), "xs:token", "xs:integer"));
  const auto hinted = with(good, "<Order ",
                           "<Order xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                           "xsi:schemaLocation=\"urn:o " +
                               root_ + "/loose.xsd urn:z http://127.0.0.1:1/z.xsd\" ");
  EXPECT_TRUE(check(strict, hinted).empty());
}

TEST_F(Xsd, OpensOnlyWhatLiesBelowTheRoot) {
  EXPECT_TRUE(load("xsd/main").has_value());
  EXPECT_FALSE(load("xsd/main", "/xsd/main").has_value()) << "the import leads out of the root";
  write("remote/a.xsd",
        with(std::string(order_xsd), "../common/common.xsd", "http://127.0.0.1:1/common.xsd"));
  EXPECT_FALSE(load("remote").has_value());
  write("broken/a.xsd", with(std::string(order_xsd), "xs:token", "xs:tokens"));
  const auto broken = load("broken/a.xsd");
  ASSERT_FALSE(broken.has_value());
  EXPECT_NE(broken.error().find("a.xsd:"), std::string::npos) << broken.error();
  EXPECT_FALSE(load("nothing.xsd").has_value());
  for (std::size_t i = 0; i <= XmlSchemas::most; ++i) write("many/" + std::to_string(i) + ".xsd", common_xsd);
  EXPECT_FALSE(load("many").has_value());
}

TEST_F(Xsd, AFloodOfMisfitsEnds) {
  std::string many = with(good, "</Order>", "");
  for (int i = 0; i < 10'000; ++i) many += "<Line><c:Quantity>x</c:Quantity></Line>";
  EXPECT_EQ(check(wish(), many + "</Order>").size(), XsdCheck::max_findings);
}

TEST_F(Xsd, OneSchemaServesManyThreads) {
  const auto strict = wish();
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      const auto text = i % 2 == 0 ? good : with(good, "10.5", "ten");
      for (int j = 0; j < 200; ++j) wrong += check(strict, text, 11).size() != (i % 2 == 0 ? 0U : 1U);
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace purser::gateway
