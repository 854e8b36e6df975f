// What the connector promises on cXML documents that others wrote, and that what it writes is valid by the
// published DTDs. Skipped where the corpus is absent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iostream>

#include "connectors/cxml/format.h"
#include "tests/conformance/ubl/corpus.h"
#include "tests/connectors/table/trial.h"

namespace purser::cxml::testing {
namespace {

using namespace table::testing;  // read_text, write_text …

struct Document {
  std::string name, text;
};

class Corpus : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto folder = ubl::testing::corpus_folder();
    if (!folder) GTEST_SKIP() << "no corpus: set PURSER_CORPUS to its folder";
    corpus = *folder / "cxml";
    for (const auto& entry : std::filesystem::directory_iterator(corpus / "cxml-php/samples"))
      documents.push_back({entry.path().filename().string(), file_text(entry.path())});
    std::ranges::sort(documents, {}, &Document::name);
    ASSERT_GE(documents.size(), 11u);
    const char* source = std::getenv("PURSER_SOURCE");
    own = std::filesystem::path(source == nullptr ? "." : source) / "connectors/cxml/samples";
    work = std::filesystem::temp_directory_path() / ("purser_cxml_" + std::to_string(::getpid()));
    std::filesystem::create_directories(work);
  }
  void TearDown() override {
    if (!work.empty()) std::filesystem::remove_all(work);
  }

  /// The DTD a document names, among those of the corpus; empty: it has none of it.
  std::string dtd_of(const std::string& text) const {
    const auto folder = corpus / "cxml-php/dtd/1.2.063";
    const auto head = text.substr(0, text.find("<cXML"));
    if (head.find("/InvoiceDetail.dtd") != std::string::npos)
      return corpus / "cxml-officeluv/1.2.037-InvoiceDetail.dtd";
    for (const char* name : {"Fulfill.dtd", "Quote.dtd", "cXML.dtd"}) {
      if (head.find(std::string("/") + name) != std::string::npos) return folder / name;
    }
    return {};
  }

  /// True if xmllint finds the text valid. Nothing is fetched.
  bool is_valid(const std::string& text, std::string* complaints = nullptr) const {
    const auto file = work / "document.xml", output = work / "xmllint.txt";
    std::ofstream(file, std::ios::binary) << text;
    const int code = ubl::testing::run(
        {"xmllint", "--noout", "--nonet", "--dtdvalid", dtd_of(text), file.string()}, output);
    if (complaints != nullptr) *complaints = file_text(output);
    return code == 0;
  }

  sdk::Request request_for(const std::string& text) const {
    sdk::Request request;
    if (const auto* document = tables.detect(text).document) request.message = document->message;
    return request;
  }

  std::filesystem::path corpus, own, work;
  std::vector<Document> documents;
  table::XmlTables tables{format()};
};

/// Messages that have no place in the model: catalogues for a shop, stock, quotes in the older form.
bool is_another_message(const std::string& name) {
  return name == "CatalogUploadRequest.xml" || name == "Index.xml" || name == "ProductActivityMessage.xml" ||
         name == "QuoteMessage.xml";
}

TEST_F(Corpus, EveryDocumentIsReadWithoutLossOrRefused) {
  for (const auto& document : documents) {
    const auto trial = read_text(tables, document.text);
    if (is_another_message(document.name)) {
      ASSERT_FALSE(trial.outcome) << document.name;
      EXPECT_EQ(trial.outcome.error().code, "TABLE-0010") << document.name;
      continue;
    }
    ASSERT_TRUE(trial.outcome) << document.name << ": " << trial.outcome.error().message;
    for (const auto& loss : trial.document.losses.losses())
      ADD_FAILURE() << document.name << ":" << loss.at.line << ": " << loss.source << " = " << loss.value;
    for (const auto& finding : trial.document.report.findings())
      EXPECT_LT(finding.severity, Severity::error) << to_line(finding, document.name);
  }
}

TEST_F(Corpus, WritingAndReadingAgainIsTheIdentity) {
  for (const auto& document : documents) {
    if (is_another_message(document.name)) continue;
    const auto trial = read_text(tables, document.text);
    ASSERT_TRUE(trial.outcome) << document.name;
    EXPECT_EQ(round_trip_difference(tables, trial.document, request_for(document.text)), "") << document.name;
  }
}

TEST_F(Corpus, WhatIsWrittenIsValid) {
  if (ubl::testing::run({"xmllint", "--version"}, work / "version.txt") != 0)
    GTEST_SKIP() << "no xmllint: install libxml2-utils";
  for (const auto& entry : std::filesystem::directory_iterator(own)) {
    if (entry.path().string().ends_with(".in.xml"))
      documents.push_back({entry.path().filename().string(), file_text(entry.path())});
  }
  std::size_t checked = 0;
  for (const auto& document : documents) {
    if (is_another_message(document.name) || dtd_of(document.text).empty() || !is_valid(document.text))
      continue;
    const auto trial = read_text(tables, document.text);
    ASSERT_TRUE(trial.outcome) << document.name;
    RecordedDocument notes;
    const auto request = request_for(document.text);
    const auto text = write_text(tables, trial.document.events.events(), notes, request);
    ASSERT_TRUE(text) << document.name << ": " << text.error().message;
    std::string complaints;
    EXPECT_TRUE(is_valid(*text, &complaints)) << document.name << "\n" << complaints << *text;
    ++checked;
  }
  EXPECT_GE(checked, 15u);
}

TEST_F(Corpus, TheLayoutsAreWhatTheDtdsSay) {
  const char* build = std::getenv("PURSER_BUILD");
  if (build == nullptr) GTEST_SKIP() << "run by ctest";
  const auto published = (corpus / "cxml-php/dtd/1.2.063").string();
  const std::vector<std::vector<std::string>> layouts = {
      {"cxml", "1.2.063", published + "/cXML.dtd", "OrderRequest", "OrderChange:OrderRequest",
       "PunchOutSetupRequest", "PunchOutOrderMessage", "StatusUpdateRequest",
       "InvoiceStatusUpdate:StatusUpdateRequest", "ProfileRequest", "ProfileResponse",
       "Response:PunchOutSetupResponse"},
      {"fulfill", "1.2.063", published + "/Fulfill.dtd", "ConfirmationRequest", "ShipNoticeRequest",
       "ReceiptRequest"},
      {"invoice", "1.2.037", (corpus / "cxml-officeluv/1.2.037-InvoiceDetail.dtd").string(),
       "InvoiceDetailRequest"}};
  for (const auto& layout : layouts) {
    std::vector<std::string> command = {std::string(build) + "/bin/layout_cxml"};
    command.insert(command.end(), layout.begin(), layout.end());
    const auto printed = work / "printed.layout";
    ASSERT_EQ(ubl::testing::run(command, printed), 0) << file_text(printed);
    EXPECT_TRUE(file_text(printed) == file_text(own.parent_path() / "layout" / (layout[0] + ".layout")))
        << layout[0] << ".layout: print it again with tools/layout/cxml.cc";
  }
}

}  // namespace
}  // namespace purser::cxml::testing
