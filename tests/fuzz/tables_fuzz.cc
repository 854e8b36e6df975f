// Any bytes through the tables of each connector: what is read and written asking the rows is the same as
// what is read and written remembering shapes of lines, whatever came before; what was written reads again,
// too, and keeps to its layout.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "canonical/event/header_first.h"
#include "canonical/event/recorded_events.h"
#include "canonical/map/program.h"
#include "canonical/map/segment_check.h"
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
#include "tests/fuzz/script.h"

namespace {

using namespace purser;
using namespace purser::trial;
using Program = std::shared_ptr<const map::Program>;

constexpr auto ignore_findings = [](const Finding&) {};

void must(bool condition) {
  if (!condition) std::abort();
}

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

/// Stands between a reader and a decoder: the root has the message's name.
class Straight : public map::SyntaxSink {
 public:
  Straight(map::Decoder& decoder, std::string_view root) : decoder_(decoder), root_(root) {}
  Outcome open(std::string_view name, const Position& at) override {
    return decoder_.open(std::exchange(begun_, true) ? name : root_, at);
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    return decoder_.leaf(where, text, at);
  }
  Outcome close(const Position& at) override { return decoder_.close(at); }
  map::ElementSink* whole_elements() override { return decoder_.whole_elements(); }

 private:
  map::Decoder& decoder_;
  std::string_view root_;
  bool begun_ = false;
};

/// Reads XML as a connector does, elements that come again whole: the same as asking the rows about each.
void decode_straight(const map::Program& program, std::string_view text, std::string_view root,
                     const xml::ReadOptions& options, const Transcript& plain) {
  for (int time = 0; time < 3; ++time) {  // forms are kept, traces when they come again
    Transcript out;
    map::Decoder decoder(program, out);
    Straight straight(decoder, root);
    reader::MemorySource source(text);
    Outcome done = xml::read(source, straight, ignore_findings, options);
    // What the reader refuses ends the document, what the decoder refuses is its outcome.
    if (done || done.error().code.starts_with("XML-")) done = decoder.finish({});
    out.findings += done ? "" : done.error().code;
    must(out == plain);
  }
}

/// Checks and decodes message after message, straight from a reader.
class Checked {
 public:
  explicit Checked(bool shapes) { limits_.remember_shapes = shapes; }
  map::SyntaxSink* begin(Program program) {
    end();
    if (!program || !program->reads()) return nullptr;
    program_ = std::move(program);
    forms_.emplace(*program_);
    decoder_.emplace(*program_, out, limits_);
    check_.emplace(
        *forms_, *decoder_, [this](Finding finding) { out.finding(std::move(finding)); }, false);
    return &*check_;
  }
  void end() {
    if (!decoder_) return;
    const Outcome done = decoder_->finish({});
    out.findings += done ? "" : done.error().code;
    check_.reset();
    decoder_.reset();
  }
  Transcript out;

 private:
  map::Limits limits_;
  Program program_;
  std::optional<map::SegmentForms> forms_;
  std::optional<map::Decoder> decoder_;
  std::optional<map::SegmentCheck> check_;
};

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

/// What a layout forbids inside segments is not written, or an error says so.
void keeps_to_layout(const map::Program& program, const Written& written) {
  const map::SegmentForms forms(program);
  Script unread;
  map::SegmentCheck check(
      forms, unread, [](const Finding&) { must(false); }, false);
  if (written.good && !written.notes.refused) must(written.script.play(check).has_value());
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
  if (program.syntax() != "xml") keeps_to_layout(program, plain);
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

/// The messages of an interchange straight to their decoders.
class CheckedMessages : public edifact::InterchangeHandler {
 public:
  explicit CheckedMessages(bool shapes) : checked(shapes) {}
  Outcome begin_interchange(const edifact::Interchange&) override { return {}; }
  std::expected<map::SyntaxSink*, Status> begin_message(const edifact::Interchange&, const edifact::Group*,
                                                        const edifact::Message& message) override {
    return checked.begin(edifact_program(message.type, message.version + message.release));
  }
  Outcome end_message(const edifact::Message&, const edifact::MessageEnd&) override {
    checked.end();
    return {};
  }
  Outcome end_interchange(const edifact::Interchange&, const edifact::InterchangeEnd&) override { return {}; }
  void finding(Finding finding) override { checked.out.finding(std::move(finding)); }
  Checked checked;
};

class CheckedTransactions : public x12::InterchangeHandler {
 public:
  explicit CheckedTransactions(bool shapes) : checked(shapes) {}
  Outcome begin_interchange(const x12::Interchange&) override { return {}; }
  Outcome begin_group(const x12::Interchange&, const x12::Group&) override { return {}; }
  std::expected<map::SyntaxSink*, Status> begin_transaction(const x12::Interchange&, const x12::Group* group,
                                                            const x12::Transaction& transaction) override {
    return checked.begin(x12_program(
        transaction.type, group == nullptr ? std::string_view{} : std::string_view(group->version)));
  }
  Outcome end_transaction(const x12::Transaction&, const x12::TransactionEnd&) override {
    checked.end();
    return {};
  }
  Outcome end_group(const x12::Group&, const x12::GroupEnd&) override { return {}; }
  Outcome end_interchange(const x12::Interchange&, const x12::InterchangeEnd&) override { return {}; }
  void finding(Finding finding) override { checked.out.finding(std::move(finding)); }
  Checked checked;
};

/// An interchange comes to the same whether its reader, check and decoders remember segments or not.
template <typename Handler, typename Options>
void read_straight(std::string_view text) {
  const auto read_once = [&](bool shapes) {
    Handler handler(shapes);
    Options options;
    options.limits.remember_shapes = shapes;
    reader::MemorySource source(text);
    const Outcome done = read(source, handler, options);
    handler.checked.out.findings += done ? "" : done.error().code;
    return std::move(handler.checked.out);
  };
  const Transcript plain = read_once(false);
  for (int time = 0; time < 2; ++time) must(read_once(true) == plain);
}

/// XML connectors. A new one is a row.
constexpr const table::XmlFormat& (*xml_formats[])() = {ubl::format, cii::format, cxml::format};

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
  const bool good = decode_both_ways(**program, script, plain);
  decode_straight(**program, text, document.message, options, plain);
  if (good && again && (*program)->writes()) write_xml(tables, document, plain);
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
  read_straight<CheckedMessages, edifact::ReadOptions>(text);
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
  read_straight<CheckedTransactions, x12::ReadOptions>(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_xml(text);
  try_edifact(text, true);
  try_x12(text);
  return 0;
}
