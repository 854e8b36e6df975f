// Any bytes through the tables of each connector: what is read and written asking the rows is the same as
// what is read and written remembering shapes of lines, whatever came before; what was written reads again,
// too.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/event_checker.h"
#include "canonical/event/header_first.h"
#include "canonical/event/recorded_events.h"
#include "canonical/map/program.h"
#include "connectors/cii/format.h"
#include "connectors/cxml/format.h"
#include "connectors/edifact/tables.h"
#include "connectors/reader/edifact_reader.h"
#include "connectors/reader/edifact_writer.h"
#include "connectors/reader/x12_reader.h"
#include "connectors/reader/xml_reader.h"
#include "connectors/table/library.h"
#include "connectors/table/xml_tables.h"
#include "connectors/ubl/format.h"
#include "connectors/x12/embedded.h"

namespace {

using namespace purser;
using Program = std::shared_ptr<const map::Program>;

void must(bool condition) {
  if (!condition) std::abort();
}

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

enum class Way : std::uint8_t { asked, remembered, whole, together };

bool decode(const map::Program& program, const Script& script, Way way, Transcript& out) {
  map::Limits limits;
  limits.remember_shapes = way != Way::asked;
  map::Decoder decoder(program, out, limits);
  Outcome done = way < Way::whole ? script.play(decoder) : script.play_whole(decoder, way == Way::together);
  if (done) done = decoder.finish({});
  out.findings += done ? "" : done.error().code;
  return done.has_value();
}

/// Reads the document all ways. The events of the plain one stay in `plain`.
bool decode_both_ways(const map::Program& program, const Script& script, Transcript& plain) {
  plain.checked = true;
  const bool good = decode(program, script, Way::asked, plain);
  if (good) must(plain.checker.finish().has_value());
  // Shapes are kept when they come again.
  for (const Way way :
       {Way::whole, Way::together, Way::remembered, Way::remembered, Way::whole, Way::together}) {
    Transcript remembered;
    must(decode(program, script, way, remembered) == good);
    must(remembered == plain);
  }
  return good;
}

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

struct Written {
  Script script;
  Transcript notes;
  bool good = false;
};

Written encode(const map::Program& program, std::span<const Event> events, bool shapes, std::size_t batch) {
  Written written;
  map::Encoder encoder(
      program, written.script, written.notes, [](std::string_view name) { return std::string(name); },
      shapes);
  Cut cut(encoder, batch);
  HeaderFirst header_first(cut);
  const Outcome done = replay(events, header_first);
  written.good = done && encoder.finish();
  written.notes.findings += done ? "" : done.error().code;
  return written;
}

/// Writes the document both ways; nothing if it cannot be written.
std::optional<Script> encode_both_ways(const map::Program& program, const Transcript& read) {
  Written plain = encode(program, read.record.events(), false, 256);
  for (const std::size_t batch : {256, 256, 1, 17}) {  // shapes are kept when they come again
    const Written remembered = encode(program, read.record.events(), true, batch);
    must(remembered.good == plain.good);
    must(remembered.script == plain.script);
    must(remembered.notes == plain.notes);
  }
  return plain.good ? std::optional(std::move(plain.script)) : std::nullopt;
}

class Messages : public edifact::InterchangeHandler {
 public:
  using Take = std::function<void(const edifact::Message& message, const Script& script)>;
  explicit Messages(Take take) : take_(std::move(take)) {}
  Outcome begin_interchange(const edifact::Interchange&) override { return {}; }
  std::expected<map::SyntaxSink*, Status> begin_message(const edifact::Interchange&, const edifact::Group*,
                                                        const edifact::Message&) override {
    return &script_.emplace();
  }
  Outcome end_message(const edifact::Message& message, const edifact::MessageEnd&) override {
    take_(message, *script_);
    return {};
  }
  Outcome end_interchange(const edifact::Interchange&, const edifact::InterchangeEnd&) override { return {}; }
  void finding(Finding) override {}

 private:
  Take take_;
  std::optional<Script> script_;
};

/// XML connectors. A new one is a row.
constexpr const table::XmlFormat& (*xml_formats[])() = {ubl::format, cii::format, cxml::format};

Program edifact_program(std::string_view message, std::string_view version) {
  static edifact::Tables tables{{}};
  const auto known = tables.directories(message);
  if (known.empty()) return nullptr;
  const bool has = std::ranges::find(known, version) != known.end();
  return tables.find({std::string(message), std::string(has ? version : known[0])}, {}).value_or(nullptr);
}

Program x12_program(std::string_view transaction, std::string_view version) {
  static table::Library tables({}, x12::embedded_files());
  const auto known = tables.versions(transaction);
  if (known.empty()) return nullptr;
  const bool has = std::ranges::find(known, version) != known.end();
  return tables.find(transaction, has ? version : known[0], {}).value_or(nullptr);
}

constexpr auto ignore_findings = [](const Finding&) {};

void read_xml(table::XmlTables& tables, const table::XmlDocument& document, std::string_view text,
              bool again);

void write_xml(table::XmlTables& tables, const table::XmlDocument& document, const Transcript& plain) {
  reader::StringSink out;
  Transcript notes;
  sdk::Request request;
  request.message = document.message;
  if (const auto program = tables.library().find(document.message, document.version)) {
    if (!encode_both_ways(**program, plain)) return;
  }
  const auto encoder = tables.write(request, out, notes, [](std::string_view) { return std::string("1"); });
  HeaderFirst header_first(*encoder);
  if (replay(plain.record.events(), header_first) && encoder->finish())
    read_xml(tables, document, out.text, false);
}

void read_xml(table::XmlTables& tables, const table::XmlDocument& document, std::string_view text,
              bool again) {
  const auto program = tables.library().find(document.message, document.version);
  if (!program || !(*program)->reads()) return;
  Script script(document.message);
  xml::ReadOptions options;
  options.namespaces = tables.namespaces();
  options.skip_doctype = tables.format().doctype;
  reader::MemorySource source(text);
  static_cast<void>(xml::read(source, script, ignore_findings, options));
  Transcript plain;
  if (decode_both_ways(**program, script, plain) && again && (*program)->writes())
    write_xml(tables, document, plain);
}

void try_xml(std::string_view text) {
  static std::vector<std::unique_ptr<table::XmlTables>> all = [] {
    std::vector<std::unique_ptr<table::XmlTables>> made;
    for (const auto format : xml_formats) made.push_back(std::make_unique<table::XmlTables>(format()));
    return made;
  }();
  for (const auto& tables : all) {
    const table::XmlDocument* document = tables->detect(text).document;
    if (document != nullptr) read_xml(*tables, *document, text, true);
  }
}

void try_edifact(std::string_view text, bool again);

void write_edifact(const map::Program& program, const Transcript& plain) {
  const std::optional<Script> written = encode_both_ways(program, plain);
  if (!written) return;
  reader::StringSink out;
  edifact::Writer writer(out, ignore_findings);
  if (written->play(writer) && writer.finish()) try_edifact(out.text, false);
}

void try_edifact(std::string_view text, bool again) {
  reader::MemorySource source(text);
  Messages messages([again](const edifact::Message& message, const Script& script) {
    const Program program = edifact_program(message.type, message.version + message.release);
    if (!program || !program->reads()) return;
    Transcript plain;
    if (decode_both_ways(*program, script, plain) && again && program->writes())
      write_edifact(*program, plain);
  });
  static_cast<void>(edifact::read(source, messages));
}

class Transactions : public x12::InterchangeHandler {
 public:
  Outcome begin_interchange(const x12::Interchange&) override { return {}; }
  Outcome begin_group(const x12::Interchange&, const x12::Group&) override { return {}; }
  std::expected<map::SyntaxSink*, Status> begin_transaction(const x12::Interchange&, const x12::Group* group,
                                                            const x12::Transaction& transaction) override {
    program_ = x12_program(transaction.type,
                           group == nullptr ? std::string_view{} : std::string_view(group->version));
    return &script_.emplace();
  }
  Outcome end_transaction(const x12::Transaction&, const x12::TransactionEnd&) override {
    if (!program_ || !program_->reads()) return {};
    Transcript plain;
    if (decode_both_ways(*program_, *script_, plain) && program_->writes())
      static_cast<void>(encode_both_ways(*program_, plain));
    return {};
  }
  Outcome end_group(const x12::Group&, const x12::GroupEnd&) override { return {}; }
  Outcome end_interchange(const x12::Interchange&, const x12::InterchangeEnd&) override { return {}; }
  void finding(Finding) override {}

 private:
  Program program_;
  std::optional<Script> script_;
};

void try_x12(std::string_view text) {
  reader::MemorySource source(text);
  Transactions transactions;
  static_cast<void>(x12::read(source, transactions));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_xml(text);
  try_edifact(text, true);
  try_x12(text);
  return 0;
}
