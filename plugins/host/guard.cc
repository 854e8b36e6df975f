#include "plugins/host/guard.h"

#include <fmt/format.h>

#include <utility>

namespace purser::plugin {
namespace {

// Beyond the name and a value that can be shown, a finding's texts help nobody.
constexpr std::size_t max_finding_text = 2000;

void cut(std::string& text, std::size_t most) {
  if (text.size() <= most) return;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  text.resize(most);
}

}  // namespace

Guard::Guard(DocumentSink& documents, ByteSink* bytes, const CallLimits& limits)
    : documents_(documents),
      bytes_(bytes),
      limits_(limits),
      onward_(documents),
      checker_(onward_),
      deadline_(std::chrono::steady_clock::now() + limits.wall) {}

Outcome Guard::stop(Status why) {
  if (!stopped_) stopped_ = std::move(why);
  return std::unexpected(*stopped_);
}

Outcome Guard::flood(const char* what, std::uint64_t most) {
  return stop({StatusClass::defect, "HOST-FLOOD", fmt::format("more than {} {} from one file", most, what)});
}

Outcome Guard::push(std::span<const Event> batch) {
  if (stopped_) return std::unexpected(*stopped_);
  if (batch.empty()) return {};
  events_ += batch.size();
  for (const Event& event : batch) event_bytes_ += event.value.bytes.size();
  if (events_ > limits_.max_events) return flood("events", limits_.max_events);
  if (event_bytes_ > limits_.max_event_bytes) return flood("bytes of values", limits_.max_event_bytes);
  // A worker is ended at the deadline; in process this is where a slow connector notices.
  if (std::chrono::steady_clock::now() > deadline_)
    return stop({StatusClass::defect, "HOST-TIMEOUT", fmt::format("more than {} ms", limits_.wall.count())});
  Outcome passed = checker_.push(batch);
  return passed ? std::move(passed) : stop(std::move(passed.error()));
}

Outcome Guard::write(std::span<const char> bytes) {
  if (stopped_) return std::unexpected(*stopped_);
  output_ += bytes.size();
  if (output_ > limits_.max_output_bytes) return flood("bytes written", limits_.max_output_bytes);
  Outcome written = bytes_->write(bytes);
  return written ? std::move(written) : stop(std::move(written.error()));
}

void Guard::finding(Finding finding) {
  if (stopped_) return;
  if (++findings_ > limits_.max_findings + on_top()) {
    static_cast<void>(flood("findings", limits_.max_findings + on_top()));
    return;
  }
  cut(finding.code, Finding::max_value_shown);
  for (std::string* text :
       {&finding.source, &finding.path, &finding.message, &finding.expected, &finding.remedy})
    cut(*text, max_finding_text);
  documents_.finding(std::move(finding));
}

void Guard::loss(Loss loss) {
  if (stopped_) return;
  if (++losses_ > limits_.max_losses + on_top()) {
    static_cast<void>(flood("losses", limits_.max_losses + on_top()));
    return;
  }
  cut(loss.source, max_finding_text);
  cut(loss.value, Finding::max_value_shown);
  documents_.loss(std::move(loss));
}

Outcome Guard::finish(Outcome called) {
  if (stopped_) return std::unexpected(*stopped_);
  if (!called || bytes_ != nullptr) return called;
  return checker_.finish();
}

}  // namespace purser::plugin
