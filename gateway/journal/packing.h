// Findings, losses and keys as they are stored: compact JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/message/message.h"

namespace purser::gateway {

std::string pack(const Finding& finding);
std::string pack(const Loss& loss);
std::string pack(const std::vector<Key>& keys);
/// What was packed before; members that are missing keep their defaults. [any]
Finding unpack_finding(std::string_view content);
Loss unpack_loss(std::string_view content);
std::vector<Key> unpack_keys(std::string_view content);

}  // namespace purser::gateway
