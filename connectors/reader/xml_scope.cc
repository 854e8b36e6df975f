#include "connectors/reader/xml_scope.h"

#include <algorithm>

namespace purser::xml {
namespace {

constexpr std::string_view xml_uri = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view xmlns_uri = "http://www.w3.org/2000/xmlns/";

}  // namespace

bool Scope::declare(std::string_view prefix, std::string_view uri) {
  if (prefix == "xml") return uri == xml_uri;
  if (prefix == "xmlns" || uri == xml_uri || uri == xmlns_uri) return false;
  if (!prefix.empty() && uri.empty()) return false;
  Binding binding{std::string(prefix), std::string(uri), {}, uri.empty()};
  const auto found = std::ranges::find(known_, uri, &Namespace::uri);
  if (!uri.empty() && found != known_.end()) {
    binding.known = true;
    binding.ours = found->prefix;
  }
  bindings_.push_back(std::move(binding));
  ++changes_;
  return true;
}

const Scope::Binding* Scope::find(std::string_view prefix) const {
  for (std::size_t i = bindings_.size(); i > 0; --i) {
    if (bindings_[i - 1].prefix == prefix) return &bindings_[i - 1];
  }
  return nullptr;
}

std::string Scope::text() const {
  std::string text;
  for (const Binding& each : bindings_) {
    // No attribute value holds a zero byte.
    for (const std::string_view part :
         {std::string_view(each.prefix), std::string_view(each.uri), each.known ? each.ours : "?"}) {
      text.append(part).push_back('\0');
    }
  }
  return text;
}

std::string_view Scope::resolve(std::string_view name, bool attribute, std::string& scratch) const {
  const std::size_t colon = name.find(':');
  const bool prefixed = colon != std::string_view::npos;
  if (attribute && !prefixed) return name;
  const std::string_view prefix = prefixed ? name.substr(0, colon) : std::string_view();
  if (prefix == "xml") return name;
  const Binding* binding = find(prefix);
  if (binding == nullptr) return prefixed ? std::string_view() : name;
  if (binding->known && binding->ours == prefix) return name;
  const std::string_view local = prefixed ? name.substr(colon + 1) : name;
  if (binding->known && binding->ours.empty()) return local;
  scratch.clear();
  if (binding->known) {
    scratch.append(binding->ours).append(":");
  } else {
    scratch.append("{").append(binding->uri).append("}");
  }
  return scratch.append(local);
}

}  // namespace purser::xml
