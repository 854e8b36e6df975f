// Any bytes through the tables of each connector: what is read asking the rows is the same as what is read
// remembering shapes of lines, whatever came before; what decodes is written again, and that reads, too.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
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
#include "connectors/reader/xml_reader.h"
#include "connectors/table/xml_tables.h"
#include "connectors/ubl/format.h"

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

  Outcome play(map::SyntaxSink& sink) const {
    for (const Step& step : steps_) {
      map::LeafAddress where = step.where;
      where.name = step.name;
      Outcome done = step.call == Call::open   ? sink.open(step.name, step.at)
                     : step.call == Call::leaf ? sink.leaf(where, step.text, step.at)
                                               : sink.close(step.at);
      if (!done) return done;
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
  };
  Outcome add(Step step) {
    steps_.push_back(std::move(step));
    return {};
  }
  std::string_view root_;
  std::vector<Step> steps_;
};

bool decode(const map::Program& program, const Script& script, bool shapes, Transcript& out) {
  map::Limits limits;
  limits.remember_shapes = shapes;
  map::Decoder decoder(program, out, limits);
  Outcome done = script.play(decoder);
  if (done) done = decoder.finish({});
  out.findings += done ? "" : done.error().code;
  return done.has_value();
}

/// Reads the document both ways. The events of the plain one stay in `plain`.
bool decode_both_ways(const map::Program& program, const Script& script, Transcript& plain) {
  plain.checked = true;
  const bool good = decode(program, script, false, plain);
  if (good) must(plain.checker.finish().has_value());
  for (int i = 0; i < 3; ++i) {  // shapes are kept when they come again
    Transcript remembered;
    must(decode(program, script, true, remembered) == good);
    must(remembered == plain);
  }
  return good;
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

/// Segment formats. A new one is a row.
constexpr Program (*segment_formats[])(std::string_view message,
                                       std::string_view version) = {edifact_program};

constexpr auto ignore_findings = [](const Finding&) {};

void read_xml(table::XmlTables& tables, const table::XmlDocument& document, std::string_view text,
              bool again);

void write_xml(table::XmlTables& tables, const table::XmlDocument& document, const Transcript& plain) {
  reader::StringSink out;
  Transcript notes;
  sdk::Request request;
  request.message = document.message;
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
  reader::StringSink out;
  Transcript notes;
  edifact::Writer writer(out, ignore_findings);
  map::Encoder encoder(program, writer, notes, [](std::string_view) { return std::string("1"); });
  HeaderFirst header_first(encoder);
  if (replay(plain.record.events(), header_first) && encoder.finish() && writer.finish())
    try_edifact(out.text, false);
}

void try_edifact(std::string_view text, bool again) {
  reader::MemorySource source(text);
  Messages messages([again](const edifact::Message& message, const Script& script) {
    for (const auto format : segment_formats) {
      const Program program = format(message.type, message.version + message.release);
      if (!program || !program->reads()) continue;
      Transcript plain;
      if (decode_both_ways(*program, script, plain) && again && program->writes())
        write_edifact(*program, plain);
    }
  });
  static_cast<void>(edifact::read(source, messages));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_xml(text);
  try_edifact(text, true);
  return 0;
}
