// What a reader delivers, as text: one line a call, so that a test shows at a glance what was read.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/map/syntax.h"
#include "connectors/reader/bytes.h"
#include "connectors/reader/finding_handler.h"

namespace purser::reader {

/// "<NAD", "  1.1=BY", with places " line:column+offset" if `with_places`.
class Trace : public map::SyntaxSink {
 public:
  explicit Trace(bool with_places = false) : with_places_(with_places) {}
  Outcome open(std::string_view name, const Position& at) override {
    text += fmt::format("{}<{}{}\n", std::string(depth_++ * 2, ' '), name, place(at));
    return {};
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view value, const Position& at) override {
    text += std::string(depth_ * 2, ' ');
    if (!where.name.empty()) text += fmt::format("@{}", where.name);
    if (where.element != 0) text += fmt::format("{}", where.element);
    if (where.component != 0) text += fmt::format(".{}", where.component);
    if (where.repetition > 1) text += fmt::format("#{}", where.repetition);
    text += fmt::format("={}{}\n", value, place(at));
    return {};
  }
  Outcome close(const Position&) override {
    --depth_;
    return {};
  }
  std::string text;

 private:
  [[nodiscard]] std::string place(const Position& at) const {
    return with_places_ ? fmt::format(" {}:{}+{}", at.line, at.column, at.offset) : std::string();
  }
  bool with_places_;
  std::size_t depth_ = 0;
};

/// Collects findings as "XML-0021 3:5".
struct Findings {
  std::vector<Finding> all;
  [[nodiscard]] FindingHandler handler() {
    return [this](Finding finding) { all.push_back(std::move(finding)); };
  }
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const Finding& finding : all) {
      out += fmt::format("{}{} {}:{}", out.empty() ? "" : ", ", finding.code, finding.at.line,
                         finding.at.column);
    }
    return out;
  }
};

/// Gives a text in pieces of a fixed size.
class PieceSource : public ByteSource {
 public:
  PieceSource(std::string_view text, std::size_t piece) : rest_(text), piece_(piece) {}
  std::expected<std::size_t, Status> read(std::span<char> into) override {
    const std::size_t size = std::min({into.size(), rest_.size(), piece_});
    rest_.copy(into.data(), size);
    rest_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view rest_;
  std::size_t piece_;
};

}  // namespace purser::reader
