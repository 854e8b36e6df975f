#include "canonical/acknowledge/error_key.h"

#include <algorithm>
#include <array>

namespace purser::acknowledge {
namespace {

struct Row {
  std::string_view finding;
  std::string_view key;
};

// In order of the codes, so that a row is easily found and none stands twice.
constexpr std::array rows = {
    Row{"EDIFACT-0002", "missing"},               // UNB
    Row{"EDIFACT-0003", "missing"},               // the rest of a segment
    Row{"EDIFACT-0004", "invalid_advice"},        // UNA
    Row{"EDIFACT-0005", "unknown_segment"},       //
    Row{"EDIFACT-0006", "unsupported_envelope"},  // UIB, UNO
    Row{"EDIFACT-0007", "character_set"},         //
    Row{"EDIFACT-0008", "character_not_in_set"},  //
    Row{"EDIFACT-0009", "character_not_in_set"},  //
    Row{"EDIFACT-0010", "character_not_in_set"},  //
    Row{"EDIFACT-0012", "too_long"},              //
    Row{"EDIFACT-0013", "count_differs"},         // UNT
    Row{"EDIFACT-0014", "reference_differs"},     // UNT
    Row{"EDIFACT-0015", "count_differs"},         // UNZ
    Row{"EDIFACT-0016", "reference_differs"},     // UNZ
    Row{"EDIFACT-0017", "count_differs"},         // UNE
    Row{"EDIFACT-0018", "reference_differs"},     // UNE
    Row{"EDIFACT-0019", "duplicate"},             // UNH
    Row{"EDIFACT-0020", "missing"},               // UNT
    Row{"EDIFACT-0021", "missing"},               // UNZ
    Row{"EDIFACT-0022", "missing"},               // UNE
    Row{"EDIFACT-0023", "outside_message"},       //
    Row{"EDIFACT-0024", "missing"},               // UNH.0065
    Row{"EDIFACT-0025", "character_set"},         //
    Row{"EDIFACT-0026", "character_not_in_set"},  //
    Row{"EDIFACT-0051", "unsupported_message"},   // UNH.0065
    Row{"MAP-0001", "missing"},                   //
    Row{"MAP-0002", "invalid_value"},             //
    Row{"MAP-0003", "unknown_code"},              //
    Row{"MAP-0004", "dependency"},                //
    Row{"MAP-0007", "too_long"},                  //
    Row{"MAP-0010", "unexpected_segment"},        //
    Row{"MAP-0011", "missing_segment"},           //
    Row{"MAP-0012", "too_many_segments"},         //
    Row{"MAP-0013", "unknown_code"},              //
    Row{"MAP-0014", "missing"},                   //
    Row{"MAP-0015", "dependency"},                //
    Row{"MAP-0016", "too_many_elements"},         //
    Row{"MAP-0017", "too_short"},                 //
    Row{"MAP-0018", "too_long"},                  //
    Row{"MAP-0019", "invalid_character"},         //
    Row{"MAP-0024", "invalid_date"},              //
    Row{"MAP-0025", "invalid_time"},              //
    Row{"MAP-0026", "too_many_repetitions"},      //
    Row{"MAP-0027", "too_many_components"},       //
    Row{"MAP-0028", "exclusion"},                 //
    Row{"TABLE-0017", "count_differs"},           // CNT, CTT
    Row{"X12-0004", "invalid_header"},            // ISA
    Row{"X12-0005", "component_separator"},       // ISA
    Row{"X12-0006", "missing"},                   // the rest of a segment
    Row{"X12-0007", "unknown_segment"},           //
    Row{"X12-0008", "invalid_character"},         //
    Row{"X12-0009", "invalid_character"},         //
    Row{"X12-0010", "invalid_character"},         //
    Row{"X12-0012", "too_long"},                  //
    Row{"X12-0013", "count_differs"},             // SE
    Row{"X12-0014", "reference_differs"},         // SE
    Row{"X12-0015", "count_differs"},             // IEA
    Row{"X12-0016", "reference_differs"},         // IEA
    Row{"X12-0017", "count_differs"},             // GE
    Row{"X12-0018", "reference_differs"},         // GE
    Row{"X12-0019", "duplicate"},                 // ST, GS
    Row{"X12-0020", "missing"},                   // SE
    Row{"X12-0021", "missing"},                   // IEA
    Row{"X12-0022", "missing"},                   // GE
    Row{"X12-0023", "outside_message"},           //
    Row{"X12-0024", "missing"},                   // ST.01
    Row{"X12-0025", "invalid_value"},             // BIN, BDS
    Row{"X12-0026", "missing"},                   // GS
    Row{"X12-0027", "unsupported_group"},         // GS.01
    Row{"X12-0028", "invalid_value"},             // ISA, GS
    Row{"X12-0029", "invalid_character"},         //
    Row{"X12-0050", "unsupported_version"},       // GS.08
    Row{"X12-0051", "unsupported_message"},       // ST.01
};
static_assert(std::ranges::is_sorted(rows, {}, &Row::finding));

}  // namespace

std::string_view error_key(std::string_view finding_code) {
  const auto* found = std::ranges::lower_bound(rows, finding_code, {}, &Row::finding);
  return found != rows.end() && found->finding == finding_code ? found->key : std::string_view{};
}

}  // namespace purser::acknowledge
