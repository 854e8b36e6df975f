#include "gateway/xsd/xsd_check.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

namespace purser::gateway {
namespace {

constexpr std::size_t root_within = 1 << 20;  // comments before the root are not endless
constexpr std::size_t most_said = 400;  // of a message: libxml2 lists every element that might stand there

const char* plain(const xmlChar* text) { return text == nullptr ? "" : reinterpret_cast<const char*>(text); }

}  // namespace

/// Reads the head twice: first for the root's name, then with its schema plugged in.
class XsdCheck::State {
 public:
  explicit State(const XsdWish& wish) : wish_(wish) { begin(); }
  ~State() { end(); }

  void feed(std::string_view bytes) {
    if (done_) return;
    if (!plugged_) {
      head_.append(bytes);
      if (head_.size() > root_within && !found_) return refuse("XSD-0003", "there is no root element");
    }
    push(bytes);
    if (found_ && !plugged_) plug();
  }

  std::vector<Finding> finish(bool whole) {
    if (!done_ && whole) {
      xmlParseChunk(parser_, nullptr, 0, 1);
      if (!done_ && parser_->wellFormed == 0)
        refuse("XSD-0003", found_ ? "it is broken XML" : "it is no XML");
    }
    end();
    return std::move(findings_);
  }

 private:
  void begin() {
    xmlSAXHandler calls{};
    calls.initialized = XML_SAX2_MAGIC;
    calls.internalSubset = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
      static_cast<State*>(self)->refuse("XSD-0003", "a DOCTYPE stands in it");
    };
    calls.startElementNs = [](void* self, const xmlChar* name, const xmlChar*, const xmlChar* space, int,
                              const xmlChar**, int, int, const xmlChar**) {
      static_cast<State*>(self)->take_root(plain(name), plain(space));
    };
    calls.serror = [](void*, xmlErrorPtr) {};
    parser_ = xmlCreatePushParserCtxt(&calls, this, nullptr, 0, nullptr);
    xmlCtxtUseOptions(parser_, XML_PARSE_NONET);
    parser_->userData = this;
  }

  void end() {
    if (plug_ != nullptr) xmlSchemaSAXUnplug(plug_);
    if (valid_ != nullptr) xmlSchemaFreeValidCtxt(valid_);
    if (parser_ != nullptr) xmlFreeParserCtxt(parser_);
    plug_ = nullptr;
    valid_ = nullptr;
    parser_ = nullptr;
  }

  void push(std::string_view bytes) {
    constexpr std::size_t piece = std::numeric_limits<int>::max() / 2;
    while (!bytes.empty() && !done_) {
      const auto count = std::min(bytes.size(), piece);
      xmlParseChunk(parser_, bytes.data(), static_cast<int>(count), 0);
      bytes.remove_prefix(count);
      // Broken XML is the connector's to tell; nothing that follows can be held against a schema.
      if (!done_ && parser_->wellFormed == 0)
        refuse("XSD-0003", found_ ? "it is broken XML" : "it is no XML");
      if (found_ && !plugged_) return;
    }
  }

  void take_root(const char* name, const char* space) {
    if (found_) return;
    found_ = true;
    schema_ = wish_.schemas->find(name, space);
    if (schema_ == nullptr) {
      refuse("XSD-0002", fmt::format("the root is {} of the namespace {}", shown(name), shown(space)));
      if (!findings_.empty())
        findings_.back().expected = "of " + fmt::format("{}", fmt::join(wish_.schemas->spaces(), ", "));
    }
  }

  // Begins again, now with the schema.
  void plug() {
    plugged_ = true;
    if (done_) return;
    xmlFreeParserCtxt(parser_);
    begin();
    valid_ = xmlSchemaNewValidCtxt(schema_);
    xmlSchemaSetValidStructuredErrors(
        valid_, [](void* self, xmlErrorPtr error) { static_cast<State*>(self)->note(error); }, this);
    plug_ = xmlSchemaSAXPlug(valid_, &parser_->sax, &parser_->userData);
    parser_->sax->serror = [](void*, xmlErrorPtr) {};
    const auto head = std::move(head_);
    push(head);
  }

  void note(xmlErrorPtr error) {
    if (done_ || error == nullptr || error->level < XML_ERR_ERROR) return;
    std::string_view message = plain(reinterpret_cast<const xmlChar*>(error->message));
    while (message.ends_with('\n')) message.remove_suffix(1);
    auto said = std::string(message.substr(0, most_said));
    // A cut in the middle of a character is no text.
    while (said.size() == most_said && !said.empty() &&
           (static_cast<unsigned char>(said.back()) & 0x80U) != 0)
      said.pop_back();
    add("XSD-0001", std::move(said));
    if (findings_.size() >= max_findings) stop();
  }

  void add(std::string_view code, std::string message) {
    Position at;
    if (parser_ != nullptr && parser_->input != nullptr) {
      at.line = static_cast<std::uint32_t>(std::max(0, parser_->input->line));
      at.column = static_cast<std::uint32_t>(std::max(0, parser_->input->col));
    }
    Finding finding = make_finding(code, at, std::move(message));
    finding.severity = wish_.strict ? Severity::error : Severity::warning;
    findings_.push_back(std::move(finding));
  }

  void refuse(std::string_view code, std::string message) {
    if (done_) return;
    add(code, std::move(message));
    stop();
  }

  void stop() {
    done_ = true;
    if (parser_ != nullptr) xmlStopParser(parser_);
  }

  const XsdWish wish_;
  xmlParserCtxtPtr parser_ = nullptr;
  xmlSchemaValidCtxtPtr valid_ = nullptr;
  xmlSchemaSAXPlugPtr plug_ = nullptr;
  _xmlSchema* schema_ = nullptr;
  std::string head_;  ///< until the root's name is known
  bool found_ = false, plugged_ = false, done_ = false;
  std::vector<Finding> findings_;
};

XsdCheck::XsdCheck(const XsdWish& wish) : state_(std::make_unique<State>(wish)) {}
XsdCheck::~XsdCheck() = default;
void XsdCheck::feed(std::string_view bytes) { state_->feed(bytes); }
std::vector<Finding> XsdCheck::finish(bool whole) { return state_->finish(whole); }

}  // namespace purser::gateway
