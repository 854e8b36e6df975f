#include "connectors/ubl/writing.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "canonical/event/recorded_events.h"
#include "connectors/reader/xml_writer.h"

namespace purser::ubl {
namespace {

/// Kinds (UNTDID 1001) that the EN 16931 binding to UBL gives to CreditNote; all others are invoices.
constexpr std::array<std::string_view, 13> credit_note_kinds = {
    "81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"};

/// Header values that may come before the one that tells which table to take; far above any real header.
constexpr std::size_t max_held_events = 200'000;

class TableWriting : public Writing {
 public:
  TableWriting(Programs& programs, std::string_view message, std::span<const std::string> overlays,
               ByteSink& out, DocumentSink& notes)
      : programs_(programs), message_(message), overlays_(overlays), out_(out), notes_(notes) {}

  Outcome push(std::span<const Event> batch) override {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (encoder_) return encode(batch.subspan(i));
      if (auto done = hold(batch[i]); !done) return done;
    }
    return {};
  }

  Outcome finish() override {
    if (!encoder_) {
      if (held_.events().empty()) return {};  // nothing came: an empty file
      if (auto done = start(); !done) return done;
    }
    if (auto done = encoder_->finish(); !done) return done;
    return writer_->finish();
  }

 private:
  Outcome encode(std::span<const Event> batch) {
    const auto next = std::ranges::find(batch, EventKind::begin_document, &Event::kind);
    if (next == batch.end()) return encoder_->push(batch);
    auto finding = make_finding("UBL-0003", next->at, "another document follows in the same file");
    notes_.finding(finding);
    return std::unexpected(Status{StatusClass::invalid, finding.code, finding.message});
  }

  /// Keeps the event; starts writing as soon as the table is known.
  Outcome hold(const Event& event) {
    if (auto done = held_.push({&event, 1}); !done) return done;
    if (event.kind == EventKind::begin_document) return begin(static_cast<DocumentType>(event.number));
    const bool group_ends = event.kind == EventKind::end_group;
    if (event.kind == EventKind::begin_group) {
      const auto* field = root_ != nullptr && depth_ == 0 ? root_->find(event.number) : nullptr;
      ++depth_;
      if (field != nullptr && field->streamed) return start();  // lists come last: no kind will follow
    }
    if (group_ends) --depth_;
    if (depth_ == 0 && event.kind == EventKind::field && event.number == kind_number_) {
      kind_ = event.value.bytes;
      return start();
    }
    const bool full = held_.events().size() >= max_held_events;
    return full || event.kind == EventKind::end_document ? start() : Outcome{};
  }

  Outcome begin(DocumentType type) {
    type_ = type;
    const auto* descriptor = purser::find_document(type);
    root_ = descriptor == nullptr ? nullptr : descriptor->root;
    const auto* kind = root_ == nullptr ? nullptr : root_->find("kind");
    if (kind != nullptr) kind_number_ = kind->number;
    const bool decided = type != DocumentType::invoice || !message_.empty();
    return decided ? start() : Outcome{};
  }

  const Document* choose() const {
    if (!message_.empty()) {
      const auto* named = find_document(message_);
      return named != nullptr && named->type == type_ ? named : nullptr;
    }
    if (type_ == DocumentType::invoice &&
        std::ranges::find(credit_note_kinds, kind_) != credit_note_kinds.end()) {
      return find_document("CreditNote");
    }
    const auto all = documents();
    const auto found = std::ranges::find(all, type_, &Document::type);
    return found == all.end() ? nullptr : &*found;
  }

  Outcome start() {
    const auto* document = choose();
    if (document == nullptr) {
      const auto* descriptor = purser::find_document(type_);
      auto finding = make_finding("UBL-0004", {},
                                  std::string(descriptor == nullptr ? "?" : descriptor->name) +
                                      " cannot be written as UBL " + std::string(message_));
      notes_.finding(finding);
      return std::unexpected(Status{StatusClass::invalid, finding.code, finding.message});
    }
    auto program = programs_.get(*document, overlays_);
    if (!program) {
      const auto& findings = program.error().findings();
      for (const auto& finding : findings) notes_.finding(finding);
      return std::unexpected(Status{StatusClass::defect, findings.front().code, findings.front().message});
    }
    program_ = *std::move(program);
    namespaces_ = {{"", document->space},
                   {"cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"},
                   {"cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"}};
    xml::WriteOptions options;
    options.namespaces = namespaces_;
    writer_.emplace(out_, options);
    encoder_.emplace(*program_, *writer_, notes_);
    auto done = encoder_->push(held_.events());
    held_.clear();
    return done;
  }

  Programs& programs_;
  std::string_view message_;
  std::span<const std::string> overlays_;
  ByteSink& out_;
  DocumentSink& notes_;
  RecordedEvents held_;  // until the table is known
  DocumentType type_ = DocumentType::none;
  const GroupDescriptor* root_ = nullptr;
  std::uint16_t kind_number_ = 0;
  std::string kind_;
  int depth_ = 0;
  std::vector<xml::Namespace> namespaces_;
  std::shared_ptr<const map::Program> program_;
  std::optional<xml::Writer> writer_;
  std::optional<map::Encoder> encoder_;
};

}  // namespace

std::unique_ptr<Writing> write(Programs& programs, std::string_view message,
                               std::span<const std::string> overlays, ByteSink& out, DocumentSink& notes) {
  return std::make_unique<TableWriting>(programs, message, overlays, out, notes);
}

}  // namespace purser::ubl
