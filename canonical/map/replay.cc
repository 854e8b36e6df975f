// Lines that look like one before: what trace.h promises, done.
#include <algorithm>

#include "canonical/map/reading.h"

namespace purser::map {

/// True if the line was read; false: nothing was done that asking the rows would not do again.
std::expected<bool, Status> Decoder::State::read_as_before(const Trace& trace) {
  // The header goes before the first line: that line's events wait aside.
  EventBuffer& into = streaming_ ? batch_ : replayed_;
  const std::size_t before = into.size();
  const std::span<Event> events = into.grow(trace.events.size());
  const auto undo = [&] {
    into.shrink(before);
    return false;
  };
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    if (!form_event(trace.events[i], events[i])) return undo();
  }
  for (const HeaderAct& act : trace.acts) {
    if (!act_as_before(act)) return undo();
  }
  for (const std::uint32_t leaf : trace.losses) lose(leaf);
  element_at_ = tape_[0].at;
  element_at_.table = trace.table;
  element_at_.row = trace.line;
  const auto begun = begin_element(trace.list, trace.values);
  if (!begun || !*begun) undo();
  if (!begun) return std::unexpected(begun.error());
  if (*begun && &into == &replayed_) {
    std::ranges::copy(replayed_.events(), batch_.grow(replayed_.size()).begin());
    replayed_.clear();
  }
  return true;
}

/// False if the value does not fit: the rows tell why.
bool Decoder::State::form_event(const EventForm& form, Event& event) {
  event.kind = form.kind;
  event.number = form.number;
  copy_place(event.at, form.origin == CanonicalNode::nowhere ? here_ : tape_[form.origin].at);
  event.at.table = form.table;
  event.at.row = form.line;
  event.value = form.constant;
  if (form.part == Part::none || form.part == Part::constant) return true;
  const std::string_view text = tape_[form.origin].text;
  if (form.part == Part::text) {
    event.value.bytes = text;
    return true;
  }
  if (form.as_it_stands) {
    event.value.bytes = form.constant.type == ScalarType::code ? trimmed(text) : text;
    return true;
  }
  if (form.translated && ShortText(text) == form.code && form.code.size <= ShortText::most) {
    event.value = form.meaning;
    return true;
  }
  const Row& row = plan_.rows[form.row - 1];
  if (form.plain_decimal &&
      read_decimal(text, row.conversion.mark, edi_ && row.conversion.mark == '.', event.value.decimal))
    return true;
  const std::string_view by = form.by == 0 ? std::string_view{} : tape_[form.by].text;
  const Converted converted = read_value(plan_, row, text, by, unit_texts_);
  if (!converted.good) return false;
  event.value = converted.value;
  event.value.type = form.constant.type;
  if (form.part == Part::time) event.value.when = DateTime{{}, converted.value.when.time};
  if (form.part == Part::end) event.value.when = converted.end;
  // A meaning out of the table stays; a code that is carried through is a piece of the text.
  if (form.translated && event.value.bytes.data() != trimmed(text).data()) {
    form.code = ShortText(text);
    form.meaning = event.value;
  }
  return true;
}

/// False if the header would take it otherwise than before.
bool Decoder::State::act_as_before(const HeaderAct& act) {
  const Row& row = plan_.rows[act.row];
  if (act.companion) {
    const std::uint32_t other = near(row.conversion.companion, act.leaf);
    if (!companion_agrees(row, other)) return false;
    companion(row, act.leaf);
    return true;
  }
  const NodeIndex start = row.from_root ? CanonicalTree::root : act.active.dest;
  const Spot spot = locate(header_, start, row.path, act.active.body);
  if (spot.known == no_node && streaming_ && emitted_[row.path[0]]) return false;
  const std::uint32_t by = row.conversion.by.set ? near(row.conversion.by, act.leaf) : 0;
  const std::string_view format = by != 0 ? tape_[by].text : std::string_view{};
  if (!read_value(plan_, row, tape_[act.leaf].text, format, unit_texts_).good) return false;
  const Taken taken = take(row, act.row, act.active, act.leaf);
  return taken == Taken::yes || taken == Taken::same;
}

/// Keeps what reading the element on the tape came to.
void Decoder::State::remember(std::uint64_t hash) {
  auto trace = std::make_unique<Trace>();
  for (std::uint32_t i = 0; i < tape_.size(); ++i) {
    const TapeItem& item = tape_[i];
    // Elsewhere it follows from the shape.
    const bool numbered = edi_ && plan_.layout.types[item.type].kind == NodeKind::composite;
    const std::uint32_t ordinal = numbered ? item.ordinal : 0;
    trace->shape.push_back({item.key, item.end - i, ordinal, item.name, item.type, item.leaf});
    if (is_lost(i)) trace->losses.push_back(i);
  }
  trace->starts = starts_;
  for (const std::uint32_t leaf : consulted_)
    trace->consulted.push_back({leaf, ShortText(tape_[leaf].text), std::string(tape_[leaf].text)});
  trace->list = element_field_;
  trace->table = element_at_.table;
  trace->line = element_at_.row;
  trace->values = element_.size();
  trace->acts = acts_;
  if (xml_ || !element_.empty(CanonicalTree::root)) {
    EventForm form;
    form.kind = EventKind::begin_group;
    form.number = element_field_->number;
    form.table = trace->table;
    form.line = trace->line;
    trace->events.push_back(form);
    remember_group(*trace, CanonicalTree::root);
    form.kind = EventKind::end_group;
    trace->events.push_back(form);
  }
  if (in_segments_) {
    trace->segments = segments_;
    trace->places = places_;
    trace->levels.assign(levels_.begin() + line_level_, levels_.end());
    trace->passage = frames_.back().passage;
    open_groups(*trace, tape_.size(), trace->open);
  }
  last_ = trace.get();
  traces_.keep(hash, std::move(trace));
}

void Decoder::State::remember_group(Trace& trace, NodeIndex group) {
  element_.each_field(group, [&](std::uint16_t field) {
    for (NodeIndex index = element_.first(group, field); index != no_node; index = element_[index].next) {
      const CanonicalNode& node = element_[index];
      if (element_.absent(index)) continue;
      remember_event(trace, node, node.group == nullptr ? EventKind::field : EventKind::begin_group);
      if (node.group == nullptr) continue;
      remember_group(trace, index);
      remember_event(trace, node, EventKind::end_group);
    }
  });
}

void Decoder::State::remember_event(Trace& trace, const CanonicalNode& node, EventKind kind) {
  EventForm form;
  form.kind = kind;
  form.number = node.field->number;
  form.part = node.part;
  form.table = node.at.table;
  form.line = node.at.row;
  form.row = node.row;
  form.origin = node.origin;
  form.constant.type = node.field->type;
  if (node.part == Part::constant) form.constant = node.value;
  const bool converted = node.part == Part::value || node.part == Part::time || node.part == Part::end;
  if (converted) {
    const Conversion& conversion = plan_.rows[node.row - 1].conversion;
    form.by = conversion.by.set ? near(conversion.by, node.origin) : 0;
    form.translated = node.part == Part::value && conversion.codes != 0 && conversion.prefix.empty();
    const bool textual = conversion.type == ScalarType::text || conversion.type == ScalarType::code;
    form.plain_decimal = node.part == Part::value && conversion.type == ScalarType::decimal &&
                         conversion.type == node.field->type && conversion.codes == 0 &&
                         conversion.prefix.empty() && conversion.implied == 0 && !conversion.negate;
    form.as_it_stands =
        textual && conversion.type == node.field->type && conversion.codes == 0 && conversion.prefix.empty();
  }
  trace.events.push_back(form);
}

}  // namespace purser::map
