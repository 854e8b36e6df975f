// Events in, syntax out: the header is held, lines pass one by one.
#include <fmt/format.h>

#include <algorithm>

#include "canonical/map/writing.h"

namespace purser::map {

Encoder::State::State(const Plan& plan) : plan_(plan) {
  xml_ = plan_.syntax == "xml";
  delimited_ = plan_.syntax == "delimited";
  edi_ = !xml_ && !delimited_;
}

void Encoder::State::begin(const SegmentTable* segments, SyntaxSink& out, DocumentSink& notes,
                           Variables variables, bool remember_shapes) {
  segments_ = segments;
  out_ = &out;
  notes_ = &notes;
  variables_ = std::move(variables);
  remember_shapes_ = remember_shapes && !delimited_;
  mark_ = '.';
  if (edi_ && variables_) {
    const std::string mark = variables_("$decimal_mark");
    if (mark.size() == 1) mark_ = mark[0];
  }
  open_.clear();
  started_ = ended_ = lines_begun_ = irregular_ = in_each_ = false;
  line_.clear();
  line_depth_ = 0;
  stood_in_.clear();
  noted_.reset();
  line_items_.clear();
  list_ = nullptr;
  line_order_ = 0;
  ++document_;
}

bool Encoder::State::slim() const {
  constexpr std::size_t most_items = 8'192;  // of the trees: about a megabyte
  return header_.capacity() + element_.capacity() + tree_.capacity() + outer_.capacity() + line_.capacity() +
             line_texts_.kept() * 16 <=
         most_items;
}

Outcome Encoder::State::push(std::span<const Event> batch) {
  while (!batch.empty()) {
    if (remember_shapes_ && (!line_.empty() || begun_list(batch.front()) != nullptr)) {
      if (auto good = take_line(batch); !good) return good;
      continue;
    }
    if (auto good = take(batch.front()); !good) return good;
    batch = batch.subspan(1);
  }
  return {};
}

Outcome Encoder::State::take(const Event& event) {
  here_ = event.at;
  switch (event.kind) {
    case EventKind::begin_document:
      return begin_document(event);
    case EventKind::end_document:
      return end_document(event.at);
    case EventKind::begin_group:
      return begin_group(event);
    case EventKind::end_group:
      return end_group();
    case EventKind::field:
      if (open_.empty())
        return std::unexpected(Status{StatusClass::defect, "MAP-0022", "a field outside a document"});
      hold(event);
      return {};
  }
  return std::unexpected(Status{StatusClass::defect, "MAP-0022", "an event of unknown kind"});
}

Outcome Encoder::State::begin_document(const Event& event) {
  if (!plan_.writes || event.number != static_cast<std::uint16_t>(plan_.document->type)) {
    const std::string message =
        fmt::format("the table for {} {} does not write this kind of document", plan_.message, plan_.version);
    finding("MAP-0023", nullptr, event.at, message, plan_.writes ? std::string(plan_.document->name) : "");
    return std::unexpected(Status{StatusClass::invalid, "MAP-0023", message});
  }
  header_.reset(plan_.document->root);
  open_ = {{&header_, CanonicalTree::root}};
  started_ = true;
  ended_ = lines_begun_ = false;
  lines_ = list_index_ = 0;
  list_ = nullptr;
  container_.clear();
  next_child_.clear();
  tree_.reset(plan_.layout.root_name, plan_.layout.root, xml_ ? NodeKind::element : NodeKind::message);
  return {};
}

/// The streamed list whose element begins here; null if none does.
const FieldDescriptor* Encoder::State::begun_list(const Event& event) const {
  if (open_.size() != 1 || event.kind != EventKind::begin_group) return nullptr;
  const FieldDescriptor* field = plan_.document->root->find(event.number);
  return field != nullptr && field->group != nullptr && field->streamed ? field : nullptr;
}

Outcome Encoder::State::begin_list(const FieldDescriptor& list) {
  if (list_ == &list) return {};
  list_ = &list;
  return begin_lines();
}

/// Texts are copied: they are borrowed from the batch, the document is written later.
void Encoder::State::hold(const Event& event) {
  auto [tree, group] = open_.back();
  const GroupDescriptor* descriptor = (*tree)[group].group;
  const FieldDescriptor* field = descriptor->find(event.number);
  if (field == nullptr || field->group != nullptr) return;
  if (tree == &header_) ++document_;  // what was known of it holds no longer
  const NodeIndex node = tree->append(group, static_cast<std::uint16_t>(field - descriptor->fields.data()));
  (*tree)[node].value = event.value;
  (*tree)[node].value.bytes = tree->texts().copy(event.value.bytes);
  (*tree)[node].at = event.at;
}

Outcome Encoder::State::begin_group(const Event& event) {
  if (open_.empty())
    return std::unexpected(Status{StatusClass::defect, "MAP-0022", "a group outside a document"});
  auto [tree, group] = open_.back();
  const GroupDescriptor* descriptor = (*tree)[group].group;
  const FieldDescriptor* field = descriptor->find(event.number);
  if (field == nullptr || field->group == nullptr) {
    return std::unexpected(
        Status{StatusClass::defect, "MAP-0022",
               fmt::format("group {} is not known in {}", event.number, descriptor->name)});
  }
  if (open_.size() == 1 && field->streamed) {
    if (auto good = begin_list(*field); !good) return good;
    element_.reset(field->group);
    element_[CanonicalTree::root].at = event.at;
    open_.emplace_back(&element_, CanonicalTree::root);
    return {};
  }
  if (tree == &header_) ++document_;
  const NodeIndex node = tree->append(group, static_cast<std::uint16_t>(field - descriptor->fields.data()));
  (*tree)[node].at = event.at;
  open_.emplace_back(tree, node);
  return {};
}

Outcome Encoder::State::end_group() {
  if (open_.size() < 2)
    return std::unexpected(Status{StatusClass::defect, "MAP-0022", "an end without its group"});
  const bool line = open_.back().first == &element_ && open_.size() == 2;
  open_.pop_back();
  return line ? line_end() : Outcome{};
}

/// The items that lead from the document's body to the one that writes this list.
bool Encoder::State::find_lines(std::uint32_t body, std::vector<const OutItem*>& way,
                                std::size_t depth) const {
  constexpr std::size_t deepest = 20;  // blocks that use themselves
  if (depth > deepest) return false;
  for (const OutItem& item : plan_.bodies[body].items) {
    const Row& row = plan_.rows[item.row];
    way.push_back(&item);
    if (item.streamed && row.field == list_) return true;
    if (row.kind == RowKind::group && row.target_kind == TargetKind::self &&
        find_lines(item.body, way, depth + 1))
      return true;
    way.pop_back();
  }
  return false;
}

/// The first element of a streamed list: the header is complete, what stands before the lines is written.
Outcome Encoder::State::begin_lines() {
  std::vector<const OutItem*> way;
  const bool written = find_lines(0, way, 0);
  if (!lines_begun_) {
    lines_begun_ = true;
    if (!delimited_) {
      Frame root;
      root.node = OutTree::root;
      write_body(0, root, {&header_, CanonicalTree::root});
    }
    std::swap(tree_, outer_);
  }
  list_index_ = 0;
  if (!written) {
    line_items_.clear();
    return {};
  }
  line_items_ = std::move(way);
  if (delimited_) return {};
  if (container_.empty()) {
    if (auto good = open_container(); !good) return good;
  }
  const std::uint32_t order = line_items_.back()->path.empty() ? 0 : line_items_.back()->path.back().order;
  if (order < line_order_) {
    finding("MAP-0022", nullptr, here_,
            fmt::format("'{}' comes after a list that stands behind it in the format", list_->name));
    return std::unexpected(Status{StatusClass::defect, "MAP-0022", "lists in the wrong order"});
  }
  line_order_ = order;
  std::swap(tree_, outer_);
  auto good = emit_before(order + 1);  // what the header has of the lines' own name, too
  std::swap(tree_, outer_);
  return good;
}

/// Opens the nodes that contain the lines, with what stands before them inside.
Outcome Encoder::State::open_container() {
  std::swap(tree_, outer_);
  const NameId streamed = !line_items_.empty() && !line_items_.back()->path.empty()
                              ? line_items_.back()->path.back().name
                              : NameId{0};
  fill_demanded(OutTree::root, streamed);
  container_ = {OutTree::root};
  next_child_ = {tree_[OutTree::root].first};
  line_order_ = 0;
  Outcome good;
  if (xml_) {
    good = put_open(plan_.layout.root_name);
    if (good) good = emit_leaves(OutTree::root);
  }
  for (std::size_t i = 0; good && i < line_items_.size(); ++i) {
    const auto& path = line_items_[i]->path;
    const std::size_t steps =
        i + 1 < line_items_.size() ? path.size() : path.size() - std::min<std::size_t>(1, path.size());
    for (std::size_t j = 0; good && j < steps; ++j) {
      OutIndex node = tree_.find(container_.back(), path[j].signature);
      if (node == no_out) {
        node = tree_.add(container_.back(), path[j]);
        add_constants(node, path[j].constants);
        if (next_child_.back() == no_out || tree_[node].next == next_child_.back()) next_child_.back() = node;
      }
      good = emit_before(path[j].order);
      for (OutIndex& next = next_child_.back(); good && next != no_out && next != node;
           next = tree_[next].next) {
        good = emit_node(next);  // nodes of the same place that other rows made before
      }
      next_child_.back() = tree_[node].next;
      fill_demanded(node, streamed);
      container_.push_back(node);
      next_child_.push_back(tree_[node].first);
      if (good && tree_[node].kind == NodeKind::element) {
        good = put_open(tree_[node].tag);
        if (good) good = emit_leaves(node);
      }
    }
  }
  std::swap(tree_, outer_);
  return good;
}

/// Children of the innermost open node up to a place in the layout.
Outcome Encoder::State::emit_before(std::uint32_t order) {
  OutIndex& next = next_child_.back();
  while (next != no_out && tree_[next].order < order) {
    if (auto good = emit_node(next); !good) return good;
    next = tree_[next].next;
  }
  return {};
}

Outcome Encoder::State::line_end() {
  ++lines_;
  ++list_index_;
  if (!line_items_.empty()) {
    const OutItem& item = *line_items_.back();
    if (delimited_) {
      tree_.reset(0, plan_.layout.root, NodeKind::message);
    } else {
      const OutNode& home = outer_[container_.back()];
      tree_.reset(home.name, home.type, home.kind);
    }
    Frame root;
    root.node = OutTree::root;
    Frame line{&root, &item.path, delimited_ || item.path.empty() ? 0 : item.path.size() - 1, 0, no_out};
    write_inner(item, line, {&element_, CanonicalTree::root});
    if (delimited_) {
      if (auto good = write_record(); !good) return good;
    } else if (auto good = emit_children(tree_[OutTree::root].first, no_out); !good) {
      return good;
    }
  }
  if (!element_.all_written()) losses(element_, fmt::format("{}[{}]", list_->name, list_index_));
  return {};
}

/// One record: the line's columns, then the document's, which stand in every record.
Outcome Encoder::State::write_record() {
  Frame root;
  root.node = OutTree::root;
  for (NodeIndex i = 0; i < header_.size(); ++i) header_[i].shared_by = 0;
  for (NodeIndex i = 0; i < header_.size(); ++i) header_[i].written = false;
  write_body(0, root, {&header_, CanonicalTree::root});
  return emit_children(tree_[OutTree::root].first, no_out);
}

Outcome Encoder::State::close_container() {
  std::swap(tree_, outer_);
  Outcome good;
  while (good && !container_.empty()) {
    const OutIndex node = container_.back();
    good = emit_before(UINT32_MAX);
    check_complete(node, lines_ > 0 && !line_items_.empty() && !line_items_.back()->path.empty()
                             ? line_items_.back()->path.back().name
                             : NameId{0});
    if (good && tree_[node].kind == NodeKind::element) good = put_close();
    container_.pop_back();
    next_child_.pop_back();
  }
  return good;
}

Outcome Encoder::State::end_document(const Position& at) {
  here_ = at;
  ended_ = true;
  open_.clear();
  Outcome good;
  if (delimited_) {
    if (lines_ == 0) {
      tree_.reset(0, plan_.layout.root, NodeKind::message);
      good = write_record();
    }
  } else if (!container_.empty()) {
    good = close_container();
  } else {
    if (lines_begun_) {
      std::swap(tree_, outer_);
    } else {
      Frame root;
      root.node = OutTree::root;
      write_body(0, root, {&header_, CanonicalTree::root});
    }
    good = emit_node(OutTree::root);
  }
  tell_stand_ins();
  losses(header_, {});
  return good;
}

Outcome Encoder::State::finish() {
  if (!started_ || ended_) return {};
  return std::unexpected(
      Status{StatusClass::invalid, "MAP-0022", "the events broke off before the document's end"});
}

Encoder::Encoder(const Program& program, SyntaxSink& out, DocumentSink& notes, Variables variables,
                 bool remember_shapes)
    : program_(program), state_(program.idle_encoders().take()) {
  if (!state_) state_ = std::make_unique<State>(program.plan());
  const bool edi = program.syntax() != "xml" && program.syntax() != "delimited";
  state_->begin(edi ? &program.segments() : nullptr, out, notes, std::move(variables), remember_shapes);
}
Encoder::~Encoder() {
  state_->end();
  if (state_->slim()) program_.idle_encoders().give(std::move(state_));
}
Outcome Encoder::push(std::span<const Event> batch) { return state_->push(batch); }
Outcome Encoder::finish() { return state_->finish(); }

}  // namespace purser::map
