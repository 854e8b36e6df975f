// Any bytes at all: reading ends with a value or an error, and what was read can be written and read again.
#include <cstdint>
#include <cstdlib>

#include "canonical/event/event_checker.h"
#include "canonical/event/json_reader.h"
#include "canonical/event/json_writer.h"
#include "canonical/event/recorded_events.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace purser;
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  RecordedDocument document;
  bool good = read_json(text, document).has_value();
  if (!good && !document.report.has(Severity::fatal)) std::abort();
  RecordedEvents checked;
  EventChecker checker(checked);
  if (!checker.push(document.events.events())) std::abort();
  if (!good) return 0;
  if (!checker.finish()) std::abort();
  std::string written;
  JsonWriter writer(append_to_text(written));
  if (!writer.push(checked.events())) std::abort();
  RecordedDocument again;
  if (!read_json(written, again) || !again.report.empty()) std::abort();
  if (describe(again.events.events()) != describe(checked.events())) std::abort();
  return 0;
}
