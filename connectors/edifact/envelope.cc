#include "connectors/edifact/envelope.h"

namespace purser::edifact {
namespace {

constexpr std::string_view gln_scheme = "0088";   ///< ISO 6523 code of a GLN
constexpr std::string_view gln_qualifier = "14";  ///< UNB 0007: EAN International
constexpr std::size_t max_id = 35;                ///< 0004, 0010: an..35
constexpr std::size_t max_qualifier = 4;          ///< 0007: an..4

/// Where a text of the envelope stands in UNB, and how long it may be there (ISO 9735, service directory).
struct Place {
  std::string_view name;
  std::string& (*in)(Interchange& interchange);
  std::size_t most;
};

constexpr Place places[] = {
    {"reference", [](Interchange& it) -> std::string& { return it.reference; }, 14},                   // 0020
    {"sender_routing", [](Interchange& it) -> std::string& { return it.sender.internal; }, 35},        // 0008
    {"recipient_routing", [](Interchange& it) -> std::string& { return it.recipient.internal; }, 35},  // 0014
    {"password", [](Interchange& it) -> std::string& { return it.password; }, 14},                     // 0022
    {"application", [](Interchange& it) -> std::string& { return it.application; }, 14},               // 0026
    {"priority", [](Interchange& it) -> std::string& { return it.priority; }, 1},                      // 0029
    {"agreement", [](Interchange& it) -> std::string& { return it.agreement; }, 35},                   // 0032
};

/// Who sends a document of this kind.
bool seller_sends(DocumentType type) {
  return type == DocumentType::invoice || type == DocumentType::order_response ||
         type == DocumentType::ship_notice;
}

}  // namespace

void EnvelopeWatch::begin(const DocumentDescriptor& document) {
  *this = EnvelopeWatch{};
  document_ = &document;
}

void EnvelopeWatch::see(std::span<const Event> batch) {
  for (const Event& event : batch) {
    if (!header_) return;
    if (event.kind == EventKind::begin_group) {
      const GroupDescriptor* parent = open_.empty()  ? document_->root
                                      : open_.back() ? open_.back()->group
                                                     : nullptr;
      const FieldDescriptor* found = parent == nullptr ? nullptr : parent->find(event.number);
      header_ = open_.empty() ? found == nullptr || !found->streamed : header_;
      open_.push_back(found);
    } else if (event.kind == EventKind::end_group) {
      if (!open_.empty()) open_.pop_back();
    } else if (event.kind == EventKind::field && !open_.empty() && open_.back() != nullptr) {
      field(event);
    }
  }
}

void EnvelopeWatch::field(const Event& event) {
  const GroupDescriptor* group = open_.back()->group;
  const FieldDescriptor* found = group == nullptr ? nullptr : group->find(event.number);
  if (found == nullptr) return;
  const std::string_view outer = open_.front() == nullptr ? std::string_view{} : open_.front()->name;
  if (outer == "envelope") {
    envelope_field(open_.size() > 1 ? open_.back()->name : std::string_view{}, found->name, event);
    return;
  }
  if (open_.size() != 2 || open_.back()->name != "identifiers") return;
  Party* party = outer == "buyer" ? &buyer_ : outer == "seller" ? &seller_ : nullptr;
  if (party == nullptr) return;
  if (found->name == "id" && party->id.empty()) party->id = event.value.bytes;
  if (found->name == "scheme" && party->qualifier.empty() && event.value.bytes == gln_scheme) {
    party->qualifier = gln_qualifier;
  }
}

void EnvelopeWatch::envelope_field(std::string_view group, std::string_view name, const Event& event) {
  const std::string text(event.value.bytes);
  if (group == "sender" || group == "recipient") {
    Party& party = group == "sender" ? told_.sender : told_.recipient;
    if (name == "id" && text.size() <= max_id) party.id = text;
    if (name == "scheme" && text.size() <= max_qualifier) party.qualifier = text;
    return;
  }
  if (!group.empty()) return;
  for (const Place& place : places) {
    if (name == place.name && text.size() <= place.most) place.in(told_) = text;
  }
  if (name == "message_reference") message_reference_ = text;
  if (name == "acknowledgement_requested" && event.value.boolean) told_.acknowledgement = "1";
  if (name == "test" && event.value.boolean) told_.test = "1";
}

Interchange EnvelopeWatch::interchange() const {
  Interchange interchange = told_;
  const bool from_seller = seller_sends(document_->type);
  if (interchange.sender.id.empty()) interchange.sender = from_seller ? seller_ : buyer_;
  if (interchange.recipient.id.empty()) interchange.recipient = from_seller ? buyer_ : seller_;
  return interchange;
}

}  // namespace purser::edifact
