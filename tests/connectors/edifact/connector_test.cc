// The connector's own parts: directories, tables, packing, interchanges.
#include <gtest/gtest.h>

#include <array>

#include "canonical/event/json_reader.h"
#include "connectors/edifact/directory.h"
#include "connectors/edifact/packing.h"
#include "connectors/edifact/settings.h"
#include "tests/connectors/edifact/trial.h"

namespace purser::edifact {
namespace {

using testing::read_text;
using testing::write_text;

constexpr std::array<std::string_view, 2> known = {"D01B", "D96A"};

TEST(Directory, NearestInTime) {
  EXPECT_EQ(nearest_directory("D96A", known), "D96A");
  EXPECT_EQ(nearest_directory("D93A", known), "D96A");
  EXPECT_EQ(nearest_directory("S93A", known), "D96A");
  EXPECT_EQ(nearest_directory("D97A", known), "D96A");
  EXPECT_EQ(nearest_directory("D99B", known), "D01B");
  EXPECT_EQ(nearest_directory("D10A", known), "D01B");
  EXPECT_EQ(nearest_directory("2912", known), "D01B");
  EXPECT_EQ(nearest_directory("", {}), "");
}

TEST(Tables, EveryMessageCompilesInBothDirections) {
  Tables tables({});
  for (const auto& [message, document] : served_messages()) {
    const auto directories = tables.directories(message);
    EXPECT_GE(directories.size(), 2U) << message;
    for (const std::string_view directory : directories) {
      const ProgramResult program = tables.find({std::string(message), std::string(directory)}, {});
      if (!program) {
        for (const Finding& finding : program.error().findings()) ADD_FAILURE() << finding.source << to_line(finding, "");
        continue;
      }
      EXPECT_TRUE((*program)->reads()) << message << directory;
      EXPECT_TRUE((*program)->writes()) << message << directory;
      EXPECT_EQ((*program)->document(), document) << message << directory;
    }
  }
}

TEST(Tables, UnknownNamesAreFindings) {
  Tables tables({});
  EXPECT_FALSE(tables.find({"IFTMIN", "D96A"}, {}));
  const std::vector<std::string> overlays = {"acme"};
  const ProgramResult program = tables.find({"INVOIC", "D96A"}, overlays);
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().findings().front().code, "EDIFACT-0056");
}

TEST(Tables, AnOverlayChangesARow) {
  const sdk::TableText overlay = {"acme.overlay",
                                  "overlay acme for edifact ORDERS D96A\n"
                                  "deviation \"contract in RFF+ZZZ\" since 2024-03\n"
                                  "  replace RFF[C506.1153=CT]  with  RFF[C506.1153=ZZZ]\n"};
  Tables tables(std::vector{overlay});
  const std::vector<std::string> overlays = {"acme"};
  const ProgramResult program = tables.find({"ORDERS", "D96A"}, overlays);
  if (program) return;
  for (const Finding& finding : program.error().findings()) ADD_FAILURE() << to_line(finding, finding.source);
}

/// Segments as text, for short.
class Recorder : public map::SyntaxSink {
 public:
  Outcome open(std::string_view name, const Position& /*at*/) override {
    text += (text.empty() ? "" : " ") + std::string(name);
    return {};
  }
  Outcome leaf(const map::LeafAddress& /*where*/, std::string_view value, const Position& /*at*/) override {
    text += "+" + std::string(value);
    return {};
  }
  Outcome close(const Position& /*at*/) override { return {}; }
  std::string text;
};

std::string pack(const std::vector<std::string>& segments, RecordedDocument& notes, std::string_view message = "DESADV") {
  Recorder recorder;
  PackingWriter writer(*packing_of(message), recorder, notes);
  for (const std::string& segment : segments) {
    EXPECT_TRUE(writer.open(segment.substr(0, 3), {}));
    if (segment.size() > 4) {
      const std::uint16_t element = segment[3] == ':' ? 9 : 1;
      EXPECT_TRUE(writer.leaf({{}, element, 1, 1}, segment.substr(4), {}));
    }
    EXPECT_TRUE(writer.close({}));
  }
  EXPECT_TRUE(writer.finish());
  return recorder.text;
}

TEST(Packing, LinesStandInTheirPackages) {
  RecordedDocument notes;
  EXPECT_EQ(pack({"UNH", "CPS+1", "PAC", "CPS+2", "CPS+3", "CPS+lines", "LIN+1", "XPK+2", "QTY", "LIN+2", "XPK+3", "CNT", "UNT"},
                 notes),
            "UNH CPS+1 PAC CPS+2 LIN+1 QTY CPS+3 LIN+2 CNT UNT");
  EXPECT_EQ(pack({"UNH", "CPS+lines", "LIN+1", "LIN+2", "UNT"}, notes), "UNH CPS+1 LIN+1 LIN+2 UNT");
  EXPECT_EQ(pack({"UNH", "CPS+7", "CPS+lines", "LIN+1", "QTY", "CNT", "UNT"}, notes), "UNH CPS+7 LIN+1 QTY CNT UNT");
  EXPECT_EQ(pack({"UNH", "CPS+7", "UNT"}, notes), "UNH CPS+7 UNT");
  EXPECT_TRUE(notes.report.empty());
  EXPECT_EQ(pack({"UNH", "CPS+1", "CPS+2", "CPS+lines", "LIN+1", "XPK+2", "LIN+2", "XPK+1", "UNT"}, notes),
            "UNH CPS+1 CPS+2 LIN+1 CPS+1 LIN+2 UNT");
  ASSERT_EQ(notes.report.findings().size(), 1U);
  EXPECT_EQ(notes.report.findings()[0].code, "EDIFACT-0055");
}

TEST(Packing, MessagesStandInTheirGroupsOrInNone) {
  RecordedDocument notes;
  EXPECT_EQ(pack({"UNH", "UCI", "UCF+G", "UCF+H", "UCF+G", "UCF:0", "UCM+1", "XGR+G", "UCS", "UCM+2", "XGR+H", "UCM+3",
                  "XGR+G", "UNT"},
                 notes, "CONTRL"),
            "UNH UCI UCF+G UCM+1 UCS UCF+H UCM+2 UCF+G UCM+3 UNT");
  EXPECT_EQ(pack({"UNH", "UCF:0", "UCM+1", "UCS", "UCM+2", "UNT"}, notes, "CONTRL"), "UNH UCM+1 UCS UCM+2 UNT");
  EXPECT_TRUE(notes.report.empty());
}

TEST(Packing, LinesLearnTheirPackage) {
  Recorder recorder;
  PackingReader reader(*packing_of("DESADV"), recorder);
  for (const std::string segment : {"CPS+1", "LIN+1", "QTY", "CPS+2", "LIN+2", "LIN+3"}) {
    ASSERT_TRUE(reader.open(segment.substr(0, 3), {}));
    if (segment.size() > 4) {
      ASSERT_TRUE(reader.leaf({{}, 1, 1, 1}, segment.substr(4), {}));
    }
    ASSERT_TRUE(reader.close({}));
  }
  EXPECT_EQ(recorder.text, "CPS+1 LIN+1 XPK+1 QTY CPS+2 LIN+2 XPK+2 LIN+3 XPK+2");
}

constexpr std::string_view two_orders =
    "UNB+UNOC:3+A:14+B:14+261120:0915+77'"
    "UNH+X1+ORDERS:D:96A:UN:EAN008'BGM+220+P1+9'DTM+137:20261120:102'NAD+BY+5412345000013::9'NAD+SU+4012345000009::9'"
    "LIN+1++4012345000016:EN'QTY+21:1,5:KGM'UNS+S'UNT+9+X1'"
    "UNH+X2+ORDERS:D:96A:UN:EAN008'BGM+220+P2+9'DTM+137:20261120:102'NAD+BY+5412345000013::9'NAD+SU+4012345000009::9'"
    "LIN+1++4012345000016:EN'QTY+21:2:PCE'UNS+S'UNT+9+X2'UNZ+2+77'";

TEST(Writing, SeveralDocumentsShareAnInterchange) {
  Tables tables({});
  const auto trial = read_text(tables, two_orders);
  ASSERT_EQ(trial.documents.size(), 2U);
  sdk::Request request;
  request.settings = R"({"sender":{"id":"US","qualifier":"ZZZ"},"association":"EAN008","decimal_mark":",","line_breaks":true})";
  RecordedDocument notes;
  const auto text = write_text(tables, trial.documents, request, notes);
  ASSERT_TRUE(text.has_value()) << text.error().message;
  EXPECT_TRUE(text->starts_with("UNA:+,? '\nUNB+UNOC:3+US:ZZZ+B:14+261120:1230+77'\nUNH+X1+ORDERS:D:96A:UN:EAN008'\n")) << *text;
  EXPECT_NE(text->find("QTY+21:1,5:KGM'"), std::string::npos) << *text;
  EXPECT_NE(text->find("UNH+X2+"), std::string::npos) << *text;
  EXPECT_NE(text->find("UNZ+2+77'"), std::string::npos) << *text;
}

TEST(Writing, SenderAndRecipientMustBeKnown) {
  Tables tables({});
  const auto trial = read_text(tables, "UNH+1+INVOIC:D:96A:UN'BGM+380+R+9'DTM+137:20261120:102'UNS+S'UNT+5+1'");
  ASSERT_EQ(trial.documents.size(), 1U);
  RecordedDocument notes;
  const auto text = write_text(tables, trial.documents, {}, notes);
  ASSERT_FALSE(text.has_value());
  EXPECT_EQ(text.error().code, "EDIFACT-0052");
}

TEST(Writing, PartiesAreTheLastResort) {
  Tables tables({});
  auto trial = read_text(tables,
                         "UNH+1+INVOIC:D:96A:UN'BGM+380+R+9'DTM+137:20261120:102'NAD+BY+5412345000013::9'"
                         "NAD+SU+4012345000009::9'LIN+1++4012345000016:EN'QTY+47:1'UNS+S'UNT+9+1'");
  ASSERT_EQ(trial.documents.size(), 1U);
  RecordedDocument notes;
  const auto text = write_text(tables, trial.documents, {}, notes);
  ASSERT_TRUE(text.has_value()) << text.error().message;
  EXPECT_NE(text->find("UNB+UNOC:3+4012345000009:14+5412345000013:14+"), std::string::npos) << *text;
}

// Dates of a delivery hang on its quantity; one without is of the line as a whole.
TEST(Writing, ADeliveryWithoutItsQuantityIsADateOfTheLine) {
  const std::string_view json =
      R"({"document":"purchase_order","model":"1.0","number":"P-1","issue_date":"2026-11-02","kind":"220",)"
      R"("buyer":{"name":"B","identifiers":[{"id":"5412345000013","scheme":"0088"}]},)"
      R"("seller":{"name":"S","identifiers":[{"id":"4012345000009","scheme":"0088"}]},"lines":[{"number":"1",)"
      R"("quantity":{"value":"5","unit":"C62"},"deliveries":[{"schedule":"1","quantity":{"value":"2"},)"
      R"("requested":{"start_date":"2026-11-20"}},{"requested":{"start_date":"2026-11-25"}},)"
      R"({"promised":{"start_date":"2026-11-27"}}]}]})";
  std::vector<RecordedDocument> documents(1);
  ASSERT_TRUE(read_json(json, documents[0]));
  Tables tables({});
  RecordedDocument notes;
  const auto text = write_text(tables, documents, {}, notes);
  ASSERT_TRUE(text.has_value()) << text.error().message;
  EXPECT_NE(text->find("DTM+2:20261125:102'DTM+67:20261127:102'SCC+1'QTY+21:2'DTM+2:20261120:102'"), std::string::npos)
      << *text;
  EXPECT_TRUE(notes.losses.losses().empty());
  EXPECT_FALSE(notes.report.has(Severity::warning));
}

TEST(Settings, AreChecked) {
  EXPECT_TRUE(parse_settings("").has_value());
  EXPECT_TRUE(parse_settings(R"({"syntax":"UNOY","syntax_version":4})").has_value());
  EXPECT_FALSE(parse_settings(R"({"syntax":"UNOQ"})").has_value());
  EXPECT_FALSE(parse_settings(R"({"sender":"me"})").has_value());
  EXPECT_FALSE(parse_settings("{").has_value());
}

TEST(Settings, SchemaIsJson) { EXPECT_NE(std::string_view(settings_schema).find("\"$defs\""), std::string_view::npos); }

}  // namespace
}  // namespace purser::edifact
