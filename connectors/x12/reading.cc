#include "connectors/x12/reading.h"

#include <algorithm>

#include "canonical/model/convert.h"
#include "connectors/x12/version.h"

namespace purser::x12 {
namespace {

/// Groups of acknowledgements are not answered (X12.5, 997 purpose).
constexpr std::string_view unanswered = "FA";
constexpr std::string_view ship_notice = "856";
constexpr std::size_t most_early = 16;  ///< findings about one ISA
constexpr std::string_view interchange_acknowledgement = "TA1";

/// I18 for an element of ISA that is not valid, by its place.
constexpr std::string_view header_codes[] = {"",    "010", "011", "012", "013", "005", "006", "007",
                                             "008", "014", "015", "016", "017", "018", "019", "020"};

model::Identifier identifier(const Party& party) {
  model::Identifier made;
  if (!party.id.empty()) made.id = party.id;
  if (!party.qualifier.empty()) made.scheme = party.qualifier;
  return made;
}

}  // namespace

Outcome TagSink::open(std::string_view name, const Position& at) {
  if (name != "ISA" && name != "GS") receipt_.segment(name);
  return next_.open(name, at);
}

Outcome NotedSink::push(std::span<const Event> batch) { return gate_.push(batch); }

void NotedSink::finding(Finding finding) {
  if (receipt_) receipt_->finding(finding);
  gate_.finding(std::move(finding));
}

void Reading::finding(Finding finding) {
  if (acknowledge_on_ && !receipt_ && early_.size() < most_early) early_.push_back(finding);
  noted_.finding(std::move(finding));
}

Outcome Reading::begin_interchange(const Interchange& interchange) {
  answered_ = false;
  receipt_.reset();
  if (acknowledge_on_) {
    receipt_.emplace(acknowledge::InterchangeFacts{interchange.control, identifier(interchange.sender),
                                                   identifier(interchange.recipient)});
    for (const Finding& found : early_) receipt_->finding(found);
  }
  early_.clear();
  return {};
}

Outcome Reading::begin_group(const Interchange& /*interchange*/, const Group& group) {
  if (receipt_) {
    receipt_->begin_group(
        {group.control, group.type, group.version, identifier(group.sender), identifier(group.recipient)});
  }
  answered_ |= group.type != unanswered;
  return {};
}

std::expected<map::SyntaxSink*, Status> Reading::begin_transaction(const Interchange& /*interchange*/,
                                                                   const Group* group,
                                                                   const Transaction& transaction) {
  gate_.next_document();
  if (receipt_ && transaction.type != interchange_acknowledgement) {
    receipt_->begin_message({transaction.control,
                             transaction.type,
                             {},
                             {},
                             {},
                             transaction.convention,
                             transaction.at,
                             !tables_.versions(transaction.type).empty()});
  }
  if (!choose(group, transaction)) return nullptr;
  // CTT01 of a ship notice counts its levels, not its lines.
  DocumentSink* out = &noted_;
  if (chosen_.type != ship_notice) out = &counted_.emplace(noted_);
  decoder_.emplace(*chosen_.program, *out);
  map::SyntaxSink* next = &*decoder_;
  next = &annotation_.emplace(*next);
  if (chosen_.type == ship_notice) next = &hierarchy_.emplace(*next);
  next = &check_.emplace(
      *chosen_.forms, *next, [this](Finding found) { finding(std::move(found)); }, request_.strict);
  if (receipt_) next = &tags_.emplace(*receipt_, *next);
  return next;
}

bool Reading::choose(const Group* group, const Transaction& transaction) {
  const std::vector<std::string_view>& known = tables_.versions(transaction.type);
  if (known.empty()) {
    Finding found =
        make_finding("X12-0051", transaction.at,
                     "transaction set " + transaction.control + " is \"" + transaction.type + "\"");
    found.source = "ST.01";
    // The others of the interchange are sound; a file without any document has nothing to show but this.
    if (gate_.any_document()) found.severity = Severity::warning;
    finding(std::move(found));
    return false;
  }
  const std::string_view said = group == nullptr ? std::string_view{} : std::string_view(group->version);
  const std::string_view wanted = request_.version.empty() ? said : std::string_view(request_.version);
  const std::string_view nearest = nearest_version(table_version(wanted), known);
  if (nearest != table_version(wanted) && !said.empty()) {
    Finding found = make_finding(
        "X12-0050", transaction.at,
        transaction.type + " is of version \"" + std::string(said) + "\"; read as " + std::string(nearest));
    found.source = "GS.08";
    for (const std::string_view name : known)
      found.expected += (found.expected.empty() ? "" : ", ") + std::string(name);
    gate_.finding(std::move(found));
  }
  if (chosen_.program && chosen_.type == transaction.type && chosen_.version == nearest) return true;
  const table::ProgramResult program = tables_.find(transaction.type, nearest, request_.overlays);
  if (!program) {
    for (const Finding& found : program.error().findings()) finding(found);
    return false;
  }
  chosen_ = {transaction.type, std::string(nearest), *program,
             std::make_shared<const map::SegmentForms>(**program)};
  return true;
}

Outcome Reading::end_transaction(const Transaction& transaction, const TransactionEnd& end) {
  Outcome done;
  if (decoder_) {
    if (end.stopped.code.empty()) {
      if (hierarchy_) done = hierarchy_->finish();
      if (done) done = decoder_->finish(transaction.at);
    }
    tags_.reset();
    check_.reset();
    hierarchy_.reset();
    annotation_.reset();
    decoder_.reset();
  }
  gate_.flush();
  if (receipt_ && transaction.type != interchange_acknowledgement) receipt_->end_message();
  // A document that is wrong in itself ends alone; its findings have told.
  if (!done && done.error().what == StatusClass::invalid) return {};
  return done;
}

Outcome Reading::end_group(const Group& /*group*/, const GroupEnd& end) {
  if (receipt_) receipt_->end_group(end.complete ? std::optional<std::int64_t>(end.stated) : std::nullopt);
  return {};
}

Outcome Reading::end_interchange(const Interchange& interchange, const InterchangeEnd& /*end*/) {
  const Outcome done =
      receipt_ && answered_ && !interchange.sender.id.empty() ? answer(interchange) : Outcome{};
  receipt_.reset();
  return done;
}

Outcome Reading::answer(const Interchange& interchange) {
  model::Acknowledgement whole = receipt_->of_interchange(*acknowledge_on_);
  const bool wrong = whole.status == "rejected" && receipt_->of_groups(*acknowledge_on_).empty();
  if (interchange.acknowledgement || wrong) {
    // TA1 says one thing of the interchange and nothing of what is in it.
    whole.messages.clear();
    whole.groups.clear();
    for (model::AcknowledgedError& error : whole.control_errors) {
      const auto element = static_cast<std::size_t>(error.element.value_or(0));
      if (error.code == "invalid_value" && element < std::size(header_codes) &&
          !header_codes[element].empty()) {
        error.code = header_codes[element];
      }
    }
    if (whole.control_errors.empty()) {
      whole.status = "accepted";
      whole.control_errors.emplace_back().code = "none";
    }
    if (auto done = model::to_events(whole, out_); !done) return done;
  }
  for (model::Acknowledgement& group : receipt_->of_groups(*acknowledge_on_)) {
    if (group.group_type == unanswered) continue;
    complete(group);
    if (auto done = model::to_events(group, out_); !done) return done;
  }
  return {};
}

/// What X12 says beside the errors: the numbers of data elements, which findings call by their places, and
/// codes for a segment or a transaction set with errors inside.
void Reading::complete(model::Acknowledgement& answer) const {
  for (model::AcknowledgedMessage& message : answer.messages) {
    for (model::AcknowledgedError& segment : message.errors) {
      if (!segment.code) segment.code = "errors_in_elements";
      if (segment.code == "unexpected_segment" && chosen_.forms && segment.segment &&
          !chosen_.forms->knows(*segment.segment)) {
        segment.code = "undefined_segment";
      }
      for (model::AcknowledgedError& error : segment.elements) {
        error.reference.reset();
        if (!chosen_.forms || !segment.segment || !error.element) continue;
        const auto component = static_cast<unsigned>(error.component.value_or(1));
        const std::string_view code =
            chosen_.forms->element_code(*segment.segment, static_cast<unsigned>(*error.element), component);
        if (!code.empty()) error.reference = code;
      }
    }
    if (!message.errors.empty()) message.control_errors.emplace_back().code = "errors_in_segments";
  }
}

}  // namespace purser::x12
