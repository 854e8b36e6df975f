#include "connectors/x12/header_fields.h"

#include <algorithm>
#include <array>

namespace purser::x12 {
namespace {

constexpr std::size_t longest_id = 15;        ///< I06, I07
constexpr std::size_t longest_qualifier = 2;  ///< I05

/// Groups whose values are remembered.
constexpr std::array<std::string_view, 13> watched = {"envelope",
                                                      "buyer",
                                                      "seller",
                                                      "payer",
                                                      "payee",
                                                      "sender",
                                                      "receiver",
                                                      "interchange_sender",
                                                      "interchange_recipient",
                                                      "group_sender",
                                                      "group_recipient",
                                                      "answered_order",
                                                      "changed_order"};

/// I05 for a scheme of the model: its own where it came from X12, else the code for the scheme of EAS and ISO
/// 6523.
std::string qualifier_of(std::string_view scheme) {
  if (scheme.size() == longest_qualifier) return std::string(scheme);
  return scheme == "0060" ? "01" : scheme == "0062" ? "14" : scheme == "0088" ? "07" : "ZZ";
}

bool seller_sends(DocumentType type) {
  return type == DocumentType::invoice || type == DocumentType::order_response ||
         type == DocumentType::ship_notice;
}

std::string text_of(const Scalar& value) {
  if (value.type == ScalarType::boolean) return value.boolean ? "true" : "false";
  if (value.type == ScalarType::date) {
    std::string date = text(value.when.date);
    std::erase(date, '-');
    return date;
  }
  return std::string(value.bytes);
}

}  // namespace

void HeaderFields::begin(const DocumentDescriptor& document) {
  *this = HeaderFields{};
  document_ = &document;
}

void HeaderFields::see(std::span<const Event> batch) {
  for (const Event& event : batch) {
    if (!header_) return;
    const GroupDescriptor* parent = open_.empty()             ? document_->root
                                    : open_.back() != nullptr ? open_.back()->group
                                                              : nullptr;
    const FieldDescriptor* field = parent == nullptr ? nullptr : parent->find(event.number);
    if (event.kind == EventKind::begin_group) {
      header_ = !open_.empty() || field == nullptr || !field->streamed;
      open_.push_back(field);
    } else if (event.kind == EventKind::end_group) {
      if (!open_.empty()) open_.pop_back();
    } else if (event.kind == EventKind::field && field != nullptr) {
      const std::string_view outer = open_.empty()              ? field->name
                                     : open_.front() != nullptr ? open_.front()->name
                                                                : std::string_view{};
      const bool known = std::ranges::find(open_, nullptr) == open_.end();
      if (!known || (!open_.empty() && std::ranges::find(watched, outer) == watched.end())) continue;
      std::string path;
      for (const FieldDescriptor* group : open_) path.append(group->name).append(".");
      values_.emplace(path.append(field->name), text_of(event.value));
    }
  }
}

std::string_view HeaderFields::get(std::string_view path) const {
  const auto found = values_.find(path);
  return found == values_.end() ? std::string_view{} : std::string_view(found->second);
}

Addressing HeaderFields::addressing() const {
  const auto party = [&](std::initializer_list<std::string_view> places) {
    for (const std::string_view place : places) {
      const std::string_view id = get(std::string(place) + ".id");
      if (id.empty() || id.size() > longest_id) continue;
      const std::string_view scheme = get(std::string(place) + ".scheme");
      return Party{std::string(id), qualifier_of(scheme)};
    }
    return Party{};
  };
  Addressing told;
  if (document_->type == DocumentType::acknowledgement && get("technical") != "false") {
    told.issued = get("issue_date");
    told.transaction = told.control = get("number");
  }
  if (document_->type == DocumentType::acknowledgement && !get("interchange_sender.id").empty()) {
    // An answer goes back the way the interchange came.
    told.sender = party({"interchange_recipient"});
    told.recipient = party({"interchange_sender"});
    told.group_sender = get("group_recipient.id");
    told.group_recipient = get("group_sender.id");
    return told;
  }
  const bool from_seller = seller_sends(document_->type);
  const std::string_view buyer = "buyer.identifiers", seller = "seller.identifiers";
  told.sender =
      party({"envelope.sender", from_seller ? "seller.endpoint" : "buyer.endpoint",
             from_seller ? seller : buyer, "payer.endpoint", "payer.identifiers", "sender.identifiers"});
  told.recipient =
      party({"envelope.recipient", from_seller ? "buyer.endpoint" : "seller.endpoint",
             from_seller ? buyer : seller, "payee.endpoint", "payee.identifiers", "receiver.identifiers"});
  told.group_sender = get("envelope.sender_routing");
  told.group_recipient = get("envelope.recipient_routing");
  told.password = get("envelope.password");
  if (!get("envelope.reference").empty()) told.control = get("envelope.reference");
  told.group = get("envelope.group_reference");
  if (told.transaction.empty()) told.transaction = get("envelope.message_reference");
  told.acknowledgement_requested = get("envelope.acknowledgement_requested") == "true";
  told.test = get("envelope.test") == "true";
  return told;
}

}  // namespace purser::x12
