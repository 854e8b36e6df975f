// Who calls, once it is proved.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/message/tenant.h"

namespace purser::gateway {

/// Immutable once made.
struct Caller {
  std::string name;                    ///< for the audit trail and the limits: "key:shop", "token:corp/alice"
  std::string partner;                 ///< sees and sends only this partner's documents; empty: all
  std::vector<std::string> sources;    ///< may post to these; empty: all
  std::vector<std::string> scopes;     ///< "documents:write"; the configuration's schema lists them all
  std::string tenant{default_tenant};  ///< sees and sends only this tenant's documents

  [[nodiscard]] bool has_scope(std::string_view scope) const {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
  }
  [[nodiscard]] bool may_post_to(std::string_view source) const {
    return sources.empty() || std::find(sources.begin(), sources.end(), source) != sources.end();
  }
};

}  // namespace purser::gateway
