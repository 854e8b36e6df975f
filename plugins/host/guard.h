// Stands between a connector and the gateway: counts, limits, checks. Nothing passes unchecked.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "canonical/event/bytes.h"
#include "canonical/event/document_sink.h"
#include "canonical/event/event_checker.h"
#include "plugins/line/limits.h"

namespace purser::plugin {

/// One call's results. Once something was too much or wrong it stays stopped and says so to every push.
/// [serial]
class Guard : public DocumentSink, public ByteSink {
 public:
  /// `bytes` is null when reading.
  Guard(DocumentSink& documents, ByteSink* bytes, const CallLimits& limits);

  Outcome push(std::span<const Event> batch) override;
  Outcome write(std::span<const char> bytes) override;
  void finding(Finding finding) override;
  void loss(Loss loss) override;
  /// The connector has been given so many bytes to read. Each may give rise to a finding and a loss above the
  /// limits, and so may each it has written: a large file with something wrong in every segment is no flood.
  void took(std::size_t bytes) { input_ += bytes; }

  /// The outcome of the whole call: `called`, unless what came was not whole.
  Outcome finish(Outcome called);
  /// Nothing has reached the caller yet: the call can be made again.
  [[nodiscard]] bool untouched() const { return events_ + findings_ + losses_ + output_ == 0; }

 private:
  struct Onward : EventSink {
    explicit Onward(DocumentSink& sink) : to(sink) {}
    Outcome push(std::span<const Event> batch) override { return to.push(batch); }
    DocumentSink& to;
  };
  Outcome stop(Status why);
  Outcome flood(const char* what, std::uint64_t most);
  [[nodiscard]] std::uint64_t on_top() const { return input_ + output_; }

  DocumentSink& documents_;
  ByteSink* bytes_;
  CallLimits limits_;
  Onward onward_;
  EventChecker checker_;
  std::chrono::steady_clock::time_point deadline_;
  std::uint64_t events_ = 0;
  std::uint64_t event_bytes_ = 0;
  std::uint64_t input_ = 0;
  std::uint64_t output_ = 0;
  std::uint64_t findings_ = 0;
  std::uint64_t losses_ = 0;
  std::optional<Status> stopped_;
};

/// Tells the guard what the connector reads. [serial]
class GuardedSource : public ByteSource {
 public:
  GuardedSource(ByteSource& in, Guard& guard) : in_(in), guard_(guard) {}
  std::expected<std::size_t, Status> read(std::span<char> into) override {
    auto got = in_.read(into);
    if (got) guard_.took(*got);
    return got;
  }
  bool rewind() override { return in_.rewind(); }

 private:
  ByteSource& in_;
  Guard& guard_;
};

/// Takes everything and keeps nothing: for trying whether a document kills its worker again.
class Discard : public DocumentSink, public ByteSink {
 public:
  Outcome push(std::span<const Event> /*batch*/) override { return {}; }
  Outcome write(std::span<const char> /*bytes*/) override { return {}; }
  void finding(Finding /*finding*/) override {}
  void loss(Loss /*loss*/) override {}
};

}  // namespace purser::plugin
