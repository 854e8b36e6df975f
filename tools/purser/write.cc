// write: canonical JSON into a format.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "canonical/event/document_sink.h"
#include "canonical/event/header_first.h"
#include "canonical/event/json_reader.h"
#include "canonical/value/text.h"
#include "tools/purser/commands.h"
#include "tools/purser/connector_access.h"
#include "tools/purser/files.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

// Findings and losses of the writing, and of the JSON that is read for it.
class Notes : public DocumentSink {
 public:
  Outcome push(std::span<const Event>) override { return {}; }
  void finding(Finding finding) override { report.add(std::move(finding)); }
  void loss(Loss loss) override { losses.add(std::move(loss)); }
  Report report;
  LossReport losses;
};

// Passes events on and keeps what is said about them.
class Forward : public DocumentSink {
 public:
  Forward(EventSink& events, Notes& notes) : events_(events), notes_(notes) {}
  Outcome push(std::span<const Event> batch) override { return events_.push(batch); }
  void finding(Finding finding) override { notes_.finding(std::move(finding)); }
  void loss(Loss loss) override { notes_.loss(std::move(loss)); }

 private:
  EventSink& events_;
  Notes& notes_;
};

int print_notes(const Notes& notes, const std::string& file, bool with_losses) {
  for (const Finding& finding : notes.report.findings()) {
    std::fputs((to_line(finding, file) + "\n").c_str(), stderr);
  }
  for (const Loss& loss : notes.losses.losses()) {
    if (with_losses) std::fputs(fmt::format("{}: not written: {} = {}\n", file, loss.source, loss.value).c_str(), stderr);
  }
  return notes.report.has(Severity::error) || (with_losses && !notes.losses.empty()) ? exit_findings : exit_ok;
}

// The settings with the PDF that the document goes into (connectors/cii, format factur-x).
std::expected<std::string, std::string> with_visual_pdf(const std::string& settings, const std::string& path) {
  auto source = FileSource::open(path);
  if (!source) return std::unexpected(fmt::format("{}: {}", path, source.error()));
  std::string bytes;
  for (char piece[64 << 10];;) {
    const auto got = (*source)->read(piece);
    if (!got) return std::unexpected(fmt::format("{}: {}", path, got.error().message));
    if (*got == 0) break;
    bytes.append(piece, *got);
  }
  auto json = nlohmann::json::parse(settings.empty() ? "{}" : settings, nullptr, false);
  if (!json.is_object()) return std::unexpected("--settings is not a JSON object");
  std::string text;
  append_base64(text, bytes);
  json["visual_pdf"] = std::move(text);
  return json.dump();
}

}  // namespace

int write_command(const Arguments& arguments) {
  plugin::Request request = request_of(arguments);
  if (request.format.empty()) return fail(exit_usage, "write needs --as FORMAT[:MESSAGE[:VERSION]]");
  const std::string& path = arguments.operands().front();
  auto source = FileSource::open(path);
  if (!source) return fail(exit_environment, fmt::format("{}: {}", path, source.error()));
  if (const std::string into = arguments.get("--into"); !into.empty()) {
    auto settings = with_visual_pdf(request.settings, into);
    if (!settings) return fail(exit_environment, settings.error());
    request.settings = *std::move(settings);
  }
  ConnectorAccess access(arguments);
  const auto connector = access.for_format(request.format);
  if (!connector) return fail(exit_usage, connector.error());

  Notes notes;
  bool started = false;
  const auto events = [&](EventSink& sink) -> Outcome {
    if (started && !(*source)->rewind()) {
      return std::unexpected(Status{StatusClass::unavailable, "HOST-CRASH", "the input cannot be read twice"});
    }
    started = true;
    HeaderFirst ordered(sink);
    Forward forward(ordered, notes);
    return read_json([&](std::span<char> into) { return (*source)->read(into); }, forward);
  };
  int output = STDOUT_FILENO;
  const std::string out = arguments.get("--out");
  const std::string partial = out + ".part";
  if (!out.empty()) {
    output = open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (output < 0) return fail(exit_environment, fmt::format("{}: {}", out, std::strerror(errno)));
  }
  DescriptorSink sink(output);
  const Outcome written = (*connector)->encode(request, events, sink, notes);
  const int code = print_notes(notes, path, arguments.has("--loss"));
  if (!out.empty()) {
    close(output);
    if (!written) {
      unlink(partial.c_str());
    } else if (std::rename(partial.c_str(), out.c_str()) != 0) {
      return fail(exit_environment, fmt::format("{}: {}", out, std::strerror(errno)));
    }
  }
  if (!written) {
    // What stops the writing has mostly been said, with its place.
    const auto& said = notes.report.findings();
    if (std::ranges::none_of(said, [&](const Finding& f) { return f.code == written.error().code; })) {
      fail(exit_findings, fmt::format("{}: {} ({})", path, written.error().message, written.error().code));
    }
    if (written.error().code.starts_with("JSON-")) {
      fail(exit_findings,
           "write takes canonical JSON; from another format: purser read FILE | purser write - --as FORMAT");
    }
    return written.error().what == StatusClass::invalid ? exit_findings : exit_environment;
  }
  return code;
}

}  // namespace purser::cli
