// Any bytes: findings and records; records that were read and written read the same again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "connectors/reader/delimited_reader.h"
#include "connectors/reader/delimited_writer.h"

namespace {

using namespace purser;

class Tee : public map::SyntaxSink {
 public:
  explicit Tee(delimited::Writer* writer) : writer_(writer) {}
  Outcome open(std::string_view, const Position& at) override {
    if (open_ || at.line == 0) std::abort();
    open_ = true;
    empty_ = true;
    if (writer_ != nullptr) static_cast<void>(writer_->open("record", at));
    return {};
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view value, const Position& at) override {
    if (!open_ || where.element == 0 || value.empty() || at.column == 0) std::abort();
    if (empty_) text += "record\n";
    empty_ = false;
    text.append(std::to_string(where.element)).append("=").append(value).append("\n");
    map::LeafAddress place;
    place.element = where.element;
    if (writer_ != nullptr && !writer_->leaf(place, value, at)) std::abort();
    return {};
  }
  Outcome close(const Position& at) override {
    if (!open_) std::abort();
    open_ = false;
    if (writer_ != nullptr && !writer_->close(at)) std::abort();
    return {};
  }
  std::string text;  // records without values left out: they are passed over when read again

 private:
  delimited::Writer* writer_;
  bool open_ = false, empty_ = true;
};

bool read(std::string_view text, Tee& sink, const delimited::Format& format) {
  reader::MemorySource source(text);
  delimited::ReadOptions options;
  options.format = format;
  bool fatal = false;
  const auto findings = [&](const Finding& finding) { fatal = fatal || finding.severity == Severity::fatal; };
  const Outcome done = delimited::read(source, sink, findings, options);
  if (done.has_value() == fatal) std::abort();
  return done.has_value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  delimited::Format format = delimited::detect(text).value_or(delimited::Format{});
  Tee headed(nullptr);
  static_cast<void>(read(text, headed, format));
  format.heading = false;
  reader::StringSink out;
  delimited::WriteOptions options;
  options.format = format;
  options.format.charset = reader::Charset::utf_8;
  delimited::Writer writer(out, [](const Finding&) {}, options);
  Tee first(&writer);
  if (!read(text, first, format) || !writer.finish() || first.text.empty()) return 0;
  Tee second(nullptr);
  if (!read(out.text, second, options.format) || second.text != first.text) std::abort();
  return 0;
}
