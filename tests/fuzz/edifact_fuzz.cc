// Any bytes: findings and messages; the calls keep their order.
#include <cstdint>
#include <cstdlib>

#include "connectors/reader/edifact_reader.h"
#include "connectors/reader/edifact_writer.h"

namespace {

using namespace purser;

// Passes segments to a writer and checks the order of calls.
class Checker : public edifact::InterchangeHandler, public map::SyntaxSink {
 public:
  explicit Checker(edifact::Writer& writer) : writer_(writer) {}
  Outcome begin_interchange(const edifact::Interchange&) override {
    must(!in_interchange_);
    in_interchange_ = true;
    return {};
  }
  std::expected<map::SyntaxSink*, Status> begin_message(const edifact::Interchange&, const edifact::Group*,
                                                        const edifact::Message& message) override {
    must(in_interchange_ && !in_message_ && message.number > 0);
    in_message_ = true;
    return message.number % 7 == 6 ? nullptr : this;
  }
  Outcome end_message(const edifact::Message&, const edifact::MessageEnd& end) override {
    must(in_message_ && end.segments > 0);
    in_message_ = false;
    return {};
  }
  Outcome end_interchange(const edifact::Interchange&, const edifact::InterchangeEnd&) override {
    must(in_interchange_ && !in_message_);
    in_interchange_ = false;
    return {};
  }
  void finding(Finding finding) override { fatal_ = fatal_ || finding.severity == Severity::fatal; }
  Outcome open(std::string_view name, const Position& at) override {
    must(in_message_ && !in_segment_ && name.size() == 3 && at.line > 0);
    in_segment_ = true;
    writes_ = writes_ && writer_.open(name, at);
    return {};
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    must(in_segment_ && where.element > 0 && where.component > 0 && where.repetition > 0 && !text.empty());
    must(reader::valid_utf8_prefix(text) == text.size());
    writes_ = writes_ && writer_.leaf(where, text, at);
    return {};
  }
  Outcome close(const Position& at) override {
    must(in_segment_);
    in_segment_ = false;
    writes_ = writes_ && writer_.close(at);
    return {};
  }
  void end(bool good) const { must(good != fatal_ && !in_message_ && !in_interchange_ && !in_segment_); }

 private:
  static void must(bool condition) {
    if (!condition) std::abort();
  }
  edifact::Writer& writer_;
  bool in_interchange_ = false, in_message_ = false, in_segment_ = false, fatal_ = false, writes_ = true;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(edifact::peek(text));
  reader::MemorySource source(text);
  reader::StringSink out;
  edifact::WriteOptions options;
  options.separators.repetition = '*';
  edifact::Writer writer(out, [](const Finding&) {}, options);
  Checker checker(writer);
  checker.end(edifact::read(source, checker, {}).has_value());
  static_cast<void>(writer.finish());
  return 0;
}
