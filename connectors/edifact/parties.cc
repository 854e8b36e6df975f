#include "connectors/edifact/parties.h"

namespace purser::edifact {
namespace {

constexpr std::string_view gln_scheme = "0088";  ///< ISO 6523 code of a GLN
constexpr std::string_view gln_qualifier = "14";  ///< UNB 0007: EAN International

}  // namespace

void PartyWatch::begin(const DocumentDescriptor& document) {
  document_ = &document;
  open_.clear();
  names_.clear();
  buyer_ = {};
  seller_ = {};
}

Party* PartyWatch::party_here() {
  if (names_.size() != 2 || names_[1] != "identifiers") return nullptr;
  if (names_[0] == "buyer") return &buyer_;
  return names_[0] == "seller" ? &seller_ : nullptr;
}

void PartyWatch::see(std::span<const Event> batch) {
  for (const Event& event : batch) {
    if (event.kind == EventKind::begin_group) {
      const GroupDescriptor* parent = open_.empty() ? document_->root : open_.back();
      const FieldDescriptor* field = parent == nullptr ? nullptr : parent->find(event.number);
      open_.push_back(field == nullptr ? nullptr : field->group);
      names_.push_back(field == nullptr ? std::string_view{} : field->name);
    } else if (event.kind == EventKind::end_group && !open_.empty()) {
      open_.pop_back();
      names_.pop_back();
    } else if (event.kind == EventKind::field && open_.size() == 2) {
      Party* party = party_here();
      const FieldDescriptor* field = party == nullptr || open_.back() == nullptr ? nullptr : open_.back()->find(event.number);
      if (field == nullptr) continue;
      if (field->name == "id" && party->id.empty()) party->id = event.value.bytes;
      if (field->name == "scheme" && party->qualifier.empty() && event.value.bytes == gln_scheme) {
        party->qualifier = gln_qualifier;
      }
    }
  }
}

const Party& PartyWatch::sender() const {
  switch (document_->type) {
    case DocumentType::invoice:
    case DocumentType::order_response:
    case DocumentType::ship_notice: return seller_;
    default: return buyer_;
  }
}

const Party& PartyWatch::recipient() const { return &sender() == &seller_ ? buyer_ : seller_; }

}  // namespace purser::edifact
