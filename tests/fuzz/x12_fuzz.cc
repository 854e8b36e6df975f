// Any bytes: findings and transaction sets; the calls keep their order, and what is written is read again.
#include <cstdint>
#include <cstdlib>

#include "connectors/reader/x12_reader.h"
#include "connectors/reader/x12_writer.h"

namespace {

using namespace purser;

void must(bool condition) {
  if (!condition) std::abort();
}

// Passes segments to a writer and checks the order of calls.
class Checker : public x12::InterchangeHandler, public map::SyntaxSink {
 public:
  explicit Checker(x12::Writer& writer) : writer_(writer) {}
  Outcome begin_interchange(const x12::Interchange& interchange) override {
    enter(nowhere, in_interchange);
    return writes(writer_.begin_interchange(interchange));
  }
  Outcome begin_group(const x12::Interchange&, const x12::Group& group) override {
    enter(in_interchange, in_group);
    return writes(writer_.begin_group(group));
  }
  std::expected<map::SyntaxSink*, Status> begin_transaction(const x12::Interchange&, const x12::Group* group,
                                                            const x12::Transaction& transaction) override {
    must((level_ == in_group) == (group != nullptr) && transaction.number > 0);
    outer_ = level_;
    enter(level_, in_transaction);
    static_cast<void>(writes(writer_.begin_transaction(transaction)));
    return transaction.number % 7 == 6 ? nullptr : this;
  }
  Outcome end_transaction(const x12::Transaction&, const x12::TransactionEnd& end) override {
    must(end.segments > 0);
    enter(in_transaction, outer_);
    return {};
  }
  Outcome end_group(const x12::Group&, const x12::GroupEnd&) override {
    enter(in_group, in_interchange);
    return {};
  }
  Outcome end_interchange(const x12::Interchange&, const x12::InterchangeEnd&) override {
    enter(in_interchange, nowhere);
    return {};
  }
  void finding(Finding finding) override { fatal_ = fatal_ || finding.severity == Severity::fatal; }
  Outcome open(std::string_view name, const Position& at) override {
    must(level_ == in_transaction && !name.empty() && name.size() <= 3 && at.line > 0);
    level_ = in_segment;
    return writes(writer_.open(name, at));
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    must(level_ == in_segment && where.element > 0 && where.component > 0 && where.repetition > 0 &&
         !text.empty());
    must(reader::valid_utf8_prefix(text) == text.size());
    return writes(writer_.leaf(where, text, at));
  }
  Outcome close(const Position& at) override {
    enter(in_segment, in_transaction);
    return writes(writer_.close(at));
  }
  void end(bool good) const { must(good != fatal_ && level_ == nowhere); }

 private:
  enum Level { nowhere, in_interchange, in_group, in_transaction, in_segment };
  void enter(Level from, Level to) {
    must(level_ == from);
    level_ = to;
  }
  /// The writer may refuse; it must not be asked on after that.
  Outcome writes(Outcome done) {
    good_ = good_ && done.has_value();
    return {};
  }

  x12::Writer& writer_;
  Level level_ = nowhere, outer_ = nowhere;
  bool fatal_ = false, good_ = true;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(x12::peek(text));
  reader::MemorySource source(text);
  reader::StringSink out;
  x12::WriteOptions options;
  options.separators.repetition = '^';
  x12::Writer writer(
      out, [](const Finding&) {}, options);
  Checker checker(writer);
  checker.end(x12::read(source, checker, {}).has_value());
  static_cast<void>(writer.finish());
  return 0;
}
