// What others need for the same bytes: measured in the same run, so that ratios mean something.
#pragma once

#include <cstdint>
#include <string_view>

namespace purser::bench {

/// Looks at every byte once, as the quickest search there is (memchr for a byte that does not occur).
std::uint64_t scan(std::string_view text);

/// Parses with pugixml and walks by hand to canonical JSON: an invoice or order of UBL with the fields that
/// canonical_document.h gives it. What one would write without a mapping engine, and without positions,
/// findings, losses, code checks and streaming. The JSON's size; 0 if the text is refused.
std::uint64_t pugixml_walk(std::string_view ubl);

/// pugixml's tree alone. 0 if the text is refused.
std::uint64_t pugixml_parse(std::string_view xml);

/// libxml2's SAX2 with handlers that do nothing but count. 0 if the text is refused.
std::uint64_t libxml2_sax(std::string_view xml);

}  // namespace purser::bench
