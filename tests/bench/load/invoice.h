// The document that the load bench sends: a UBL invoice of about 10 KB, every one with a number of its own.
#pragma once

#include <cstdint>
#include <string>

namespace purser::bench {

std::string invoice(std::uint64_t number);

}  // namespace purser::bench
