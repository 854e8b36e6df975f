// read and check: what a file says in the canonical model, where each value came from, what was lost.
#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "canonical/event/document_checker.h"
#include "canonical/event/document_sink.h"
#include "canonical/event/header_first.h"
#include "canonical/event/json_writer.h"
#include "canonical/event/recorded_events.h"
#include "canonical/rule/pack_judge.h"
#include "tools/purser/commands.h"
#include "tools/purser/connector_access.h"
#include "tools/purser/explain.h"
#include "tools/purser/files.h"
#include "tools/purser/opened_file.h"
#include "tools/purser/packs_option.h"
#include "tools/purser/render.h"
#include "tools/purser/table_operand.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

enum class Show : std::uint8_t { canonical, explanation, losses, nothing };

// Prints documents as they stream by; keeps findings and losses, which are bounded.
class Reading : public DocumentSink {
 public:
  Reading(Show show, JsonStyle style, bool json, plugin::Connector& connector, std::vector<std::string> packs)
      : show_(show),
        json_(json),
        connector_(connector),
        writer_([](std::string_view piece) { return DescriptorSink(STDOUT_FILENO).write(piece); }, style),
        checker_([this](Finding finding) { report.add(std::move(finding)); }),
        judged_(!packs.empty()),
        judge_(std::move(packs), [this](Finding finding) { report.add(std::move(finding)); }),
        ordered_(judge_) {}

  Outcome push(std::span<const Event> batch) override {
    if (const Outcome checked = checker_.push(batch); !checked) return checked;
    if (judged_) {
      if (const Outcome judged = ordered_.push(batch); !judged) return judged;
    }
    if (show_ == Show::explanation) explain(batch);
    if (show_ != Show::canonical) return {};
    if (!json_) return writer_.push(batch);
    return push_separated(batch);
  }
  void finding(Finding finding) override { report.add(std::move(finding)); }
  void loss(Loss loss) override { losses.add(std::move(loss)); }

  Report report;
  std::optional<Finding> end;  ///< why reading stopped, where the report does not say so: it may be full
  LossReport losses;

 private:
  // Documents become elements of one JSON array: a comma before each but the first.
  Outcome push_separated(std::span<const Event> batch) {
    std::size_t done = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (batch[i].kind != EventKind::begin_document || !std::exchange(separate_, true)) continue;
      if (const Outcome pushed = writer_.push(batch.subspan(done, i - done)); !pushed) return pushed;
      if (const Outcome flushed = writer_.flush(); !flushed) return flushed;
      print(",");
      std::fflush(stdout);
      done = i;
    }
    return writer_.push(batch.subspan(done));
  }

  void explain(std::span<const Event> batch) {
    for (const Event& event : batch) {
      tracker_.take(event);
      if (event.kind == EventKind::begin_document) {
        print_line(fmt::format("{}:", type_name(static_cast<DocumentType>(event.number))));
      }
      if (event.kind != EventKind::field) continue;
      const Position& at = event.at;
      std::string place = fmt::format("{}:{}", at.line, at.column);
      if (at.element != 0) place += fmt::format(" element {}", at.element);
      if (at.component != 0) place += fmt::format(".{}", at.component);
      print_line(
          fmt::format("  {} = {}\n      from {}{}", tracker_.path(), text(event.value), place, row_of(at)));
    }
  }

  std::string row_of(const Position& at) {
    if (at.table == 0) return {};
    if (tables_.empty()) tables_ = connector_.tables();
    if (at.table > tables_.size()) return {};
    std::string row = connector_.table_row(at.table, at.row);
    row.erase(0, row.find_first_not_of(' '));
    return fmt::format(" by {}:{}: {}", tables_[at.table - 1U], at.row, row);
  }

  Show show_;
  bool json_;
  bool separate_ = false;
  plugin::Connector& connector_;
  std::vector<std::string> tables_;
  JsonWriter writer_;
  DocumentChecker checker_;
  bool judged_;
  rule::PackJudge judge_;
  HeaderFirst ordered_;
  PathTracker tracker_;
};

template <typename List>
std::string json_array(const List& list) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const auto& item : list) out.push_back(to_json(item));
  return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::vector<Finding> told(const Reading& reading) {
  auto out = reading.report.findings();
  if (reading.end) out.push_back(*reading.end);
  return out;
}

void print_notes(const Reading& reading, const std::string& file, Show show, bool json) {
  if (json) {
    const std::string notes = fmt::format("],\"findings\":{},\"losses\":{}}}\n", json_array(told(reading)),
                                          json_array(reading.losses.losses()));
    std::fflush(stdout);
    print(notes);
    std::fflush(stdout);
    return;
  }
  std::FILE* where = show == Show::nothing ? stdout : stderr;
  for (const Finding& finding : told(reading)) {
    std::fputs((to_line(finding, file) + "\n").c_str(), where);
  }
  if (reading.report.dropped() > 0) {
    std::fputs(fmt::format("{}: {} further findings\n", file, reading.report.dropped()).c_str(), where);
  }
  if (show != Show::losses) return;
  for (const Loss& loss : reading.losses.losses()) {
    print_line(fmt::format("{}:{}:{}: {} = {}", file, loss.at.line, loss.at.column, loss.source, loss.value));
  }
  if (reading.losses.dropped() > 0)
    print_line(fmt::format("{}: {} further losses", file, reading.losses.dropped()));
}

// A file that no connector takes gets its answer in the same form as any other.
int tell_unopened(const Unopened& why, const std::string& path, Show show, bool json) {
  if (json) {
    print_line(fmt::format("{{\"file\":{},\"documents\":[],\"findings\":{},\"losses\":[]}}",
                           json_string(path), json_array(std::vector{why.finding})));
  } else {
    std::fputs((to_line(why.finding, path) + "\n").c_str(), show == Show::nothing ? stdout : stderr);
  }
  return why.code;
}

Finding finding_of(const Status& status) {
  Finding finding;
  finding.code = status.code;
  finding.severity = Severity::fatal;
  finding.message = status.message;
  if (const CatalogueEntry* entry = find_catalogue_entry(finding.code)) finding.remedy = entry->remedy;
  return finding;
}

int read_file(const Arguments& arguments, ConnectorAccess& access, const std::string& path, Show show) {
  const auto packs = packs_of(arguments);
  if (!packs) return fail(exit_usage, packs.error());
  auto opened = open_file(arguments, access, path);
  if (!opened) return tell_unopened(opened.error(), path, show, arguments.json());
  auto& [source, request, connector] = *opened;
  request.settings = with_packs(request.settings, *packs, connector->info());
  const bool json = arguments.json();
  Reading reading(show, arguments.has("--indent") ? JsonStyle::indented : JsonStyle::compact, json,
                  *connector, *packs);
  if (json) {
    print(fmt::format("{{\"file\":{},\"format\":{},\"documents\":[", json_string(path),
                      json_string(request.format)));
    std::fflush(stdout);
  }
  const Outcome decoded = connector->decode(request, *source, reading);
  int code = exit_ok;
  if (!decoded) {
    // A reader that stops has mostly said why already, with the place.
    const auto& said = reading.report.findings();
    const bool known = std::any_of(said.begin(), said.end(),
                                   [&](const Finding& f) { return f.code == decoded.error().code; });
    if (!known) reading.end = finding_of(decoded.error());
    code = decoded.error().what == StatusClass::invalid ? exit_findings : exit_environment;
  }
  print_notes(reading, path, show, json);
  if (code != exit_ok) return code;
  const Severity limit = arguments.has("--strict") ? Severity::warning : Severity::error;
  const bool lost = arguments.has("--loss") && !reading.losses.empty();
  return reading.report.has(limit) || lost ? exit_findings : exit_ok;
}

int read_files(const Arguments& arguments, Show show) {
  ConnectorAccess access(arguments);
  int code = exit_ok;
  for (const std::string& path : arguments.operands()) {
    code = std::max(code, read_file(arguments, access, path, show));
  }
  return code;
}

}  // namespace

int read_command(const Arguments& arguments) {
  if (arguments.has("--explain") && arguments.json())
    return fail(exit_usage, "--explain and --json exclude each other");
  if (arguments.has("--explain")) return read_files(arguments, Show::explanation);
  return read_files(arguments, arguments.has("--loss") && !arguments.json() ? Show::losses : Show::canonical);
}

int check_command(const Arguments& arguments) { return read_files(arguments, Show::nothing); }

int map_explain_command(const Arguments& arguments) {
  return read_by_table(arguments, "--explain", read_command);
}
int map_loss_command(const Arguments& arguments) { return read_by_table(arguments, "--loss", read_command); }

}  // namespace purser::cli
