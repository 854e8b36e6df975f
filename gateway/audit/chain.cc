#include <string>

#include "gateway/audit/audit.h"

namespace purser::gateway {
namespace {

void put(std::string& out, std::int64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8)
    out += static_cast<char>(static_cast<std::uint64_t>(number) >> shift);
}

void put(std::string& out, std::string_view text) {
  put(out, static_cast<std::int64_t>(text.size()));
  out += text;
}

}  // namespace

Sha256 chain_hash(const Sha256& previous, const AuditEntry& entry) {
  thread_local std::string encoded;
  encoded.assign(previous.begin(), previous.end());
  put(encoded, entry.sequence);
  put(encoded, to_number(entry.at));
  put(encoded, entry.who);
  put(encoded, entry.what);
  put(encoded, entry.message.value);
  put(encoded, entry.delivery.value);
  put(encoded, entry.why);
  // Those of the default tenant encode as they did before there were others.
  if (entry.tenant != default_tenant) put(encoded, entry.tenant);
  return sha256(encoded);
}

}  // namespace purser::gateway
