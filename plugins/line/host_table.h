// The host's side of the extensions: HostServices behind the C tables.
#pragma once

#include <string>
#include <vector>

#include "plugins/abi/purser.h"
#include "plugins/line/request.h"
#include "plugins/line/services.h"

namespace purser::plugin {

/// What a connector gets as purser_host. Settings and tables stay as they are while it lives. [any]
class HostTable {
 public:
  HostTable(std::string connector, std::string settings, std::vector<NamedText> tables,
            HostServices& services);
  HostTable(const HostTable&) = delete;
  HostTable& operator=(const HostTable&) = delete;
  [[nodiscard]] const purser_host* get() const { return &face_; }

 private:
  struct Face : purser_host {  // what the C side sees, with the way back
    const HostTable* self;
  };
  struct Functions;

  Face face_;
  std::string connector_;
  std::string settings_;
  std::vector<NamedText> tables_;
  HostServices& services_;
};

}  // namespace purser::plugin
