// What the connector promises on UBL documents that others wrote. Skipped where the corpus is absent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "connectors/ubl/format.h"
#include "tests/conformance/ubl/corpus.h"
#include "tests/connectors/table/trial.h"

namespace purser::ubl::testing {
namespace {

using namespace table::testing;  // read_text, write_text …

class Corpus : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto folder = corpus_folder();
    if (!folder) GTEST_SKIP() << "no corpus: set PURSER_CORPUS to its folder";
    corpus = *folder;
    documents = corpus_documents(corpus);
    ASSERT_GT(documents.size(), 300u) << "the corpus has fewer documents than it should";
    work = std::filesystem::temp_directory_path() / ("purser_ubl_" + std::to_string(::getpid()));
    std::filesystem::create_directories(work);
  }
  void TearDown() override {
    if (!work.empty()) std::filesystem::remove_all(work);
  }

  std::filesystem::path corpus, work;
  std::vector<CorpusDocument> documents;
  table::XmlTables tables{format()};
};

/// Written as what it was: OrderResponseSimple would become OrderResponse.
sdk::Request request_for(const CorpusDocument& document) {
  sdk::Request request;
  if (document.root == "OrderResponseSimple") request.message = document.root;
  return request;
}

bool is_xrechnung(const CorpusDocument& document) {
  return document.name.find("business-cases/standard") != std::string::npos ||
         document.name.find("technical-cases") != std::string::npos;
}

TEST_F(Corpus, EveryDocumentIsReadToItsEnd) {
  for (const auto& document : documents) {
    const auto trial = read_text(tables, document.text);
    ASSERT_TRUE(trial.outcome) << document.name << ": " << trial.outcome.error().message;
    const auto text = canonical_json(trial.document.events.events());
    EXPECT_TRUE(nlohmann::json::accept(text)) << document.name;
  }
}

TEST_F(Corpus, XRechnungLosesNothing) {
  std::size_t seen = 0;
  for (const auto& document : documents) {
    if (!is_xrechnung(document)) continue;
    ++seen;
    const auto trial = read_text(tables, document.text);
    for (const auto& loss : trial.document.losses.losses()) {
      ADD_FAILURE() << document.name << ":" << loss.at.line << ": " << loss.source << " = " << loss.value;
    }
    for (const auto& finding : trial.document.report.findings()) {
      EXPECT_LT(finding.severity, Severity::error) << to_line(finding, document.name);
    }
  }
  EXPECT_GE(seen, 40u);
}

/// Two samples fill every attribute there is with a placeholder: schemes of identifiers that stand for
/// themselves in the model, and the address of a tax's jurisdiction. Nothing else may get lost.
bool is_placeholder(const CorpusDocument& document, const Loss& loss) {
  return document.name.find("CENBII-") != std::string::npos &&
         document.name.find("-maximal") != std::string::npos &&
         (loss.source.find("@scheme") != std::string::npos ||
          loss.source.find("Jurisdiction") != std::string::npos ||
          loss.source.find("TaxTotal/cbc:TaxAmount") != std::string::npos);
}

TEST_F(Corpus, TheSamplesLoseNothing) {
  for (const auto& document : documents) {
    if (!document.name.starts_with("ubl/ph-ubl-testfiles")) continue;
    const auto trial = read_text(tables, document.text);
    for (const auto& loss : trial.document.losses.losses()) {
      if (is_placeholder(document, loss)) continue;
      ADD_FAILURE() << document.name << ":" << loss.at.line << ": " << loss.source << " = " << loss.value;
    }
  }
}

TEST_F(Corpus, WritingAndReadingAgainIsTheIdentity) {
  std::size_t failures = 0;
  for (const auto& document : documents) {
    const auto trial = read_text(tables, document.text);
    if (!trial.outcome) continue;
    const auto difference = round_trip_difference(tables, trial.document, request_for(document));
    // Parts of documents come back with what UBL demands besides.
    if (document.name.find("rule-tests") != std::string::npos && difference.find("- ") == std::string::npos)
      continue;
    constexpr std::size_t shown = 20;
    if (!difference.empty() && ++failures <= shown) ADD_FAILURE() << document.name << "\n" << difference;
  }
  EXPECT_EQ(failures, 0u);
}

/// The files of `folder` that xmllint finds valid, by name.
std::set<std::string> valid_files(const std::filesystem::path& schema, const std::filesystem::path& folder,
                                  const std::string& root, std::string* complaints) {
  std::vector<std::string> command = {"xmllint", "--noout", "--schema", schema.string()};
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with(root + "-")) command.push_back(entry.path().string());
  }
  const auto output = folder / ("xmllint-" + root + ".txt");
  std::set<std::string> valid;
  if (run(command, output) < 0) return valid;
  std::istringstream lines(file_text(output));
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view ending = " validates";
    if (line.ends_with(ending)) {
      valid.insert(std::filesystem::path(line.substr(0, line.size() - ending.size())).filename().string());
    } else if (complaints != nullptr && !line.ends_with("fails to validate")) {
      *complaints += line + "\n";
    }
  }
  return valid;
}

TEST_F(Corpus, WhatIsWrittenFromAValidDocumentIsValid) {
  if (run({"xmllint", "--version"}, work / "version.txt") != 0)
    GTEST_SKIP() << "no xmllint: install libxml2-utils";
  const auto source = work / "source", written = work / "written";
  std::filesystem::create_directories(source);
  std::filesystem::create_directories(written);
  std::map<std::string, std::string> names;
  std::set<std::string> roots;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const auto trial = read_text(tables, documents[i].text);
    if (!trial.outcome || trial.document.report.has(Severity::error)) continue;
    RecordedDocument notes;
    const auto text = write_text(tables, trial.document.events.events(), notes, request_for(documents[i]));
    ASSERT_TRUE(text) << documents[i].name << ": " << text.error().message;
    const auto file = documents[i].root + "-" + std::to_string(i) + ".xml";
    std::ofstream(source / file, std::ios::binary) << documents[i].text;
    std::ofstream(written / file, std::ios::binary) << *text;
    names[file] = documents[i].name;
    roots.insert(documents[i].root);
  }
  std::size_t checked = 0;
  for (const auto& root : roots) {
    const auto schema = corpus / "ubl/ubl-xsd-assembled/2.1/maindoc" / ("UBL-" + root + "-2.1.xsd");
    std::string complaints;
    const auto good = valid_files(schema, written, root, &complaints);
    for (const auto& file : valid_files(schema, source, root, nullptr)) {
      EXPECT_TRUE(good.contains(file)) << names[file] << " is valid, " << file << " written from it is not";
      ++checked;
    }
    if (HasFailure()) std::cout << complaints.substr(0, 4000);
  }
  EXPECT_GT(checked, 50u);
}

TEST_F(Corpus, TheLayoutIsWhatTheSchemasSay) {
  const char* build = std::getenv("PURSER_BUILD");
  const char* source = std::getenv("PURSER_SOURCE");
  if (build == nullptr || source == nullptr) GTEST_SKIP() << "run by ctest";
  const auto schemas = (corpus / "ubl/ubl-xsd-assembled").string();
  std::vector<std::string> command = {std::string(build) + "/bin/layout_ubl"};
  for (const char* version : {"2.1", "2.3", "2.4"}) {
    command.push_back(std::string(version) + "=" + schemas + "/" + version);
  }
  for (const char* root :
       {"Order", "OrderChange", "OrderCancellation", "OrderResponse", "OrderResponseSimple", "DespatchAdvice",
        "ReceiptAdvice", "Invoice", "CreditNote", "InvoiceResponse:ApplicationResponse",
        "ApplicationResponse", "Catalogue", "Statement", "RemittanceAdvice", "RequestForQuotation"}) {
    command.emplace_back(root);
  }
  ASSERT_EQ(run(command, work / "ubl.layout"), 0) << file_text(work / "ubl.layout");
  EXPECT_TRUE(file_text(work / "ubl.layout") ==
              file_text(std::filesystem::path(source) / "connectors/ubl/layout/ubl.layout"))
      << "print it again with tools/layout/ubl.cc";
}

}  // namespace
}  // namespace purser::ubl::testing
