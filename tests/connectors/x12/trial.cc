#include "tests/connectors/x12/trial.h"

#include <set>

#include "connectors/x12/reading.h"
#include "connectors/x12/writing.h"

namespace purser::x12::testing {
namespace {

/// Characters that no value has, so that nothing is replaced.
constexpr std::string_view settings =
    R"({"characters": "utf-8", "component_separator": "\u001f", "repetition_separator": "\u001e",
        "element_separator": "\u001d", "segment_terminator": "\u001c"})";

/// Version of the interchange, numbers of groups and the convention are those of the new interchange.
const std::vector<std::string> own = {
    "envelope.syntax = ", "envelope.group_reference = ", "envelope.message_reference = ",
    "envelope.message_version = ", "envelope.association = "};

/// The transaction set all documents came as; empty if they differ or do not tell.
std::string message_of(const Trial& trial) {
  constexpr std::string_view wanted = "envelope.message_type = ";
  std::set<std::string> types;
  for (const RecordedDocument& document : trial.documents) {
    for (const std::string& line : describe(document.events.events())) {
      if (line.starts_with(wanted)) types.insert(line.substr(wanted.size()));
    }
  }
  return types.size() == 1 ? *types.begin() : std::string();
}

}  // namespace

Trial read_text(table::Library& tables, std::string_view text, const sdk::Request& request,
                std::optional<Date> acknowledge_on) {
  return edi::testing::collect([&](DocumentSink& out) {
    Reading reading(tables, request, out, acknowledge_on);
    reader::MemorySource source(text);
    ReadOptions options;
    options.strict = request.strict;
    return read(source, reading, options);
  });
}

std::expected<std::string, Status> write_text(table::Library& tables,
                                              std::span<const RecordedDocument> documents,
                                              const sdk::Request& request, RecordedDocument& notes) {
  return edi::testing::write_all(
      [&](ByteSink& out) { return make_encoder(tables, edi::testing::plain_host(), request, out, notes); },
      documents);
}

std::string round_trip_difference(table::Library& tables, const Trial& trial, const std::string& version,
                                  std::string* written) {
  sdk::Request request;
  request.settings = settings;
  request.version = version;
  request.message = message_of(trial);
  RecordedDocument notes;
  const auto text = write_text(tables, trial.documents, request, notes);
  const std::string lost = edi::testing::told(notes, Severity::info);
  if (!text) return lost + "writing: " + text.error().code + " " + text.error().message + "\n";
  if (written != nullptr) *written = *text;
  return lost + edi::testing::difference(trial, read_text(tables, *text), own);
}

}  // namespace purser::x12::testing
