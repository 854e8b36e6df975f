// The part of XML document type definitions that cXML uses: internal parameter entities, element and
// attribute declarations. Comments and ignored sections are passed over; nothing outside the file is read.
// Source: W3C XML 1.0, chapters 3 and 4.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace purser::layout {

struct DtdAttribute {
  std::string name;
  bool required = false;
  std::vector<std::string> values;  ///< of an enumeration
};

/// One element of a content model, in the order in which the model first names it. A choice makes each of its
/// members optional; `many` is true for members of a repeated group, too.
struct DtdChild {
  std::string name;
  bool required = false;
  bool many = false;
};

struct DtdElement {
  std::vector<DtdChild> children;
  std::vector<DtdAttribute> attributes;
  bool text = false;  ///< #PCDATA or ANY
  bool any = false;   ///< ANY: nothing is known about what stands inside
};

/// The declarations of one file. Not thread safe.
class Dtd {
 public:
  /// Returns what is wrong, nothing if all is well.
  std::optional<std::string> read(const std::string& path);
  /// Null if it is not declared.
  [[nodiscard]] const DtdElement* find(const std::string& name) const;

 private:
  void declare(std::string_view text);
  void declare_entity(std::string_view text);
  void declare_attributes(DtdElement& element, std::string_view text) const;
  [[nodiscard]] std::string expanded(std::string text) const;

  std::map<std::string, std::string> entities_;  // parameter entities, text
  std::map<std::string, DtdElement> elements_;
};

}  // namespace purser::layout
