#include "connectors/ubl/reading.h"

#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "connectors/reader/xml_reader.h"

namespace purser::ubl {
namespace {

constexpr std::string_view envelope_space =
    "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader";
constexpr std::string_view envelope_root = "StandardBusinessDocument";

/// Of root elements, until it is known that they are: a root without namespace is none of ours.
constexpr std::string_view root_prefix = "ubl";

/// The prefixes of the layout, and that of the roots.
std::vector<xml::Namespace> prefixes() {
  std::vector<xml::Namespace> all = {
      {"cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"},
      {"cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"},
      {"ext", "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"},
      {"sbdh", envelope_space},
  };
  for (const auto& document : documents()) all.push_back({root_prefix, document.space});
  return all;
}

std::unexpected<Status> stop(const Finding& finding) {
  return std::unexpected(Status{StatusClass::invalid, finding.code, finding.message});
}

/// Stands before the decoder until the root element has told which one it is; steps into an envelope.
class RootSwitch : public map::SyntaxSink {
 public:
  RootSwitch(Programs& programs, std::span<const std::string> overlays, DocumentSink& out)
      : programs_(programs), overlays_(overlays), out_(out) {}

  Outcome open(std::string_view name, const Position& at) override {
    if (depth_ >= root_depth_) {
      ++depth_;
      return decoder_->open(name, at);
    }
    if (skipped_ > 0 || (enveloped_ && name == "sbdh:StandardBusinessDocumentHeader")) {
      ++skipped_;
      return {};
    }
    if (depth_ == 0 && name == "sbdh:StandardBusinessDocument") return open_envelope(at);
    return open_root(name, at);
  }

  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    return depth_ >= root_depth_ ? decoder_->leaf(where, text, at) : Outcome{};
  }

  Outcome close(const Position& at) override {
    if (skipped_ > 0) {
      --skipped_;
      return {};
    }
    if (decoder_ && depth_ < root_depth_) return {};  // the envelope, after its document
    if (!decoder_) {
      const auto finding =
          make_finding("UBL-0005", at, "StandardBusinessDocument ended without a UBL document");
      out_.finding(finding);
      return stop(finding);
    }
    const bool was_root = depth_-- == root_depth_;
    if (auto done = decoder_->close(at); !done || !was_root) return done;
    return decoder_->finish(at);
  }

 private:
  Outcome open_envelope(const Position& at) {
    enveloped_ = true;
    depth_ = 1;
    out_.finding(make_finding("UBL-0002", at, "StandardBusinessDocument opened; its header is not kept"));
    return {};
  }

  Outcome open_root(std::string_view name, const Position& at) {
    const bool known_space =
        name.starts_with(root_prefix) && name.substr(root_prefix.size()).starts_with(':');
    const auto local = known_space ? name.substr(root_prefix.size() + 1) : name;
    const auto* document = known_space ? find_document(local) : nullptr;
    if (document == nullptr) {
      auto finding = make_finding("UBL-0001", at, "root element is " + std::string(name));
      finding.source = "/" + std::string(name);
      out_.finding(finding);
      return stop(finding);
    }
    auto program = programs_.get(*document, overlays_);
    if (!program) {
      const auto& findings = program.error().findings();
      for (const auto& finding : findings) out_.finding(finding);
      return std::unexpected(Status{StatusClass::defect, findings.front().code, findings.front().message});
    }
    program_ = *std::move(program);
    decoder_.emplace(*program_, out_);
    root_depth_ = ++depth_;
    return decoder_->open(local, at);
  }

  static constexpr int not_yet = 1 << 30;
  Programs& programs_;
  std::span<const std::string> overlays_;
  DocumentSink& out_;
  std::shared_ptr<const map::Program> program_;
  std::optional<map::Decoder> decoder_;
  int depth_ = 0;
  int root_depth_ = not_yet;
  int skipped_ = 0;
  bool enveloped_ = false;
};

}  // namespace

const Document* detect(std::string_view prefix, bool* enveloped) {
  const auto root = xml::peek(prefix);
  *enveloped = root && root->uri == envelope_space && root->local == envelope_root;
  if (!root) return nullptr;
  if (!*enveloped) return root->uri.empty() ? nullptr : find_document(root->local, root->uri);
  for (const auto& document : documents()) {  // the namespace of the document inside, in quotes
    const auto at = prefix.find(document.space);
    if (at != std::string_view::npos && at > 0 && (prefix[at - 1] == '"' || prefix[at - 1] == '\'')) {
      return &document;
    }
  }
  return nullptr;
}

Outcome read(Programs& programs, std::span<const std::string> overlays, ByteSource& in, DocumentSink& out) {
  static const auto namespaces = prefixes();
  RootSwitch sink(programs, overlays, out);
  xml::ReadOptions options;
  options.namespaces = namespaces;
  return xml::read(
      in, sink, [&out](Finding finding) { out.finding(std::move(finding)); }, options);
}

}  // namespace purser::ubl
