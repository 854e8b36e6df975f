// The language that the DTD wants with names and words.
#pragma once

#include <memory>

#include "canonical/map/syntax.h"

namespace purser::cxml {

/// Writing: gives elements whose xml:lang the DTD requires the language of the document, "en" where it has
/// none.
std::unique_ptr<map::SyntaxSink> write_languages(map::SyntaxSink& next);

}  // namespace purser::cxml
