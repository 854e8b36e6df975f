#include "connectors/table/xml_tables.h"

#include <algorithm>
#include <utility>

#include "connectors/table/xml_choice.h"
#include "connectors/table/xml_encoder.h"
#include "connectors/table/xml_root.h"

namespace purser::table {
namespace {

/// The `namespace PREFIX URI` statements of the layouts.
std::vector<xml::Namespace> layout_namespaces(std::span<const sdk::TableText> texts) {
  constexpr std::string_view keyword = "\nnamespace ";
  std::vector<xml::Namespace> all;
  for (const sdk::TableText& file : texts) {
    if (!file.name.ends_with(".layout")) continue;
    for (auto at = file.text.find(keyword); at != std::string_view::npos; at = file.text.find(keyword, at)) {
      at += keyword.size();
      std::string_view rest = file.text.substr(at, file.text.find_first_of("\r\n", at) - at);
      const auto word = [&rest] {
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
        const auto taken = rest.substr(0, rest.find_first_of(" \t"));
        rest.remove_prefix(taken.size());
        return taken;
      };
      const auto prefix = word();
      const auto uri = word();
      if (!uri.empty() && std::ranges::find(all, uri, &xml::Namespace::uri) == all.end())
        all.push_back({prefix, uri});
    }
  }
  return all;
}

/// True if the beginning of a document has the namespace `space` declared, in quotes.
bool declares(std::string_view prefix, std::string_view space) {
  for (auto at = prefix.find(space); at != std::string_view::npos; at = prefix.find(space, at + 1)) {
    const auto end = at + space.size();
    if (at > 0 && end < prefix.size() && prefix[at - 1] == prefix[end] &&
        (prefix[end] == '"' || prefix[end] == '\''))
      return true;
  }
  return false;
}

}  // namespace

XmlTables::XmlTables(const XmlFormat& format, std::vector<sdk::TableText> configured)
    : format_(format),
      library_(std::move(configured), format.files,
               format.calls == nullptr ? map::CallTable{} : format.calls()),
      namespaces_(layout_namespaces(library_.texts())) {
  if (format.envelope != nullptr && !prefix_of(format.envelope->space))
    namespaces_.push_back({format.envelope->prefix, format.envelope->space});
}

std::optional<std::string_view> XmlTables::prefix_of(std::string_view space) const {
  const auto found = std::ranges::find(namespaces_, space, &xml::Namespace::uri);
  if (space.empty() || found == namespaces_.end()) return std::nullopt;
  return found->prefix;
}

XmlTables::Found XmlTables::detect(std::string_view prefix) const {
  const auto root = xml::peek(prefix);
  if (!root) return {};
  std::string narrow;  // of UTF-16: all names that are looked for are ASCII
  if (prefix.contains('\0')) {
    std::ranges::copy_if(prefix, std::back_inserter(narrow), [](char c) { return c != '\0'; });
    prefix = narrow;
  }
  const XmlEnvelope* envelope = format_.envelope;
  const bool enveloped = envelope != nullptr && root->uri == envelope->space && root->local == envelope->root;
  for (const XmlDocument& document : format_.documents) {
    const bool fits = enveloped ? declares(prefix, document.space)
                                : root->local == document.root && root->uri == document.space;
    if (fits && seems_inside(document.inside, prefix)) return {&document, nullptr, enveloped, nullptr};
  }
  for (const XmlRefusal& known : format_.refused) {
    if (root->local == known.root && root->uri == known.space) return {nullptr, &known, enveloped, nullptr};
  }
  Found found{nullptr, nullptr, enveloped, nullptr};
  for (const XmlDocument& document : format_.documents) {
    const bool undecided = !document.inside.empty() && root->uri == document.space;
    const bool elsewhere = !document.space.empty() && document.inside.empty();
    if ((undecided || elsewhere) && root->local == document.root) found.nearly = &document;
  }
  return found;
}

Outcome XmlTables::read(const sdk::Request& request, ByteSource& in, DocumentSink& out) {
  const auto shape = format_.shape.reading == nullptr ? nullptr : format_.shape.reading(out);
  XmlRoot root(*this, request, shape ? *shape : out);
  const auto filter = format_.reading == nullptr ? SyntaxFilter{} : format_.reading(out);
  const auto filtered = filter ? filter(root) : nullptr;
  map::SyntaxSink* sink = &root;
  if (filtered) sink = filtered.get();
  xml::ReadOptions options;
  options.namespaces = namespaces_;
  options.skip_doctype = format_.doctype;
  return xml::read(
      in, *sink, [&out](Finding finding) { out.finding(std::move(finding)); }, options);
}

std::unique_ptr<sdk::Encoder> XmlTables::write(const sdk::Request& request, ByteSink& out,
                                               DocumentSink& notes, map::Encoder::Variables variables,
                                               SyntaxFilter filter) {
  if (!filter && format_.writing != nullptr) filter = format_.writing(notes);
  return std::make_unique<XmlEncoder>(*this, request, out, notes, std::move(variables), std::move(filter));
}

}  // namespace purser::table
