#include "connectors/edifact/reading.h"

#include <algorithm>

#include "canonical/model/convert.h"
#include "connectors/edifact/directory.h"

namespace purser::edifact {
namespace {

/// A CONTRL is never answered with a CONTRL (ISO 9735-4, 5.3).
constexpr std::string_view unanswered = "CONTRL";

model::Identifier identifier(const Party& party) {
  model::Identifier made;
  if (!party.id.empty()) made.id = party.id;
  if (!party.qualifier.empty()) made.scheme = party.qualifier;
  return made;
}

}  // namespace

Outcome MessageSink::push(std::span<const Event> batch) {
  if (begun_ || batch.empty()) return out_.push(batch);
  begun_ = any_ = true;  // the first event of a decoder is begin_document
  if (waiting_.empty()) return out_.push(batch);
  if (auto done = out_.push(batch.first(1)); !done) return done;
  flush();
  return batch.size() > 1 ? out_.push(batch.subspan(1)) : Outcome{};
}

void MessageSink::finding(Finding finding) {
  if (receipt_ != nullptr) receipt_->finding(finding);
  if (begun_) {
    out_.finding(std::move(finding));
  } else if (waiting_.size() < Report::max_findings) {
    waiting_.push_back(std::move(finding));
  }
}

void MessageSink::flush() {
  for (Finding& finding : waiting_) out_.finding(std::move(finding));
  waiting_.clear();
}

Outcome TagSink::open(std::string_view name, const Position& at) {
  if (name != "UNB" && name != "UNG") receipt_.segment(name);
  return next_.open(name, at);
}

Outcome Reading::begin_interchange(const Interchange& interchange) {
  answered_ = false;
  group_.clear();
  receipt_.reset();
  if (acknowledge_on_) {
    receipt_.emplace(acknowledge::InterchangeFacts{interchange.reference, identifier(interchange.sender),
                                                   identifier(interchange.recipient)});
  }
  sink_.tell(receipt_ ? &*receipt_ : nullptr);
  return {};
}

void Reading::note(const Group* group, const Message& message) {
  if (!receipt_) return;
  const std::string reference = group == nullptr ? std::string() : group->reference;
  if (reference != group_) {
    if (!group_.empty()) receipt_->end_group();
    if (group != nullptr) {
      receipt_->begin_group({reference, group->type, group->version + group->release, identifier(group->sender),
                             identifier(group->recipient)});
    }
    group_ = reference;
  }
  receipt_->begin_message({message.reference, message.type, message.version, message.release, message.agency,
                           message.association, message.at, !tables_.directories(message.type).empty()});
  answered_ |= message.type != unanswered;
}

std::expected<map::SyntaxSink*, Status> Reading::begin_message(const Interchange& /*interchange*/,
                                                               const Group* group, const Message& message) {
  sink_.begin();
  note(group, message);
  program_ = choose(message);
  if (!program_) return nullptr;
  decoder_.emplace(*program_, counted_.emplace(sink_));
  map::SyntaxSink* next = &*decoder_;
  if (const Packing* packing = packing_of(program_->message())) next = &packing_.emplace(*packing, *decoder_);
  // What the inside of segments must be like is known for the message's own directory only.
  if (exact_) {
    next = &check_.emplace(
        *forms_, *next, [this](Finding finding) { sink_.finding(named(std::move(finding))); }, request_.strict, ".,");
  }
  if (receipt_) next = &tags_.emplace(*receipt_, *next);
  return next;
}

/// With the data element's number instead of its place: "QTY.6060".
Finding Reading::named(Finding finding) const {
  const std::string_view tag = std::string_view(finding.source).substr(0, finding.source.find('.'));
  const std::string_view code = forms_->element_code(tag, finding.at.element, finding.at.component);
  if (!code.empty()) finding.source = std::string(tag) + "." + std::string(code);
  return finding;
}

std::shared_ptr<const map::Program> Reading::choose(const Message& message) {
  const std::string wanted = directory_name(message.version, message.release);
  const std::vector<std::string_view> known = tables_.directories(message.type);
  if (known.empty()) {
    Finding finding = make_finding("EDIFACT-0051", message.at,
                                   "message " + message.reference + " is \"" + message.type + "\"");
    finding.source = "UNH.S009.0065";
    // The others of the interchange are sound; a file without any document has nothing to show but this.
    if (sink_.any_document()) finding.severity = Severity::warning;
    sink_.finding(std::move(finding));
    return nullptr;
  }
  const bool told = std::ranges::find(known, request_.version) != known.end();
  const std::string_view nearest = told ? std::string_view(request_.version) : nearest_directory(wanted, known);
  if (nearest != wanted && !told) {
    Finding finding = make_finding("EDIFACT-0050", message.at,
                                   message.type + " is of directory \"" + wanted + "\"; read as " + std::string(nearest));
    finding.source = "UNH.S009.0054";
    for (const std::string_view name : known) finding.expected += (finding.expected.empty() ? "" : ", ") + std::string(name);
    sink_.finding(std::move(finding));
  }
  exact_ = nearest == wanted;
  TableKey key{message.type, std::string(nearest)};
  if (last_program_ && key == last_key_) return last_program_;
  ProgramResult program = tables_.find(key, request_.overlays);
  if (!program) {
    for (const Finding& finding : program.error().findings()) sink_.finding(finding);
    return nullptr;
  }
  last_key_ = std::move(key);
  last_program_ = *program;
  forms_.emplace(*last_program_);
  return last_program_;
}

Outcome Reading::end_message(const Message& message, const MessageEnd& end) {
  Outcome done;
  if (decoder_) {
    if (end.stopped.code.empty()) done = decoder_->finish(message.at);
    tags_.reset();
    check_.reset();
    packing_.reset();
    decoder_.reset();
    program_.reset();
  }
  sink_.flush();
  if (receipt_) receipt_->end_message();
  // A document that is wrong in itself ends alone; its findings have told.
  if (!done && done.error().what == StatusClass::invalid) return {};
  return done;
}

Outcome Reading::end_interchange(const Interchange& interchange, const InterchangeEnd& /*end*/) {
  const bool answer = receipt_ && answered_ && !interchange.sender.id.empty();
  sink_.tell(nullptr);
  return answer ? model::to_events(receipt_->of_interchange(*acknowledge_on_), out_) : Outcome{};
}

}  // namespace purser::edifact
