#include "connectors/table/xml_encoder.h"

#include <algorithm>
#include <utility>

namespace purser::table {

XmlEncoder::XmlEncoder(XmlTables& tables, const sdk::Request& request, ByteSink& out, DocumentSink& notes,
                       map::Encoder::Variables variables, SyntaxFilter filter)
    : tables_(tables),
      request_(request),
      out_(out),
      notes_(notes),
      variables_(std::move(variables)),
      filter_(std::move(filter)) {}

Outcome XmlEncoder::push(std::span<const Event> batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (encoder_) return encode(batch.subspan(i));
    if (auto done = hold(batch[i]); !done) return done;
  }
  return {};
}

Outcome XmlEncoder::finish() {
  if (!encoder_) {
    if (held_.events().empty()) return {};  // nothing came: an empty file
    if (auto done = start(); !done) return done;
  }
  if (auto done = encoder_->finish(); !done) return done;
  return body_->finish();
}

Outcome XmlEncoder::encode(std::span<const Event> batch) {
  const auto next = std::ranges::find(batch, EventKind::begin_document, &Event::kind);
  if (next == batch.end()) return table().push(batch);
  return refuse("TABLE-0012", next->at, "another document follows in the same file");
}

/// Keeps the event; starts writing as soon as the table is known.
Outcome XmlEncoder::hold(const Event& event) {
  if (auto done = held_.push({&event, 1}); !done) return done;
  if (event.kind == EventKind::begin_document) return begin(static_cast<DocumentType>(event.number));
  if (event.kind == EventKind::begin_group) {
    const auto* field = root_ != nullptr && depth_ == 0 ? root_->find(event.number) : nullptr;
    ++depth_;
    if (field != nullptr && field->streamed) return start();  // lists come last: no kind will follow
  }
  if (event.kind == EventKind::end_group) --depth_;
  if (depth_ == 0 && event.kind == EventKind::field && event.number == kind_number_) {
    kind_ = event.value.bytes;
    return start();
  }
  const bool full = held_.events().size() >= max_held_events;
  return full || event.kind == EventKind::end_document ? start() : Outcome{};
}

Outcome XmlEncoder::begin(DocumentType type) {
  type_ = type;
  const auto* descriptor = find_document(type);
  root_ = descriptor == nullptr ? nullptr : descriptor->root;
  const auto documents = tables_.format().documents;
  const auto differs = std::ranges::find_if(
      documents, [type](const XmlDocument& each) { return each.type == type && !each.kinds.empty(); });
  if (!request_.message.empty() || differs == documents.end()) return start();
  const auto* kind = root_ == nullptr ? nullptr : root_->find(differs->kind_field);
  if (kind != nullptr) kind_number_ = kind->number;
  return {};
}

const XmlDocument* XmlEncoder::choose() const {
  const XmlDocument* any = nullptr;
  for (const XmlDocument& each : tables_.format().documents) {
    if (each.type != type_) continue;
    if (!request_.message.empty()) {
      if (each.message == request_.message) return &each;
      continue;
    }
    if (std::ranges::find(each.kinds, kind_) != each.kinds.end()) return &each;
    if (each.kinds.empty() && any == nullptr) any = &each;
  }
  return any;
}

Outcome XmlEncoder::start() {
  const XmlDocument* document = choose();
  if (document == nullptr) {
    const auto* descriptor = find_document(type_);
    return refuse("TABLE-0013", {},
                  std::string(descriptor == nullptr ? "?" : descriptor->name) + " cannot be written as " +
                      std::string(tables_.format().name) + " " + request_.message);
  }
  auto program = tables_.library().find(document->message, document->version, request_.overlays);
  if (!program) {
    const auto& findings = program.error().findings();
    for (const Finding& finding : findings) notes_.finding(finding);
    return std::unexpected(Status{StatusClass::defect, findings.front().code, findings.front().message});
  }
  program_ = *std::move(program);
  body_.emplace(tables_, *document, *program_, out_, notes_);
  map::SyntaxSink* sink = &*body_;
  if (filter_) filtered_ = filter_(*body_);
  if (filtered_) sink = filtered_.get();
  encoder_.emplace(*program_, *sink, notes_, std::move(variables_));
  if (const auto make = tables_.format().shape.writing) shape_ = make(*encoder_);
  auto done = table().push(held_.events());
  held_.clear();
  return done;
}

Outcome XmlEncoder::refuse(std::string_view code, const Position& at, std::string message) {
  Status status{StatusClass::invalid, std::string(code), message};
  notes_.finding(make_finding(code, at, std::move(message)));
  return std::unexpected(std::move(status));
}

}  // namespace purser::table
