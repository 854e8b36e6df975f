// The head of the chain, kept beside it: what shows that the end was cut off.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "gateway/message/message.h"
#include "gateway/port/file_system.h"

namespace purser::gateway {

/// Number and hash of the last entry.
struct AuditHead {
  std::int64_t sequence = 0;
  Sha256 hash{};
};

/// One line, "1042 9f86d0…". Replaces `path` atomically and syncs.
Outcome write_head(const std::string& path, const AuditHead& head, FileSystem& files);
/// Empty if there is no such file; AUDIT-0002 if it is not a head.
std::expected<std::optional<AuditHead>, Status> read_head(const std::string& path, FileSystem& files);

}  // namespace purser::gateway
