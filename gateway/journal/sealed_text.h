// Texts that lie in columns and say what documents say: findings, losses, answers of targets.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "gateway/journal/sealing.h"

namespace purser::gateway {

/// A text as it is kept: a mark and base64 if the tenant's are sealed, else as it is. What failed is in the
/// sealer.
std::string seal_text(Sealer& sealer, const std::string& tenant, std::string text);
/// The text again. SEAL-0003 if it was changed, besides what Sealing::to_open answers. [any]
std::expected<std::string, Status> open_text(Sealing& sealing, std::string_view kept);

}  // namespace purser::gateway
