// Events kept in memory with their texts: for small documents, tests and comparisons.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "canonical/event/document_sink.h"

namespace purser {

/// Copies of events; their `bytes` point into storage of its own. Grows without bound: whoever records sets
/// the limit on what is recorded. Moves, does not copy. [serial]
class RecordedEvents : public EventSink {
 public:
  RecordedEvents();
  RecordedEvents(RecordedEvents&&) noexcept;
  RecordedEvents& operator=(RecordedEvents&&) noexcept;
  ~RecordedEvents() override;
  Outcome push(std::span<const Event> batch) override;
  [[nodiscard]] std::span<const Event> events() const { return events_; }
  void clear();

 private:
  class Storage;
  std::vector<Event> events_;
  std::unique_ptr<Storage> storage_;
};

/// The same with findings and losses, in order of arrival.
class RecordedDocument : public DocumentSink {
 public:
  Outcome push(std::span<const Event> batch) override { return events.push(batch); }
  void finding(Finding finding) override { report.add(std::move(finding)); }
  void loss(Loss loss) override { losses.add(std::move(loss)); }

  RecordedEvents events;
  Report report;
  LossReport losses;
};

/// Pushes `events` in batches of `batch` events.
Outcome replay(std::span<const Event> events, EventSink& sink, std::size_t batch = 256);

/// "lines[1].price.amount = 12.50", one line a value, documents and groups as lines of their own: what tests
/// compare and what a difference shows.
std::vector<std::string> describe(std::span<const Event> events);

/// The value as text: decimals as scaled, dates as ISO 8601, binary as base64.
std::string text(const Scalar& value);

}  // namespace purser
