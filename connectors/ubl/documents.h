// The UBL documents this connector knows, and which table serves each.
#pragma once

#include <span>
#include <string_view>

#include "canonical/spec/descriptor.h"

namespace purser::ubl {

/// A document type of UBL 2. Static storage.
struct Document {
  std::string_view root;   ///< local name of the root element: "CreditNote"
  std::string_view space;  ///< its namespace
  std::string_view table;  ///< file below tables/
  DocumentType type;       ///< what it becomes
};

/// All of them; a canonical document is written as the first that fits its type. [any]
std::span<const Document> documents();
/// Null if there is none. An empty `space` matches by name alone. [any]
const Document* find_document(std::string_view root, std::string_view space = {});

/// The version the tables' layout follows; each 2.x accepts what the older ones allow.
inline constexpr std::string_view layout_version = "2.4";

}  // namespace purser::ubl
