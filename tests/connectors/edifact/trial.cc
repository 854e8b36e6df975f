#include "tests/connectors/edifact/trial.h"

#include <algorithm>

#include "connectors/edifact/reading.h"
#include "connectors/edifact/writing.h"

namespace purser::edifact::testing {
namespace {

std::string syntax_of(const Trial& trial) {
  constexpr std::string_view wanted = "envelope.syntax = ";
  for (const std::string& line : describe(trial.documents.front().events.events())) {
    if (line.starts_with(wanted)) return line.substr(wanted.size());
  }
  return "UNOC";
}

/// The message the first document came as; empty if it does not tell.
std::string message_of(const Trial& trial) {
  constexpr std::string_view wanted = "envelope.message_type = ";
  for (const std::string& line : describe(trial.documents.front().events.events())) {
    if (line.starts_with(wanted)) return line.substr(wanted.size());
  }
  return {};
}

bool found(const Trial& trial, std::string_view code) {
  return std::ranges::any_of(trial.findings(), [&](const Finding& finding) { return finding.code == code; });
}

/// What a written interchange has its own of.
std::vector<std::string> own_of(const Trial& trial, bool contrl) {
  std::vector<std::string> own = {"envelope.syntax = "};
  if (contrl) own.emplace_back("issue_date = ");                   // UNB's date
  if (found(trial, "EDIFACT-0002")) own.emplace_back("envelope");  // no UNB came
  if (found(trial, "EDIFACT-0019")) own.emplace_back("envelope.message_reference = ");
  return own;
}

/// Settings to write with: the character set that holds what the sender meant, parties where none came.
std::string settings_for(const Trial& trial) {
  const std::string said = syntax_of(trial);
  const bool narrow = said == "UNOA" || said == "UNOB" || !charset_of(said);
  std::string settings = R"({"syntax":")" + (narrow ? "UNOY" : said) + '"';
  if (found(trial, "EDIFACT-0002")) settings += R"(,"sender":{"id":"SENDER"},"recipient":{"id":"RECIPIENT"})";
  return settings + "}";
}

}  // namespace

Trial read_text(Tables& tables, std::string_view text, const sdk::Request& request,
                std::optional<Date> acknowledge_on) {
  return edi::testing::collect([&](DocumentSink& out) {
    Reading reading(tables, request, out, acknowledge_on);
    reader::MemorySource source(text);
    ReadOptions options;
    options.strict = request.strict;
    return read(source, reading, options);
  });
}

std::expected<std::string, Status> write_text(Tables& tables, std::span<const RecordedDocument> documents,
                                              const sdk::Request& request, RecordedDocument& notes) {
  return edi::testing::write_all(
      [&](ByteSink& out) { return make_encoder(tables, plain_host(), request, out, notes); }, documents);
}

std::string round_trip_difference(Tables& tables, const Trial& trial, const std::string& version,
                                  std::string* written) {
  sdk::Request request;
  request.settings = settings_for(trial);
  request.version = version;
  request.message = message_of(trial);
  RecordedDocument notes;
  const auto text = write_text(tables, trial.documents, request, notes);
  const std::string lost = edi::testing::told(notes, Severity::warning);
  if (!text) return lost + "writing: " + text.error().code + " " + text.error().message + "\n";
  if (written != nullptr) *written = *text;
  return lost + edi::testing::difference(trial, read_text(tables, *text),
                                         own_of(trial, request.message == "CONTRL"));
}

}  // namespace purser::edifact::testing
