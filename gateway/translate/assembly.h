// Documents put together from a decoder's events.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "canonical/event/document_sink.h"
#include "gateway/message/message.h"

namespace purser::gateway {

/// Takes what a decoder produces and gives one Document after the other: canonical JSON with the streamed
/// lists last, business keys, the decoder's findings, the model's and those of the packs of `rules`. A
/// document is given when the next begins or at finish(), because findings may follow its end. [serial]
class Assembly : public DocumentSink {
 public:
  /// One document's canonical JSON is held whole while it is stored; what is larger must be split by its
  /// sender.
  static constexpr std::size_t max_canonical = std::size_t{256} << 20;

  using EachDocument = std::function<Outcome(Document&&)>;
  /// `file` takes the findings that belong to no document.
  Assembly(EachDocument each, Report& file, std::vector<std::string> rules = {});
  ~Assembly() override;
  Outcome push(std::span<const Event> batch) override;
  void finding(Finding finding) override;
  void loss(Loss loss) override;
  /// Gives the last document. One that has not ended is dropped; its findings go to `file`.
  Outcome finish();

 private:
  class Open;
  Outcome give();

  EachDocument each_;
  Report& file_;
  std::vector<std::string> rules_;
  std::uint32_t count_ = 0;
  std::unique_ptr<Open> open_;
};

}  // namespace purser::gateway
