// XML Schemas, compiled, by the namespace that they are for.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct _xmlSchema;  // libxml2's

namespace purser::gateway {

/// Immutable once loaded: [any].
class XmlSchemas {
 public:
  /// A compiled family of XSDs takes tens of megabytes: a source names those that its documents are of.
  static constexpr std::size_t most = 32;

  /// Compiles each of `places`: an XSD, or a folder whose *.xsd are meant (not those of folders below). What
  /// they import and include must lie below `root`; nothing else is opened. The error names the first fault
  /// with file and line.
  static std::expected<std::shared_ptr<const XmlSchemas>, std::string> load(
      std::span<const std::string> places, const std::string& root);

  /// The schema for documents whose root element is this; null if there is none.
  [[nodiscard]] _xmlSchema* find(std::string_view name, std::string_view space) const;
  [[nodiscard]] const std::vector<std::string>& spaces() const { return spaces_; }  ///< target namespaces

 private:
  struct Free {
    void operator()(_xmlSchema* schema) const;
  };
  std::vector<std::unique_ptr<_xmlSchema, Free>> schemas_;
  std::vector<std::string> spaces_;
};

}  // namespace purser::gateway
