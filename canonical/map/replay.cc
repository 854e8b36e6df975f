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
  if (!form_events(trace, events)) return undo();
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

/// The line's events, kind by kind: what is done alike goes in one row. False if a value does not fit: the
/// rows tell why.
bool Decoder::State::form_events(const Trace& trace, std::span<Event> events) {
  std::ranges::copy(trace.events, events.begin());
  for (std::size_t i = 0; i < events.size(); ++i) {
    const std::uint32_t origin = trace.origins[i];
    copy_source(events[i].at, origin == CanonicalNode::nowhere ? here_ : tape_[origin].at);
  }
  for (const TextForm& form : trace.texts) events[form.event].value.bytes = tape_[form.item].text;
  for (const TextForm& form : trace.codes) events[form.event].value.bytes = trimmed(tape_[form.item].text);
  for (const ValueForm& form : trace.decimals) {
    const Conversion& conversion = plan_.rows[form.row].conversion;
    const bool either = edi_ && conversion.mark == '.' && conversion.group == 0;
    if (!read_decimal(tape_[form.item].text, conversion.mark, either, events[form.event].value.decimal) &&
        !form_value(form, events[form.event].value))
      return false;
  }
  return std::ranges::all_of(
      trace.converted, [&](const ValueForm& form) { return form_value(form, events[form.event].value); });
}

bool Decoder::State::form_value(const ValueForm& form, Scalar& value) {
  const std::string_view text = tape_[form.item].text;
  if (form.translated && form.code.size <= ShortText::most && ShortText(text) == form.code) {
    value = form.meaning;
    return true;
  }
  const std::string_view by = form.by == 0 ? std::string_view{} : tape_[form.by].text;
  const Converted converted = read_value(plan_, plan_.rows[form.row], text, by, unit_texts_);
  if (!converted.good) return false;
  const ScalarType type = value.type;
  value = converted.value;
  value.type = type;
  if (form.part == Part::time) value.when = DateTime{{}, converted.value.when.time};
  if (form.part == Part::end) value.when = converted.end;
  // A meaning out of the table stays; a code that is carried through is a piece of the text.
  if (form.translated && value.bytes.data() != trimmed(text).data()) {
    form.code = ShortText(text);
    form.meaning = value;
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
    Event event;
    event.kind = EventKind::begin_group;
    event.number = element_field_->number;
    event.at.table = trace->table;
    event.at.row = trace->line;
    trace->events.push_back(event);
    trace->origins.push_back(0);
    remember_group(*trace, CanonicalTree::root);
    event.kind = EventKind::end_group;
    trace->events.push_back(event);
    trace->origins.push_back(0);
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
  Event event;
  event.kind = kind;
  event.number = node.field->number;
  event.at.table = node.at.table;
  event.at.row = node.at.row;
  event.value.type = node.field->type;
  if (node.part == Part::constant) event.value = node.value;
  const auto at = static_cast<std::uint32_t>(trace.events.size());
  trace.events.push_back(event);
  trace.origins.push_back(node.origin);
  if (node.part == Part::none || node.part == Part::constant) return;
  if (node.part == Part::text) {
    trace.texts.push_back({at, node.origin});
    return;
  }
  const Conversion& conversion = plan_.rows[node.row - 1].conversion;
  const bool whole = node.part == Part::value && conversion.prefix.empty();
  const bool plain = whole && conversion.type == node.field->type && conversion.codes == 0;
  if (plain && (conversion.type == ScalarType::text || conversion.type == ScalarType::code)) {
    (conversion.type == ScalarType::code ? trace.codes : trace.texts).push_back({at, node.origin});
    return;
  }
  ValueForm form;
  form.event = at;
  form.item = node.origin;
  form.by = conversion.by.set ? near(conversion.by, node.origin) : 0;
  form.row = node.row - 1;
  form.part = node.part;
  form.translated = whole && conversion.codes != 0;
  const bool decimal =
      conversion.type == ScalarType::decimal && conversion.implied == 0 && !conversion.negate;
  (plain && decimal ? trace.decimals : trace.converted).push_back(form);
}

}  // namespace purser::map
