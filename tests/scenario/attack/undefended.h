// Defences taken away, so that each attack is first seen to work. The seam is the linker's (--wrap,
// CMakeLists.txt): in this test program alone, calls of a defence come here; the product has no switch, and
// is linked as it is.
#pragma once

#include <atomic>
#include <cstdint>

namespace purser::gateway::testing {

/// What a gateway would do that lacks it stands with each.
enum class Defence : std::uint8_t {
  framing,        ///< requests' heads go to the parser as they come
  addresses,      ///< outgoing calls connect to wherever a name leads
  constant_time,  ///< secrets are compared by ==
  receipts,       ///< a webhook that came before counts as a new one
  algorithms,     ///< a token's `alg` decides how it is verified, and with any key there is
  rates,          ///< nobody is counted
  ownership,      ///< whose documents one sees is what one says: the field Purser-Tenant, and any partner's
  functions,      ///< whoever is known may do everything
  signed_ids,     ///< the id that GitHub's header names counts, though nobody signed it
  silence,        ///< who is refused is told why
  headers         ///< any page may read an answer, frame it and guess what it is
};

/// Without one defence for as long as it lives. One at a time.
class Without {
 public:
  explicit Without(Defence defence);
  ~Without();
  Without(const Without&) = delete;
  Without& operator=(const Without&) = delete;
};

}  // namespace purser::gateway::testing
