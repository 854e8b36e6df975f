// What a canonical document says of its interchange, seen as its events go by.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/event.h"
#include "connectors/reader/x12_envelope.h"

namespace purser::x12 {

/// Who sends a document to whom, and under which numbers.
struct Addressing {
  Party sender, recipient;
  std::string group_sender, group_recipient;
  std::string password;     ///< ISA04
  std::string control;      ///< ISA13 it came under
  std::string group;        ///< GS06
  std::string transaction;  ///< ST02 it came under
  std::string issued;       ///< CCYYMMDD, where the group's date is the document's (997, 999)
  bool acknowledgement_requested = false, test = false;
};

/// Remembers the header's values under some paths. Looks at the header only: streamed lists come last.
/// [serial]
class HeaderFields {
 public:
  void begin(const DocumentDescriptor& document);
  void see(std::span<const Event> batch);
  /// True once a streamed list has begun: nothing of the header follows.
  [[nodiscard]] bool complete() const { return !header_; }
  /// The envelope's word first, then for an acknowledgement who is answered, then seller and buyer.
  [[nodiscard]] Addressing addressing() const;
  /// The first value under a path such as "buyer.identifiers.id"; empty if there was none.
  [[nodiscard]] std::string_view get(std::string_view path) const;

 private:
  const DocumentDescriptor* document_ = nullptr;
  bool header_ = true;
  std::vector<const FieldDescriptor*> open_;
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace purser::x12
