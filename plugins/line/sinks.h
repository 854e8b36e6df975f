// The caller's sinks and sources behind the C functions a connector calls.
#pragma once

#include <array>
#include <optional>
#include <utility>

#include "canonical/event/bytes.h"
#include "canonical/event/document_sink.h"
#include "plugins/abi/purser.h"
#include "plugins/line/convert.h"

namespace purser::plugin {

/// Takes events as they cross the line, before anybody has looked at what they are.
class AbiEvents {
 public:
  virtual ~AbiEvents() = default;
  virtual Outcome push(std::span<const purser_event> batch) = 0;
};

/// What a connector sees as purser_sink. Remembers the first failure of the caller's side, which then
/// outweighs whatever the connector returns. [serial]
class AbiSink : public purser_sink {
 public:
  /// `documents` takes events, findings and losses; `bytes` is null when decoding. With `as_they_are` events
  /// go there, unchecked.
  AbiSink(DocumentSink& documents, ByteSink* bytes, AbiEvents* as_they_are = nullptr);

  [[nodiscard]] const std::optional<Status>& stopped() const { return stopped_; }
  /// The outcome of a call that returned `status`: the caller's failure, the connector's, or success.
  [[nodiscard]] Outcome outcome(purser_status status) &&;
  /// Keeps the first failure; gives the status for the connector.
  purser_status stop(Status why);

 private:
  static constexpr std::size_t step = 256;  // events converted at once: 28 KiB on hand, in the cache

  static purser_status on_push(const purser_sink* sink, const purser_event* events, size_t count) noexcept;
  static purser_status on_write(const purser_sink* sink, const char* bytes, size_t size) noexcept;
  static purser_status on_finding(const purser_sink* sink, const purser_finding* finding) noexcept;
  static purser_status on_loss(const purser_sink* sink, const purser_loss* loss) noexcept;
  static void on_fail(const purser_sink* sink, purser_text code, purser_text message) noexcept;
  template <class Work>
  static purser_status work(const purser_sink* sink, Work work) noexcept;

  DocumentSink& documents_;
  ByteSink* bytes_;
  AbiEvents* as_they_are_;
  std::optional<Status> stopped_;
  Status said_;  // what fail() told
  std::array<Event, step> batch_;
};

/// What a connector sees as purser_source. [serial]
class AbiSource : public purser_source {
 public:
  AbiSource(ByteSource& from, AbiSink& sink);

 private:
  static purser_status on_read(const purser_source* source, char* into, size_t capacity,
                               size_t* got) noexcept;

  ByteSource& from_;
  AbiSink& sink_;
};

}  // namespace purser::plugin
