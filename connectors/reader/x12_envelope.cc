#include "connectors/reader/x12_envelope.h"

#include <algorithm>

namespace purser::x12 {
namespace {

struct GroupOf {
  std::string_view transaction, group;
};

// Data element 479 for the transaction sets of procurement and their acknowledgements.
constexpr GroupOf groups[] = {{"810", "IN"}, {"820", "RA"}, {"824", "AG"}, {"832", "SC"}, {"840", "RQ"},
                              {"843", "RR"}, {"846", "IB"}, {"850", "PO"}, {"855", "PR"}, {"856", "SH"},
                              {"857", "BS"}, {"860", "PC"}, {"861", "RC"}, {"862", "SS"}, {"865", "CA"},
                              {"997", "FA"}, {"999", "FA"}};

}  // namespace

bool has_repetitions(std::string_view isa_version) {
  return isa_version.size() == 5 && isa_version >= "00402";
}

std::string_view group_of(std::string_view transaction_type) {
  const auto* found = std::ranges::find(groups, transaction_type, &GroupOf::transaction);
  return found == std::end(groups) ? std::string_view{} : found->group;
}

}  // namespace purser::x12
