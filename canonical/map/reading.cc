// The shape of the document: which nodes are passed through, which are held as one unit.
#include "canonical/map/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace purser::map {
Outcome Decoder::State::start(const Position& at) {
  started_ = true;
  Event begin;
  begin.kind = EventKind::begin_document;
  begin.number = static_cast<std::uint16_t>(plan_.document->type);
  begin.at = at;
  batch_.push_back(begin);
  open_passage(0, plan_.layout.root_name, plan_.layout.root, at);
  return flush(0);
}

Outcome Decoder::State::open(std::string_view name, const Position& at) {
  here_ = at;
  if (!started_) {
    if (auto good = start(at); !good) return good;
    if (xml_) {
      wrong_root_ = name != plan_.layout.names.text(plan_.layout.root_name);
      if (wrong_root_) {
        finding("MAP-0008", nullptr, at, std::string(name),
                fmt::format("the root element is '{}'", name.substr(0, Finding::max_value_shown)),
                std::string(plan_.layout.names.text(plan_.layout.root_name)));
      }
      return {};
    }
  }
  if (edi_) return open_segment(name, at);
  const NameId id = plan_.layout.names.find(name);
  return open_node(id, child_type(id), name, at);
}

TypeId Decoder::State::child_type(NameId name) const {
  const LayoutType& type =
      plan_.layout.types[tape_.depth() > 0 ? tape_[tape_.top_index()].type : frames_.back().type];
  const std::uint16_t child = type.by_name.find(name);
  return child == NameIndex::none ? TypeId{0} : type.children[child].type;
}

Outcome Decoder::State::open_segment(std::string_view name, const Position& at) {
  if (foreseen_ != nullptr) leave_foreseen();
  tag_ = name;
  const SegmentMove& move = move_to(name);
  for (std::uint32_t i = 0; i < move.close; ++i) {
    if (auto good = close_node(at); !good) return good;
  }
  if (came_ != nullptr) go_on_unforeseen(*came_);
  in_segments_ = false;
  last_ = nullptr;
  return enter_segment(move, name, at);
}

const SegmentMove& Decoder::State::move_to(std::string_view tag) {
  steady_ = nullptr;
  return grouper_->next(plan_.layout.names.find(tag));
}

/// Opens the groups that begin with a segment, and its own node.
Outcome Decoder::State::enter_segment(const SegmentMove& move, std::string_view name, const Position& at) {
  for (const LayoutChild* group : move.open) {
    if (auto good = open_node(group->name, group->type, {}, at); !good) return good;
  }
  skip_losses_ = move.envelope;
  composite_open_ = false;
  segment_ = &plan_.layout.types[move.type];
  return open_node(move.name, move.type, name, at);
}

Outcome Decoder::State::segment(const Segment& whole) {
  if (foreseen_ != nullptr) {
    if (take_foreseen(whole)) return {};
    leave_foreseen();
  }
  here_ = whole.at;
  if (!started_) {
    if (auto good = start(whole.at); !good) return good;
  }
  faulted_ = false;
  tag_ = whole.tag;
  const Trace* const came = came_;
  const SegmentMove& move = moves_again(whole) ? grouper_->move() : move_to(whole.tag);
  for (std::uint32_t i = 0; i < move.close; ++i) {
    if (auto good = close_node(whole.at); !good) return good;
  }
  if (came_ != nullptr) go_on_unforeseen(*came_);
  const bool first = tape_.depth() == 0;
  if (first && foresees(move, whole)) {
    if (came == foreseen_) steady_ = came;
    if (foreseen_->segments.size() > 1 || foreseen_->segments[0].nodes > 1) return {};
    leave_foreseen();  // the segment is the whole line
    return unit_end();
  }
  last_ = nullptr;
  const std::uint32_t item = tape_.size();
  if (auto good = enter_segment(move, whole.tag, whole.at); !good) return good;
  note_segment(move, whole, item, first);
  for (const SegmentValue& value : whole.values) {
    const std::uint32_t before = tape_.size();
    if (auto good = leaf(value.where, value.text, value.at); !good) return good;
    note_place(value.where, before);
  }
  return close(whole.at);
}

std::uint32_t Decoder::State::child_passage(NameId name) const {
  for (const std::uint32_t inner : plan_.passages[frames_.back().passage].inside) {
    if (plan_.passages[inner].name == name) return inner;
  }
  return 0;
}

void Decoder::State::open_passage(std::uint32_t passage, NameId name, TypeId type, const Position& at) {
  Frame frame{passage, name, type, actives_.size(), at, {}};
  if (frames_.empty()) {
    actives_.push_back({plan_.bodies[0].step, 0, CanonicalTree::root, false, true});
    frames_.push_back(std::move(frame));
  } else {
    const std::size_t begin = frames_.back().actives, end = actives_.size();
    frames_.push_back(std::move(frame));
    for (std::size_t i = begin; i < end; ++i) {
      const Active active = actives_[i];
      // Predicates here are refused at load: they could not be decided yet.
      for (const ReadEdge& edge : plan_.dispatch.edges(active.step, name))
        actives_.push_back({edge.step, active.body, active.dest, active.in_element, false});
    }
  }
  last_ = nullptr;
  in_segments_ = false;
  on_tape_ = nowhere;
  unit_size_ = 0;
  tape_.clear();
  tape_.open(name, type, at);
  tape_.close();
  enter_entries(0, frames_.back().actives);
  tape_.clear();
}

Outcome Decoder::State::open_node(NameId name, TypeId type, std::string_view text, const Position& at) {
  if (tape_.depth() == 0) {
    if (name != 0) {
      if (const std::uint32_t passage = child_passage(name)) {
        open_passage(passage, name, type, at);
        return {};
      }
    }
  } else if (tape_.depth() + frames_.size() >= limits_.max_depth) {
    return over_limit("nested nodes", limits_.max_depth);
  }
  on_tape_ = nowhere;
  TapeItem& item = tape_.open(name, type, at);
  if (name == 0) item.text = unit_texts_.copy(text);
  return {};
}

Outcome Decoder::State::leaf(const LeafAddress& where, std::string_view text, const Position& at) {
  here_ = at;
  if (xml_ && where.name.empty()) text = trimmed(text);
  if (tape_.memory() + unit_texts_.held() > limits_.max_held)
    return over_limit("bytes in one node", limits_.max_held);
  if (tape_.size() > most_items_)
    return over_limit("values in one node", std::max(limits_.max_header_values, limits_.max_line_values));
  if (tape_.depth() == 0) return frame_leaf(leaf_key(where), text, at);
  if (edi_) {
    edi_leaf(where, text, at);
    return {};
  }
  if (text.empty() && where.element == 0) return {};  // XML that numbers a leaf means it though it is empty
  if (delimited_) keep_heading(where);
  tape_.leaf(leaf_key(where), unit_texts_.copy(text), at);
  return {};
}

void Decoder::State::edi_leaf(const LeafAddress& where, std::string_view text, const Position& at) {
  if (text.empty()) return;
  std::uint16_t element = where.element;
  std::uint16_t repetition = std::max<std::uint16_t>(1, where.repetition);
  std::uint16_t component = std::max<std::uint16_t>(1, where.component);
  std::uint16_t child =
      element < segment_->by_position.size() ? segment_->by_position[element] : std::uint16_t{0};
  if (child != 0 && segment_->children[child - 1U].flat != 0) {
    // A set lies flat in the segment: its n-th data elements are read as the n-th composite.
    const LayoutChild& set = segment_->children[child - 1U];
    if (component > 1 || repetition > 1) {
      child = 0;
    } else {
      const auto at_set = static_cast<std::uint16_t>(element - set.position);
      repetition = static_cast<std::uint16_t>(at_set / set.flat + 1);
      component = static_cast<std::uint16_t>(at_set % set.flat + 1);
      element = set.position;
    }
  }
  const bool same = composite_open_ && composite_element_ == element && composite_repetition_ == repetition;
  if (composite_open_ && !same) {
    tape_.close();
    composite_open_ = false;
  }
  if (child == 0) {
    const LeafKey odd = component > 1 ? LeafKey{component} << 48 : 0;
    tape_.leaf(odd | edi_key(where.element, repetition), unit_texts_.copy(text), at);
    return;
  }
  if (!same) {
    const LayoutChild& composite = segment_->children[child - 1U];
    tape_.open(composite.name, composite.type, at).ordinal = composite.first_ordinal + repetition - 1U;
    composite_open_ = true;
    composite_element_ = element;
    composite_repetition_ = repetition;
  }
  tape_.leaf(edi_key(component, 1), unit_texts_.copy(text), at);
}

/// A value of a node that is passed through: read at once.
Outcome Decoder::State::frame_leaf(LeafKey key, std::string_view text, const Position& at) {
  if (text.empty()) return {};
  last_ = nullptr;
  on_tape_ = nowhere;
  const Frame& frame = frames_.back();
  tape_.open(frame.name, frame.type, frame.at);
  tape_.leaf(key, unit_texts_.copy(text), at);
  tape_.close();
  read_leaf(1, frame.actives, actives_.size());
  losses(0);
  tape_.clear();
  return flush(batch_size);
}

Outcome Decoder::State::close(const Position& at) {
  here_ = at;
  if (edi_ && composite_open_) {
    tape_.close();
    composite_open_ = false;
  }
  return close_node(at);
}

Outcome Decoder::State::close_node(const Position& at) {
  if (tape_.depth() > 0) {
    tape_.close();
    return tape_.depth() > 0 ? Outcome{} : unit_end();
  }
  if (frames_.size() <= 1) return {};  // the root ends with finish()
  const Frame& frame = frames_.back();
  for (std::size_t i = actives_.size(); i-- > frame.actives;) {
    if (actives_[i].own) finish_body(actives_[i].body, actives_[i], frame.at, CanonicalNode::nowhere, false);
  }
  actives_.resize(frame.actives);
  frames_.pop_back();
  (void)at;
  return flush(batch_size);
}

/// A whole unit is on the tape: rows read it, then it is forgotten.
Outcome Decoder::State::unit_end() {
  Frame& frame = frames_.back();
  const std::size_t begin = actives_.size();
  const NameId name = tape_[0].name;
  if (name != 0 && !edi_) {
    const auto seen = std::find_if(frame.seen.begin(), frame.seen.end(),
                                   [&](const auto& each) { return each.first == name; });
    tape_[0].ordinal = seen == frame.seen.end() ? 1 : ++seen->second;
    if (seen == frame.seen.end()) frame.seen.emplace_back(name, 1);
  }
  unit_size_ = tape_.size();
  irregular_ = overfull_ = false;
  consulted_.clear();
  acts_.clear();
  follow(0, frame.actives, begin);
  const auto before = actives_.size() > begin ? read_unit(begin) : std::expected<bool, Status>(false);
  came_ = nullptr;
  actives_.resize(begin);
  if (!before) return std::unexpected(before.error());
  if (overfull_) return over_limit("bytes in one node", limits_.max_held);
  if (!*before) losses(0);
  tape_.clear();
  if (element_field_ != nullptr) {
    if (auto good = emit_element(); !good) return good;
  }
  if (batch_.size() >= batch_size || unit_texts_.chunks() > most_held_chunks) {
    if (auto good = flush(0); !good) return good;
  } else if (batch_.empty()) {
    unit_texts_.reset();
  }
  if (header_.size() > limits_.max_header_values)
    return over_limit("values outside the lines", limits_.max_header_values);
  return {};
}

/// Reads what is on the tape as a line of the same shape was read before, or by asking the rows. True: as
/// before, losses included.
std::expected<bool, Status> Decoder::State::read_unit(std::size_t begin) {
  const bool regular = limits_.remember_shapes && !delimited_ && !skip_losses_;
  if (const Trace* trace = std::exchange(came_, nullptr)) {
    if (regular && trace->begins(std::span(actives_).subspan(begin)) && trace->agrees(tape_)) {
      auto read = read_as_before(*trace);
      if (read && *read) last_ = trace;
      if (!read || *read) return read;
      acts_.clear();
    }
    last_ = nullptr;
    refresh_tape();
    actives_.resize(begin);
    consulted_.clear();
    follow(0, frames_.back().actives, begin);
  }
  const std::span starts = std::span(actives_).subspan(begin);
  const std::uint64_t hash = regular ? TraceStore::hash(tape_, starts) : 0;
  if (const Trace* trace = regular ? traces_.find(hash, tape_, starts) : nullptr) {
    auto read = read_as_before(*trace);
    if (read && *read) last_ = trace;
    if (!read || *read) return read;
    acts_.clear();
  }
  if (regular) starts_.assign(starts.begin(), starts.end());
  run(0, begin);
  if (regular && element_field_ != nullptr && !irregular_ && traces_.wants(hash, tape_)) remember(hash);
  return false;
}

Outcome Decoder::State::over_limit(std::string_view what, std::uint64_t limit) {
  const std::string message = fmt::format("more {} than the limit of {}", what, limit);
  finding("MAP-0007", nullptr, here_, {}, message);
  return std::unexpected(Status{StatusClass::invalid, "MAP-0007", message});
}

void Decoder::State::fault(Grouper::Fault what, NameId tag) {
  const std::string name(plan_.layout.names.text(tag));
  faulted_ = true;
  in_segments_ = false;
  switch (what) {
    case Grouper::Fault::unexpected:
      return finding("MAP-0010", nullptr, here_, name.empty() ? std::string(tag_) : name,
                     name.empty() ? fmt::format("the message does not know segment '{}'", shown(tag_))
                                  : fmt::format("segment {} is not expected here", name),
                     "the order of the message's segment table");
    case Grouper::Fault::missing:
      return finding("MAP-0011", nullptr, here_, name,
                     fmt::format("mandatory segment {} is missing before this place", name), name);
    case Grouper::Fault::too_many:
      return finding("MAP-0012", nullptr, here_, name,
                     fmt::format("segment {} stands more often than the message allows", name),
                     "fewer repetitions");
  }
}

Outcome Decoder::State::finish(const Position& at) {
  here_ = at;
  if (!started_) {
    if (auto good = start(at); !good) return good;
  }
  if (foreseen_ != nullptr) leave_foreseen();
  const std::uint32_t groups = edi_ ? grouper_->finish() : 0;
  for (std::uint32_t i = 0; i < groups; ++i) {
    if (auto good = close_node(at); !good) return good;
  }
  while (tape_.depth() > 0 || frames_.size() > 1) {  // the source broke off
    if (auto good = close_node(at); !good) return good;
  }
  for (std::size_t i = actives_.size(); i-- > 0;) {
    if (actives_[i].own) finish_body(actives_[i].body, actives_[i], at, CanonicalNode::nowhere, false);
  }
  for (std::uint16_t field = 0; field < emitted_.size(); ++field) {
    if (!emitted_[field]) emit_field(header_, CanonicalTree::root, field);
  }
  Event end;
  end.kind = EventKind::end_document;
  end.number = static_cast<std::uint16_t>(plan_.document->type);
  end.at = at;
  batch_.push_back(end);
  auto flushed = flush(0);
  deviations();
  return flushed;
}

}  // namespace purser::map
