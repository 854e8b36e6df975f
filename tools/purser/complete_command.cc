// complete: fills in of an invoice what follows from its lines.
#include "canonical/rule/complete.h"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "canonical/event/json_reader.h"
#include "canonical/event/json_writer.h"
#include "canonical/model/convert.h"
#include "tools/purser/commands.h"
#include "tools/purser/opened_file.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

/// At once: documents are written past the buffer of standard output.
void put(std::string_view text) {
  print(text);
  std::fflush(stdout);
}

std::string findings_json(const Report& report) {
  auto all = nlohmann::ordered_json::array();
  for (const Finding& finding : report.findings()) all.push_back(to_json(finding));
  return all.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

// Builds the invoices of a file; completes and prints each when it has ended.
class Completing : public DocumentSink {
 public:
  Completing(rule::TaxRounding way, JsonStyle style, bool json)
      : way_(way),
        json_(json),
        writer_([](std::string_view piece) { return DescriptorSink(STDOUT_FILENO).write(piece); }, style) {}

  Outcome push(std::span<const Event> batch) override {
    while (!batch.empty()) {
      if (batch.front().kind == EventKind::begin_document) {
        invoice_ = {};
        builder_ = std::make_unique<model::StructBuilder>(invoice_);
      }
      const auto end = std::ranges::find(batch, EventKind::end_document, &Event::kind);
      const auto length = static_cast<std::size_t>(end - batch.begin()) + (end == batch.end() ? 0 : 1);
      if (auto built = builder_->push(batch.first(length)); !built) return built;
      if (end != batch.end()) {
        for (Finding& finding : rule::complete(invoice_, way_)) report.add(std::move(finding));
        if (json_ && documents_++ != 0) put(",");
        if (auto done = model::to_events(invoice_, writer_); !done) return done;
      }
      batch = batch.subspan(length);
    }
    return {};
  }
  void finding(Finding finding) override { report.add(std::move(finding)); }
  void loss(Loss) override {}

  Report report;

 private:
  rule::TaxRounding way_;
  bool json_;
  std::size_t documents_ = 0;
  JsonWriter writer_;
  model::Invoice invoice_;
  std::unique_ptr<model::StructBuilder> builder_;
};

}  // namespace

int complete_command(const Arguments& arguments) {
  const std::string& path = arguments.operands().front();
  Completing completing(
      arguments.has("--by-line") ? rule::TaxRounding::by_line : rule::TaxRounding::by_document,
      arguments.has("--indent") ? JsonStyle::indented : JsonStyle::compact, arguments.json());
  const auto begin = [&] {
    if (arguments.json()) put(fmt::format("{{\"file\":{},\"documents\":[", nlohmann::json(path).dump()));
  };
  Outcome read;
  if (arguments.get("--as") == "canonical") {
    auto source = FileSource::open(path);
    if (!source) return fail(exit_environment, fmt::format("{}: {}", path, source.error()));
    begin();
    read = read_json([&](std::span<char> into) { return (*source)->read(into); }, completing);
  } else {
    ConnectorAccess access(arguments);
    auto opened = open_file(arguments, access, path);
    if (!opened) {
      begin();
      if (arguments.json())
        put(fmt::format("],\"findings\":[{}]}}\n", to_json(opened.error().finding).dump()));
      if (!arguments.json()) std::fputs((to_line(opened.error().finding, path) + "\n").c_str(), stderr);
      return opened.error().code;
    }
    begin();
    read = opened->connector->decode(opened->request, *opened->source, completing);
  }
  if (arguments.json()) {
    put(fmt::format("],\"findings\":{}}}\n", findings_json(completing.report)));
  } else {
    for (const Finding& finding : completing.report.findings())
      std::fputs((to_line(finding, path) + "\n").c_str(), stderr);
  }
  if (!read) {
    fail(exit_findings, fmt::format("{}: {} ({})", path, read.error().message, read.error().code));
    return read.error().what == StatusClass::invalid ? exit_findings : exit_environment;
  }
  return completing.report.has(Severity::warning) ? exit_findings : exit_ok;
}

}  // namespace purser::cli
