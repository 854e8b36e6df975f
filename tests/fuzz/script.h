// A document between a reader and a decoder, kept to be played again, and all that a decoder makes of it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "canonical/event/document_sink.h"
#include "canonical/event/event_checker.h"
#include "canonical/event/recorded_events.h"
#include "canonical/map/syntax.h"

namespace purser::trial {

/// All that a Decoder gives, places and order included.
class Transcript : public DocumentSink {
 public:
  Outcome push(std::span<const Event> batch) override {
    for (const Event& event : batch) {
      note(events, static_cast<std::uint64_t>(event.kind) << 32 | event.number);
      note(events, event.at);
      if (event.kind == EventKind::field) events += text(event.value) + '\n';
    }
    if (checked) return checker.push(batch);
    return {};
  }
  void finding(Finding finding) override {
    refused = refused || finding.severity >= Severity::error;
    note(findings, finding.at);
    findings += finding.code + finding.source + finding.path + finding.message + finding.expected + '\n';
  }
  void loss(Loss loss) override {
    note(losses, loss.at);
    losses += loss.source + '=' + loss.value + '\n';
  }
  friend bool operator==(const Transcript& a, const Transcript& b) {
    return a.events == b.events && a.findings == b.findings && a.losses == b.losses;
  }
  std::string events, findings, losses;
  RecordedEvents record;
  EventChecker checker{record};
  bool checked = false;
  bool refused = false;  ///< an error was told

 private:
  static void note(std::string& to, std::uint64_t number) { to += std::to_string(number) + ' '; }
  static void note(std::string& to, const Position& at) {
    for (const std::uint64_t part :
         {at.offset, std::uint64_t{at.line}, std::uint64_t{at.column}, std::uint64_t{at.segment},
          std::uint64_t{at.element}, std::uint64_t{at.component}, std::uint64_t{at.table},
          std::uint64_t{at.row}})
      note(to, part);
  }
};

/// One document in the syntax's form, to be played as often as wanted.
class Script : public map::SyntaxSink {
 public:
  /// `root`: what the outermost node is called, whatever its name; empty: by its name.
  explicit Script(std::string_view root = {}) : root_(root) {}
  Outcome open(std::string_view name, const Position& at) override {
    return add({Call::open, std::string(steps_.empty() && !root_.empty() ? root_ : name), {}, {}, at});
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    map::LeafAddress place = where;
    place.name = {};
    return add({Call::leaf, std::string(where.name), std::string(text), place, at});
  }
  Outcome close(const Position& at) override { return add({Call::close, {}, {}, {}, at}); }

  /// The same, nodes without nodes inside handed over whole, their texts `together` or apart.
  Outcome play_whole(map::SyntaxSink& sink, bool together) const {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      std::size_t end = i + 1;
      while (end < steps_.size() && steps_[end].call == Call::leaf) ++end;
      const bool whole = steps_[i].call == Call::open && end < steps_.size() &&
                         steps_[end].call == Call::close && steps_[end].at == steps_[i].at;
      if (auto done = whole ? give_whole(sink, i, end, together) : give(sink, steps_[i]); !done) return done;
      if (whole) i = end;
    }
    return {};
  }
  friend bool operator==(const Script& a, const Script& b) { return a.steps_ == b.steps_; }

  Outcome play(map::SyntaxSink& sink) const {
    for (const Step& step : steps_) {
      if (auto done = give(sink, step); !done) return done;
    }
    return {};
  }

 private:
  enum class Call : std::uint8_t { open, leaf, close };
  struct Step {
    Call call;
    std::string name, text;
    map::LeafAddress where;
    Position at;
    friend bool operator==(const Step& a, const Step& b) {
      return a.call == b.call && a.name == b.name && a.text == b.text && a.where.element == b.where.element &&
             a.where.component == b.where.component && a.where.repetition == b.where.repetition &&
             a.at == b.at;
    }
  };
  static Outcome give(map::SyntaxSink& sink, const Step& step) {
    map::LeafAddress where = step.where;
    where.name = step.name;
    return step.call == Call::open   ? sink.open(step.name, step.at)
           : step.call == Call::leaf ? sink.leaf(where, step.text, step.at)
                                     : sink.close(step.at);
  }
  Outcome give_whole(map::SyntaxSink& sink, std::size_t begin, std::size_t end, bool together) const {
    std::string bytes;
    for (std::size_t i = begin + 1; i < end; ++i) bytes += steps_[i].text + '+';
    std::vector<map::SegmentValue> values;
    for (std::size_t i = begin + 1, at = 0; i < end; at += steps_[i++].text.size() + 1) {
      map::LeafAddress where = steps_[i].where;
      where.name = steps_[i].name;
      const std::string_view text =
          together ? std::string_view(bytes).substr(at, steps_[i].text.size()) : steps_[i].text;
      values.push_back({where, text, steps_[i].at});
    }
    return sink.segment({steps_[begin].name, values, together ? std::string_view(bytes) : std::string_view{},
                         steps_[begin].at});
  }
  Outcome add(Step step) {
    steps_.push_back(std::move(step));
    return {};
  }
  std::string_view root_;
  std::vector<Step> steps_;
};

/// Hands events on a few at a time, in memory that is spoilt behind them.
class Cut : public EventSink {
 public:
  Cut(EventSink& next, std::size_t size) : next_(next), size_(size) {}
  Outcome push(std::span<const Event> batch) override {
    for (; !batch.empty(); batch = batch.subspan(std::min(size_, batch.size()))) {
      std::deque<std::string> texts;
      std::vector<Event> part(batch.begin(),
                              batch.begin() + static_cast<std::ptrdiff_t>(std::min(size_, batch.size())));
      for (Event& event : part) event.value.bytes = texts.emplace_back(event.value.bytes);
      const Outcome done = next_.push(part);
      for (std::string& text : texts) text.assign(text.size(), '?');
      if (!done) return done;
    }
    return {};
  }

 private:
  EventSink& next_;
  std::size_t size_;
};

}  // namespace purser::trial
