#include "canonical/finding/finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "canonical/finding/catalogue_table.h"
#include "canonical/finding/loss.h"

namespace purser {
namespace {

std::string_view name(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
    case Severity::fatal:
      return "fatal";
  }
  return "error";
}

}  // namespace

std::string shown(std::string_view value) {
  if (value.size() <= Finding::max_value_shown) return std::string(value);
  std::size_t end = Finding::max_value_shown;
  // Do not cut a UTF-8 sequence in two: its later bytes look like 10xxxxxx.
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
  return std::string(value.substr(0, end)) + "…";
}

/// One fault, one finding: a value the layout has refused is not refused again by its row, which only adds
/// the field and makes it an error; and what could not be read is not missing as well.
static bool is_told(const Finding& finding, std::vector<Finding>& before) {
  constexpr std::string_view refused[] = {"MAP-0019", "MAP-0024", "MAP-0025"};  // number, date, time
  if (finding.code == "MAP-0002" && !before.empty()) {
    Finding& last = before.back();
    const bool same = last.at.segment == finding.at.segment && last.at.element == finding.at.element &&
                      std::max<int>(1, last.at.component) == std::max<int>(1, finding.at.component) &&
                      last.at.line == finding.at.line;
    if (!same || std::ranges::find(refused, last.code) == std::end(refused)) return false;
    last.severity = std::max(last.severity, finding.severity);
    last.path = finding.path;
    last.message = finding.message;
    return true;
  }
  // The path of a row's finding may begin at a line: it means the same value only in the same segment.
  if (finding.code == "MAP-0001" && finding.at.segment != 0 && !finding.path.empty()) {
    return std::ranges::any_of(before, [&](const Finding& each) {
      return each.code != "MAP-0001" && each.path == finding.path && each.at.segment == finding.at.segment &&
             each.severity >= finding.severity;
    });
  }
  return finding.code == "MODEL-0001" && std::ranges::any_of(before, [&](const Finding& each) {
           return each.path == finding.path && each.severity >= finding.severity;
         });
}

void Report::add(Finding finding) {
  worst_ = std::max(worst_, static_cast<std::uint8_t>(finding.severity));
  if (full()) {
    ++dropped_;
    return;
  }
  if (is_told(finding, findings_)) return;
  findings_.push_back(std::move(finding));
}

void LossReport::add(Loss loss) {
  if (losses_.size() >= max_losses) {
    ++dropped_;
    return;
  }
  losses_.push_back(std::move(loss));
}

std::string to_line(const Finding& finding, std::string_view file) {
  std::string line(file);
  const auto behind = [&](std::string_view part) {
    if (!line.empty()) line += ':';
    line += part;
  };
  if (finding.at.line != 0) {
    behind(std::to_string(finding.at.line));
    if (finding.at.column != 0) behind(std::to_string(finding.at.column));
  } else if (finding.at.segment != 0) {
    behind(fmt::format("segment {}", finding.at.segment));
  }
  if (!line.empty()) line += ": ";
  line += fmt::format("{} {}: ", name(finding.severity), finding.code);
  if (!finding.source.empty() && finding.source != file) line += finding.source + ": ";
  line += finding.message;
  if (!finding.path.empty()) line += fmt::format(" [{}]", finding.path);
  if (!finding.expected.empty() || !finding.remedy.empty()) {
    line += " (";
    if (!finding.expected.empty()) line += "expected " + finding.expected;
    if (!finding.expected.empty() && !finding.remedy.empty()) line += "; ";
    line += finding.remedy + ")";
  }
  return line;
}

const CatalogueEntry* find_catalogue_entry(std::string_view code) {
  auto table = catalogue();
  auto at = std::ranges::lower_bound(table, code, {}, &CatalogueEntry::code);
  return at != table.end() && at->code == code ? &*at : nullptr;
}

Finding make_finding(std::string_view code, const Position& at, std::string message) {
  const CatalogueEntry* entry = find_catalogue_entry(code);
  assert(entry != nullptr && "finding code missing in canonical/finding/catalogue");
  Finding finding;
  finding.code = code;
  finding.at = at;
  finding.message = std::move(message);
  if (entry != nullptr) {
    finding.severity = entry->severity;
    finding.remedy = entry->remedy;
  }
  return finding;
}

}  // namespace purser
