#include "canonical/acknowledge/receipt.h"

#include <algorithm>

#include "canonical/acknowledge/error_key.h"

namespace purser::acknowledge {
namespace {

constexpr std::string_view missing_segment = "missing_segment";

/// "NAD" of "NAD[3035=BY].C082.3039"; empty where the name begins with no tag.
std::string_view tag_of(std::string_view source) {
  const std::string_view tag = source.substr(0, source.find_first_of(".[@#"));
  const auto in_tag = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return (tag.size() == 2 || tag.size() == 3) && std::ranges::all_of(tag, in_tag) ? tag : std::string_view{};
}

/// The last name of a place, "3039" of "NAD.C082.3039"; empty for a segment.
std::string_view element_of(std::string_view source) {
  const std::size_t dot = source.rfind('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view last = source.substr(dot + 1);
  return last.substr(0, last.find_first_of("#["));
}

/// True where the last name stands in a composite: "DTM.C507.2380", "C507.2380".
bool in_composite(std::string_view source) {
  const std::size_t dot = source.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::string_view parent = source.substr(0, dot);
  parent = parent.substr(parent.rfind('.') + 1);
  return parent.size() >= 4 && (parent[0] == 'C' || parent[0] == 'S') && parent[1] >= '0' && parent[1] <= '9';
}

/// Findings about the inside of segments name a component only where there is a composite (SegmentCheck).
bool tells_components(std::string_view code) { return code >= "MAP-0014" && code <= "MAP-0028"; }

enum class Level : std::uint8_t { body, message, group, interchange };

/// What a header or trailer is about. Source: ISO 9735-1, ASC X12.5 and X12.6.
Level level_of(std::string_view tag) {
  constexpr std::array<std::string_view, 5> interchange = {"UNA", "UNB", "UNZ", "ISA", "IEA"};
  constexpr std::array<std::string_view, 4> group = {"UNG", "UNE", "GS", "GE"};
  constexpr std::array<std::string_view, 4> message = {"UNH", "UNT", "ST", "SE"};
  if (std::ranges::find(interchange, tag) != interchange.end()) return Level::interchange;
  if (std::ranges::find(group, tag) != group.end()) return Level::group;
  return std::ranges::find(message, tag) != message.end() ? Level::message : Level::body;
}

std::string_view severity_of(const Finding& finding) {
  return finding.severity >= Severity::error ? "error" : "warning";
}

/// Without its place inside the message.
model::AcknowledgedError error_of(const Finding& finding, std::string_view key) {
  model::AcknowledgedError error;
  error.code = key;
  error.text = finding.message;
  error.severity = severity_of(finding);
  error.rule = finding.code;
  return error;
}

void set_element(model::AcknowledgedError& error, const Finding& finding) {
  if (finding.at.element != 0) error.element = finding.at.element;
  if (finding.at.component > 1 ||
      (finding.at.component == 1 && (in_composite(finding.source) || tells_components(finding.code)))) {
    error.component = finding.at.component;
  }
  if (const std::string_view name = element_of(finding.source); !name.empty()) error.reference = name;
}

void add_control(std::vector<model::AcknowledgedError>& to, const Finding& finding, std::string_view key,
                 std::string_view tag) {
  if (to.size() >= Receipt::max_errors) return;
  model::AcknowledgedError error = error_of(finding, key);
  if (!tag.empty()) error.segment = tag;
  // What is missing has no place, only a name.
  if (key != "missing" || tag == "UNH") set_element(error, finding);
  to.push_back(std::move(error));
}

std::string_view status_of(bool rejected, bool errors) {
  return rejected ? "rejected" : errors ? "accepted_with_errors" : "accepted";
}

std::string_view status_of(std::int64_t received, std::int64_t accepted, bool rejected, bool errors) {
  if (rejected || (received > 0 && accepted == 0)) return "rejected";
  return accepted < received ? "partially_accepted" : status_of(false, errors);
}

}  // namespace

void Receipt::begin_group(GroupFacts facts) {
  groups_.push_back({std::move(facts), {}, 0, 0, false, {}});
  in_group_ = true;
}

void Receipt::end_group(std::optional<std::int64_t> stated) {
  if (in_group_) groups_.back().stated = stated;
  in_group_ = false;
}

void Receipt::begin_message(MessageFacts facts) {
  end_message();
  open_ = Message();
  open_->rejected = !facts.read;
  open_->facts = std::move(facts);
  open_->group = in_group_ ? groups_.size() : 0;
  tags_.clear();
}

void Receipt::segment(std::string_view tag) {
  if (!open_ || tags_.size() >= max_tags) return;
  std::array<char, 3> kept{};
  std::copy_n(tag.begin(), std::min(tag.size(), kept.size()), kept.begin());
  tags_.push_back(kept);
}

std::string_view Receipt::tag_at(std::size_t position) const {
  if (position == 0 || position > tags_.size()) return {};
  const auto& tag = tags_[position - 1];
  return {tag.data(), tag[2] == 0 ? 2U : 3U};
}

void Receipt::finding(const Finding& finding) {
  std::string_view key = error_key(finding.code);
  const bool rejects = finding.severity >= Severity::error;
  if (key.empty() && rejects) key = unspecified_error;
  if (finding.severity < Severity::warning || key.empty()) return;
  const std::string_view tag = tag_of(finding.source);
  const Level level = level_of(tag);
  if (level == Level::group && !groups_.empty()) {
    groups_.back().rejected |= rejects;
    add_control(groups_.back().control, finding, key, tag);
  } else if (level == Level::interchange || level == Level::group || !open_) {
    rejected_ |= rejects;
    add_control(control_, finding, key, tag);
  } else {
    open_->rejected |= rejects;
    if (level == Level::message)
      add_control(open_->control, finding, key, tag);
    else
      add_to_body(*open_, finding, key);
  }
}

void Receipt::add_to_body(Message& message, const Finding& finding, std::string_view key) {
  if (message.told++ >= max_errors) return;
  std::size_t position = 0;
  if (finding.at.segment >= message.facts.at.segment && message.facts.at.segment != 0) {
    position = finding.at.segment - message.facts.at.segment + 1;
  }
  std::string_view tag = tag_at(position);
  if (key == missing_segment) {
    // Its place is that of the segment before it, its name the one that was expected.
    tag = tag_of(finding.source);
    position = position > 1 ? position - 1 : tags_.size();
  }
  if (tag.empty()) tag = tag_of(finding.source);
  const auto same = std::ranges::find(message.errors, static_cast<std::int64_t>(position),
                                      &model::AcknowledgedError::segment_position);
  const bool inside = finding.at.element != 0 && key != missing_segment;
  model::AcknowledgedError error = error_of(finding, key);
  if (inside) set_element(error, finding);
  if (position != 0 && same != message.errors.end() && (inside || !same->code)) {
    if (inside) {
      same->elements.push_back(std::move(error));
      return;
    }
    error.elements = std::move(same->elements);
    error.segment = same->segment;
    error.segment_position = same->segment_position;
    *same = std::move(error);
    return;
  }
  model::AcknowledgedError segment;
  if (inside)
    segment.elements.push_back(std::move(error));
  else
    segment = std::move(error);
  if (!tag.empty()) segment.segment = tag;
  if (position != 0) segment.segment_position = static_cast<std::int64_t>(position);
  message.errors.push_back(std::move(segment));
}

void Receipt::end_message() {
  if (!open_) return;
  std::ranges::stable_sort(open_->errors, {}, &model::AcknowledgedError::segment_position);
  Group* group = open_->group == 0 ? nullptr : &groups_[open_->group - 1];
  ++received_;
  if (group != nullptr) ++group->received;
  if (!open_->rejected) {
    ++accepted_;
    if (group != nullptr) ++group->accepted;
  }
  if (messages_.size() < max_messages) {
    messages_.push_back(std::move(*open_));
  } else if (open_->rejected) {
    rejected_ = true;
  }
  open_.reset();
}

model::Acknowledgement Receipt::head(const Date& today) const {
  model::Acknowledgement answer;
  answer.number = interchange_.reference.empty() ? std::string("0") : interchange_.reference;
  answer.issue_date = today;
  answer.technical = true;
  answer.outgoing = true;
  model::Envelope& envelope = answer.envelope.emplace();  // the answer goes the other way
  envelope.sender.emplace() = interchange_.recipient;
  envelope.recipient.emplace() = interchange_.sender;
  if (!interchange_.reference.empty()) answer.interchange = interchange_.reference;
  answer.interchange_sender.emplace() = interchange_.sender;
  answer.interchange_recipient.emplace() = interchange_.recipient;
  return answer;
}

void Receipt::add_messages(model::Acknowledgement& answer, std::size_t group, bool all) const {
  const auto set = [](std::optional<std::string>& to, const std::string& text) {
    if (!text.empty()) to = text;
  };
  for (const Message& message : messages_) {
    if (!all && message.group != group) continue;
    model::AcknowledgedMessage& one = answer.messages.emplace_back();
    const MessageFacts& facts = message.facts;
    set(one.reference, facts.reference);
    set(one.type, facts.type);
    set(one.version, facts.version);
    set(one.release, facts.release);
    set(one.agency, facts.agency);
    set(one.association, facts.association);
    if (message.group != 0) set(one.group, groups_[message.group - 1].facts.reference);
    one.status = status_of(message.rejected, !message.errors.empty() || !message.control.empty());
    one.control_errors = message.control;
    one.errors = message.errors;
  }
}

model::Acknowledgement Receipt::of_interchange(const Date& today) const {
  model::Acknowledgement answer = head(today);
  std::int64_t accepted = accepted_;
  bool errors = !control_.empty();
  for (const Group& group : groups_) {
    errors |= !group.control.empty();
    if (group.rejected) accepted -= group.accepted;  // with it everything in it
    model::AcknowledgedGroup& one = answer.groups.emplace_back();
    one.reference = group.facts.reference;
    one.sender.emplace() = group.facts.sender;
    one.recipient.emplace() = group.facts.recipient;
    one.status = status_of(group.received, group.accepted, group.rejected, !group.control.empty());
    one.control_errors = group.control;
  }
  add_messages(answer, 0, true);
  for (const auto& message : answer.messages) errors |= message.status != "accepted";
  answer.received_count = received_;
  answer.accepted_count = rejected_ ? 0 : accepted;
  answer.control_errors = control_;
  answer.status = status_of(received_, accepted, rejected_, errors);
  return answer;
}

std::vector<model::Acknowledgement> Receipt::of_groups(const Date& today) const {
  std::vector<model::Acknowledgement> answers;
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    const Group& group = groups_[i];
    model::Acknowledgement& answer = answers.emplace_back(head(today));
    *answer.number += "/" + group.facts.reference;
    answer.group = group.facts.reference;
    answer.group_type = group.facts.type;
    if (!group.facts.version.empty()) answer.group_version = group.facts.version;
    answer.group_sender.emplace() = group.facts.sender;
    answer.group_recipient.emplace() = group.facts.recipient;
    answer.message_count = group.stated;
    answer.received_count = group.received;
    answer.accepted_count = group.rejected || rejected_ ? 0 : group.accepted;
    answer.control_errors = group.control;
    add_messages(answer, i + 1, false);
    bool errors = !group.control.empty();
    for (const auto& message : answer.messages) errors |= message.status != "accepted";
    answer.status = status_of(group.received, group.accepted, group.rejected || rejected_, errors);
  }
  return answers;
}

}  // namespace purser::acknowledge
