// Findings, losses and keys as they are stored: compact JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/journal/sealing.h"
#include "gateway/message/message.h"

namespace purser::gateway {

std::string pack(const Finding& finding);
std::string pack(const Loss& loss);
std::string pack(const std::vector<Key>& keys);
/// How one key stands there: a text that has it contains this, and no other does. Kind empty: of any kind.
std::string packed(std::string_view kind, std::string_view value);
/// What was packed before; members that are missing keep their defaults. [any]
Finding unpack_finding(std::string_view content);
Loss unpack_loss(std::string_view content);
/// The same of what may be sealed. What cannot be opened says why in its place.
Finding unpack_finding(std::string_view content, Sealing& sealing);
Loss unpack_loss(std::string_view content, Sealing& sealing);

std::vector<Key> unpack_keys(std::string_view content);

}  // namespace purser::gateway
