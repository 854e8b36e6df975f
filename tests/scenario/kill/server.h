// The installed server with one way in and one way out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/scenario/kill/child.h"

namespace purser::gateway {

/// Writes a configuration with one HTTP source and one HTTP target, in lanes by order; gives the API key.
/// `more` is put behind the target's settings (", breaker: {…}").
std::string configure(const std::string& folder, const std::string& url, const std::string& more = {});
/// `purser serve` on FOLDER/config and FOLDER/data.
std::vector<std::string> serve_command(const std::string& folder);
/// Port out of "Purser listens on http://127.0.0.1:PORT"; 0 if the server ended.
std::uint16_t port_of(Child& server);
bool all_delivered(const std::string& data, int documents);

}  // namespace purser::gateway
