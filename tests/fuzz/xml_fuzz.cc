// Any bytes: findings or a document; a document that was read and written reads the same again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "connectors/reader/xml_reader.h"
#include "connectors/reader/xml_writer.h"

namespace {

using namespace purser;

constexpr xml::Namespace namespaces[] = {{"", "urn:doc"}, {"cbc", "urn:cbc"}};

// Checks the order of calls and renders the document; writes it, too, if the names allow.
class Tee : public map::SyntaxSink {
 public:
  explicit Tee(map::SyntaxSink* writer) : writer_(writer) {}
  Outcome open(std::string_view name, const Position& at) override {
    if (at.line == 0 || at.column == 0) std::abort();
    text.append("<").append(name).append("\n");
    ++depth_;
    return pass([&] { return writer_->open(name, at); });
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view value, const Position& at) override {
    if (depth_ == 0 || at.line == 0) std::abort();
    text.append("@").append(where.name).append("=").append(value).append("\n");
    return pass([&] { return writer_->leaf(where, value, at); });
  }
  Outcome close(const Position& at) override {
    if (depth_-- == 0) std::abort();
    text.append(">\n");
    return pass([&] { return writer_->close(at); });
  }
  std::string text;
  bool written = true;

 private:
  template <typename Call>
  Outcome pass(Call call) {
    if (writer_ != nullptr && written && !call()) written = false;
    return {};
  }
  map::SyntaxSink* writer_;
  int depth_ = 0;
};

bool read(std::string_view text, Tee& sink) {
  reader::MemorySource source(text);
  xml::ReadOptions options;
  options.namespaces = namespaces;
  options.skip_doctype = true;
  bool fatal = false;
  const auto findings = [&](const Finding& finding) { fatal = fatal || finding.severity == Severity::fatal; };
  const Outcome done = xml::read(source, sink, findings, options);
  if (done.has_value() == fatal) std::abort();
  return done.has_value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(xml::peek(text));
  reader::StringSink out;
  xml::WriteOptions options;
  options.namespaces = namespaces;
  options.indent = 0;
  xml::Writer writer(out, options);
  Tee first(&writer);
  if (!read(text, first) || !first.written || !writer.finish()) return 0;
  Tee second(nullptr);
  if (!read(out.text, second) || second.text != first.text) std::abort();
  return 0;
}
