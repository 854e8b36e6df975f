// The numbers by which people look for a document: taken out of the events as they go by.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/event.h"

namespace purser {

/// One business key: kind as declared in canonical/spec ("order", "invoice"), value as in the document.
struct BusinessKey {
  std::string kind;
  std::string value;
  friend auto operator<=>(const BusinessKey&, const BusinessKey&) = default;
};

/// Collects the keys of one document at a time. Each pair once, in order of appearance; values longer than
/// max_value bytes are not keys. [serial]
class KeyCollector : public EventSink {
 public:
  static constexpr std::size_t max_keys = 256;   ///< an invoice over more orders is found by its other keys
  static constexpr std::size_t max_value = 200;  ///< longer than any number in use; keeps the index small

  Outcome push(std::span<const Event> batch) override;
  [[nodiscard]] const std::vector<BusinessKey>& keys() const { return keys_; }
  [[nodiscard]] DocumentType document() const {
    return document_ == nullptr ? DocumentType::none : document_->type;
  }

 private:
  /// What of the declared paths may still match below a group.
  struct Frame {
    std::uint64_t candidates = 0;  ///< one bit a declared key
  };
  void begin(const DocumentDescriptor* document);
  void field(const Event& event);
  [[nodiscard]] std::uint64_t matching(const Event& event) const;

  const DocumentDescriptor* document_ = nullptr;
  const std::vector<std::vector<std::uint16_t>>* paths_ = nullptr;  ///< field numbers of each declared key
  std::vector<Frame> frames_;
  std::vector<BusinessKey> keys_;
};

}  // namespace purser
