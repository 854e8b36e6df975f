// A Decoder and its working parts, which wait for the next document when it is done.
#include <algorithm>

#include "canonical/map/reading.h"

namespace purser::map {

Decoder::State::State(const Plan& plan) : plan_(plan) {
  xml_ = plan_.syntax == "xml";
  delimited_ = plan_.syntax == "delimited";
  edi_ = !xml_ && !delimited_;
}

void Decoder::State::begin(DocumentSink& out, const Limits& limits) {
  out_ = &out;
  // A shape that was within other limits may not be within these.
  if (limits.max_depth != limits_.max_depth || limits.max_line_values != limits_.max_line_values ||
      limits.max_header_values != limits_.max_header_values)
    traces_.clear();
  limits_ = limits;
  forms_.begin();
  if (forms_.size() == 0) known_.clear();
  on_tape_ = nowhere;
  last_ = foreseen_ = came_ = steady_ = nullptr;
  in_segments_ = faulted_ = false;
  most_items_ = items_per_value * std::max(limits_.max_header_values, limits_.max_line_values);
  overfull_ = started_ = streaming_ = wrong_root_ = skip_losses_ = composite_open_ = false;
  header_.reset(plan_.document->root);
  tape_.clear();
  unit_texts_.reset();
  emitted_.assign(plan_.document->root->fields.size(), false);
  fired_.assign(plan_.deviations.size(), 0);
  element_field_ = stream_field_ = nullptr;
  ended_lists_.clear();
  lines_ = 0;
  actives_.clear();
  frames_.clear();
  headings_.clear();
  unknown_attributes_.clear();
  candidates_.clear();
  batch_.clear();
  entered_header_.clear();
  entered_element_.clear();
  segment_ = nullptr;
  here_ = element_at_ = {};
  if (edi_) grouper_.emplace(plan_.layout, [this](Grouper::Fault what, NameId tag) { fault(what, tag); });
}

bool Decoder::State::slim() const {
  constexpr std::size_t most_items = 8'192;  // of the tape and the trees: about a megabyte
  return tape_.capacity() + header_.capacity() + element_.capacity() + unit_texts_.kept() * 16 +
             entered_header_.capacity() + entered_element_.capacity() <=
         most_items;
}

Decoder::Decoder(const Program& program, DocumentSink& out, const Limits& limits)
    : program_(program), state_(program.idle_decoders().take()) {
  if (!state_) state_ = std::make_unique<State>(program.plan());
  state_->begin(out, limits);
}
Decoder::~Decoder() {
  if (state_->slim()) program_.idle_decoders().give(std::move(state_));
}

Outcome Decoder::open(std::string_view name, const Position& at) { return state_->open(name, at); }
Outcome Decoder::leaf(const LeafAddress& where, std::string_view text, const Position& at) {
  return state_->leaf(where, text, at);
}
Outcome Decoder::close(const Position& at) { return state_->close(at); }
Outcome Decoder::segment(const Segment& whole) {
  return state_->takes_segments() ? state_->segment(whole) : SyntaxSink::segment(whole);
}
ElementSink* Decoder::whole_elements() { return state_->takes_elements() ? state_.get() : nullptr; }
Outcome Decoder::finish(const Position& at) { return state_->finish(at); }

}  // namespace purser::map
