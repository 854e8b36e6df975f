// Small readers for tests: syntax written as a few lines of text, played into a SyntaxSink.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/document_sink.h"
#include "canonical/map/program.h"
#include "canonical/map/syntax.h"

namespace purser::map::testing {

/// "NAD+SE+4711::9'": components by ':', elements by '+', segments by '\''. No release character.
Outcome play_edi(std::string_view text, SyntaxSink& sink);
/// A tiny XML: elements, attributes in double quotes, text; no entities, no comments.
Outcome play_xml(std::string_view text, SyntaxSink& sink);
/// First line headings, columns by ';'.
Outcome play_delimited(std::string_view text, SyntaxSink& sink);

/// Collects a document as lines: "number=R1", "lines.number=1" and so on, in order of arrival.
class LineSink : public DocumentSink {
 public:
  Outcome push(std::span<const Event> batch) override;
  void finding(Finding finding) override { findings.push_back(std::move(finding)); }
  void loss(Loss loss) override { losses.push_back(std::move(loss)); }

  std::vector<std::string> lines;
  std::vector<Finding> findings;
  std::vector<Loss> losses;
  std::vector<Position> positions;                 ///< of the fields, as in `lines`
  [[nodiscard]] std::string text() const;          ///< lines joined by "\n"
  [[nodiscard]] std::string loss_text() const;     ///< "source=value" joined by "\n"
  [[nodiscard]] std::string finding_text() const;  ///< "CODE source" joined by "\n"

 private:
  std::vector<const GroupDescriptor*> groups_;
  std::vector<std::string> path_;
};

/// A writer: turns SyntaxSink calls back into the text of play_edi, play_xml or play_delimited.
class TextSink : public SyntaxSink {
 public:
  explicit TextSink(std::string_view syntax) : syntax_(syntax) {}
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;
  std::string text;
  /// Delimited: written as a heading line, and columns in this order; without it as HEADING=VALUE.
  std::span<const std::string> heading;

 private:
  std::vector<std::string> fields_;
  std::string syntax_;
  std::vector<std::string> open_;
  bool tag_open_ = false;
  std::size_t element_ = 0, component_ = 0;
};

/// Writes a document of canonical JSON, or fails the test.
void feed(Encoder& encoder, std::string_view json);

/// Loads or fails the test with all findings.
std::shared_ptr<const Program> load(std::string_view table, const std::vector<std::string>& layouts,
                                    const std::vector<std::string>& overlays = {},
                                    const CallTable* calls = nullptr);
/// Loads and gives the findings as "line:column CODE message | expected".
std::vector<std::string> load_errors(std::string_view table, const std::vector<std::string>& layouts,
                                     const std::vector<std::string>& overlays = {});

Outcome play(const Program& program, std::string_view text, SyntaxSink& sink);

}  // namespace purser::map::testing
