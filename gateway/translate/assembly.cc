#include "gateway/translate/assembly.h"

#include <fmt/format.h>

#include "canonical/event/business_keys.h"
#include "canonical/event/document_checker.h"
#include "canonical/event/header_first.h"
#include "canonical/event/json_writer.h"
#include "canonical/event/recorded_events.h"
#include "canonical/rule/pack_judge.h"

namespace purser::gateway {

namespace {

/// Gives the same events to two.
class Both : public EventSink {
 public:
  Both(EventSink& first, EventSink& second) : first_(first), second_(second) {}
  Outcome push(std::span<const Event> batch) override {
    if (auto done = first_.push(batch); !done) return done;
    return second_.push(batch);
  }

 private:
  EventSink& first_;
  EventSink& second_;
};

}  // namespace

class Assembly::Open {
 public:
  Open(const Event& begin, const std::vector<std::string>& rules)
      : descriptor_(find_document(static_cast<DocumentType>(begin.number))),
        writer_([this](std::string_view text) { return append(text); }),
        judge_(rules, [this](Finding finding) { report_.add(std::move(finding)); }),
        both_(writer_, judge_),
        ordered_(both_),
        checker_([this](Finding finding) { report_.add(std::move(finding)); }) {}

  Outcome push(std::span<const Event> batch) {
    for (const Event& event : batch) note(event);
    if (auto kept = keys_.push(batch); !kept) return kept;
    if (auto checked = checker_.push(batch); !checked) return checked;
    return ordered_.push(batch);
  }

  void add(Finding finding) { report_.add(std::move(finding)); }
  void add(Loss loss) { losses_.add(std::move(loss)); }
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] const Report& report() const { return report_; }

  Document take(std::uint32_t ordinal) {
    Document out;
    out.ordinal = ordinal;
    out.type = descriptor_ == nullptr ? DocumentType::none : descriptor_->type;
    out.number = std::move(number_);
    if (canonical_.ends_with('\n')) canonical_.pop_back();
    out.canonical = std::move(canonical_);
    out.origin = std::move(origin_);
    for (const BusinessKey& key : keys_.keys()) out.keys.push_back({key.kind, key.value});
    out.findings = report_.findings();
    out.findings_dropped = report_.dropped();
    out.losses = losses_.losses();
    out.losses_dropped = losses_.dropped();
    return out;
  }

 private:
  // The document's own number is the field of that name at its root; where it came from stands in `envelope`.
  void note(const Event& event) {
    switch (event.kind) {
      case EventKind::begin_group:
        ++depth_;
        if (depth_ == 1)
          outer_ = field_of(descriptor_ == nullptr ? nullptr : descriptor_->root, event.number);
        if (depth_ == 2 && in_envelope()) inner_ = field_of(outer_->group, event.number);
        break;
      case EventKind::end_group:
        --depth_;
        break;
      case EventKind::end_document:
        ended_ = true;
        break;
      case EventKind::begin_document:
        break;
      case EventKind::field:
        if (depth_ == 0) {
          const auto* field = field_of(descriptor_ == nullptr ? nullptr : descriptor_->root, event.number);
          if (field != nullptr && field->name == "number") number_ = purser::text(event.value);
        } else if (depth_ <= 2 && in_envelope()) {
          note_origin(event);
        }
        break;
    }
  }

  [[nodiscard]] bool in_envelope() const { return outer_ != nullptr && outer_->name == "envelope"; }

  static const FieldDescriptor* field_of(const GroupDescriptor* group, std::uint16_t number) {
    return group == nullptr ? nullptr : group->find(number);
  }

  void note_origin(const Event& event) {
    const FieldDescriptor* group = depth_ == 2 ? inner_ : outer_;
    const FieldDescriptor* field = group == nullptr ? nullptr : field_of(group->group, event.number);
    if (field == nullptr) return;
    if (depth_ == 1) {
      if (field->name == "reference") origin_.reference = purser::text(event.value);
      if (field->name == "message_reference") origin_.message = purser::text(event.value);
      return;
    }
    const bool sender = group->name == "sender";
    if (!sender && group->name != "recipient") return;
    if (field->name == "id") (sender ? origin_.sender : origin_.recipient) = purser::text(event.value);
    if (field->name == "scheme") {
      (sender ? origin_.sender_scheme : origin_.recipient_scheme) = purser::text(event.value);
    }
  }

  Outcome append(std::string_view text) {
    if (canonical_.size() + text.size() > max_canonical) {
      return std::unexpected(
          Status{StatusClass::invalid, "ROUTE-0008",
                 fmt::format("A document of more than {} bytes in canonical form", max_canonical)});
    }
    canonical_ += text;
    return {};
  }

  const DocumentDescriptor* descriptor_;
  std::string canonical_;
  std::string number_;
  Origin origin_;
  int depth_ = 0;
  const FieldDescriptor* outer_ = nullptr;  ///< group at the root that is open or was last
  const FieldDescriptor* inner_ = nullptr;  ///< in the envelope
  bool ended_ = false;
  JsonWriter writer_;
  rule::PackJudge judge_;
  Both both_;
  HeaderFirst ordered_;
  KeyCollector keys_;
  Report report_;
  LossReport losses_;
  DocumentChecker checker_;
};

Assembly::Assembly(EachDocument each, Report& file, std::vector<std::string> rules)
    : each_(std::move(each)), file_(file), rules_(std::move(rules)) {}
Assembly::~Assembly() = default;

Outcome Assembly::push(std::span<const Event> batch) {
  while (!batch.empty()) {
    if (batch.front().kind == EventKind::begin_document) {
      if (auto given = give(); !given) return given;
      open_ = std::make_unique<Open>(batch.front(), rules_);
    }
    std::size_t length = 1;
    while (length < batch.size() && batch[length].kind != EventKind::begin_document) ++length;
    if (!open_)
      return std::unexpected(Status{StatusClass::defect, "ROUTE-0006", "Events before any document"});
    if (auto pushed = open_->push(batch.first(length)); !pushed) return pushed;
    batch = batch.subspan(length);
  }
  return {};
}

void Assembly::finding(Finding finding) {
  if (open_) {
    open_->add(std::move(finding));
  } else {
    file_.add(std::move(finding));
  }
}

void Assembly::loss(Loss loss) {
  // A loss before the first document is of the envelope, which the connector reads for itself.
  if (open_) open_->add(std::move(loss));
}

Outcome Assembly::give() {
  if (!open_) return {};
  const std::unique_ptr<Open> done = std::move(open_);
  if (!done->ended()) {
    for (const Finding& finding : done->report().findings()) file_.add(finding);
    return {};
  }
  return each_(done->take(++count_));
}

Outcome Assembly::finish() { return give(); }

}  // namespace purser::gateway
