// Which of several messages a root holds, told by what stands below it. Internal.
#pragma once

#include <string_view>

namespace purser::table {

/// What is met on the way through a document that is not known yet. `path`: the open element below the root
/// in the layout's names, "" the root itself; for an attribute "…/@name".
struct Met {
  enum class What { open, value, end };
  What what;
  std::string_view path;
  std::string_view text = {};  ///< of a value
};

/// True if what is met is one of the alternatives of XmlDocument::inside. [any]
bool tells(std::string_view inside, const Met& met);

/// True if the beginning of a document seems to hold one of the alternatives: a guess by names and quoted
/// values. [any]
bool seems_inside(std::string_view inside, std::string_view prefix);

}  // namespace purser::table
