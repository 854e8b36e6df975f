// One document held against the XML Schema of its root element, as its bytes come.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "canonical/finding/finding.h"
#include "gateway/xsd/xml_schemas.h"

namespace purser::gateway {

/// What a source wants of its documents.
struct XsdWish {
  std::shared_ptr<const XmlSchemas> schemas;
  bool strict = false;  ///< a misfit is an error; else a warning
};

/// Push parser: feed() with piece after piece, finish() once. XSD-0001 for each misfit, XSD-0002 if there is
/// no schema for the root, XSD-0003 for a DOCTYPE or what is no XML; strict as errors, else as warnings.
/// [serial]
class XsdCheck {
 public:
  static constexpr std::size_t max_findings = 100;  ///< reading stops there: more helps nobody

  explicit XsdCheck(const XsdWish& wish);
  ~XsdCheck();
  void feed(std::string_view bytes);
  /// `whole` is false if the bytes did not all come: nothing is said about the end then.
  std::vector<Finding> finish(bool whole);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace purser::gateway
