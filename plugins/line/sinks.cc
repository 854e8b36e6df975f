#include "plugins/line/sinks.h"

#include <algorithm>
#include <new>

namespace purser::plugin {

AbiSink::AbiSink(DocumentSink& documents, ByteSink* bytes, AbiEvents* as_they_are)
    : purser_sink{sizeof(purser_sink), 0, on_push, on_write, on_finding, on_loss, on_fail},
      documents_(documents),
      bytes_(bytes),
      as_they_are_(as_they_are) {}

purser_status AbiSink::stop(Status why) {
  if (!stopped_) stopped_ = std::move(why);
  return PURSER_STOPPED;
}

template <class Work>
purser_status AbiSink::work(const purser_sink* sink, Work work) noexcept {
  // The connector got this object as const; it is ours and was never const.
  auto& self = *const_cast<AbiSink*>(static_cast<const AbiSink*>(sink));
  if (self.stopped_) return PURSER_STOPPED;
  try {
    Outcome done = work(self);
    return done ? PURSER_OK : self.stop(std::move(done.error()));
  } catch (const std::bad_alloc&) {
    return self.stop({StatusClass::defect, "HOST-MEMORY", "no memory left for what the connector gave"});
  } catch (const std::exception& error) {
    return self.stop({StatusClass::defect, "HOST-0021", error.what()});
  } catch (...) {
    return self.stop({StatusClass::defect, "HOST-0021", "unknown exception"});
  }
}

purser_status AbiSink::on_push(const purser_sink* sink, const purser_event* events, size_t count) noexcept {
  return work(sink, [&](AbiSink& self) -> Outcome {
    if (self.bytes_ != nullptr || (events == nullptr && count != 0))
      return std::unexpected(Status{StatusClass::defect, "HOST-0013", "events pushed where none are taken"});
    if (self.as_they_are_ != nullptr) return self.as_they_are_->push({events, count});
    while (count != 0) {
      const std::size_t part = std::min(count, step);
      for (std::size_t i = 0; i < part; ++i)
        if (!from_abi(events[i], self.batch_[i]))
          return std::unexpected(
              Status{StatusClass::defect, "HOST-0013", "an event of unknown kind, type or value"});
      if (Outcome done = self.documents_.push(std::span(self.batch_.data(), part)); !done) return done;
      events += part;
      count -= part;
    }
    return {};
  });
}

purser_status AbiSink::on_write(const purser_sink* sink, const char* bytes, size_t size) noexcept {
  return work(sink, [&](AbiSink& self) -> Outcome {
    if (self.bytes_ == nullptr || (bytes == nullptr && size != 0))
      return std::unexpected(Status{StatusClass::defect, "HOST-0013", "bytes written where none are taken"});
    return self.bytes_->write(std::span(bytes, size));
  });
}

purser_status AbiSink::on_finding(const purser_sink* sink, const purser_finding* finding) noexcept {
  return work(sink, [&](AbiSink& self) -> Outcome {
    if (finding == nullptr || !PURSER_HAS(finding, remedy))
      return std::unexpected(Status{StatusClass::defect, "HOST-0013", "a finding shorter than version 1.0"});
    self.documents_.finding(from_abi(*finding));
    return self.documents_.push({});  // a finding cannot say that it was one too many; the next push can
  });
}

purser_status AbiSink::on_loss(const purser_sink* sink, const purser_loss* loss) noexcept {
  return work(sink, [&](AbiSink& self) -> Outcome {
    if (loss == nullptr || !PURSER_HAS(loss, value))
      return std::unexpected(Status{StatusClass::defect, "HOST-0013", "a loss shorter than version 1.0"});
    self.documents_.loss(from_abi(*loss));
    return self.documents_.push({});
  });
}

void AbiSink::on_fail(const purser_sink* sink, purser_text code, purser_text message) noexcept {
  work(sink, [&](AbiSink& self) -> Outcome {
    constexpr std::size_t max_said = 4096;  // a sentence; what is longer is not for people
    self.said_.code = from_abi(code).substr(0, Finding::max_value_shown);
    self.said_.message = from_abi(message).substr(0, max_said);
    return {};
  });
}

Outcome AbiSink::outcome(purser_status status) && {
  if (stopped_) return std::unexpected(*std::move(stopped_));
  if (status == PURSER_OK) return {};
  said_.what = class_of(status);
  if (said_.code.empty()) {
    said_.code = "HOST-0012";
    said_.message = "the connector failed and gave no reason";
  }
  return std::unexpected(std::move(said_));
}

AbiSource::AbiSource(ByteSource& from, AbiSink& sink)
    : purser_source{sizeof(purser_source), 0, on_read}, from_(from), sink_(sink) {}

purser_status AbiSource::on_read(const purser_source* source, char* into, size_t capacity,
                                 size_t* got) noexcept {
  const auto& self = *static_cast<const AbiSource*>(source);
  *got = 0;
  if (self.sink_.stopped()) return PURSER_STOPPED;
  try {
    auto count = self.from_.read(std::span(into, capacity));
    if (!count) return self.sink_.stop(std::move(count.error()));
    *got = *count;
    return PURSER_OK;
  } catch (...) {
    return self.sink_.stop({StatusClass::defect, "HOST-0021", "an exception while reading the source"});
  }
}

}  // namespace purser::plugin
