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

void encode(const AuditEntry& entry, std::string& out) {
  put(out, entry.sequence);
  put(out, to_number(entry.at));
  put(out, entry.who);
  put(out, entry.what);
  put(out, entry.message.value);
  put(out, entry.delivery.value);
  put(out, entry.why);
  // Those of the default tenant encode as they did before there were others.
  if (entry.tenant != default_tenant) put(out, entry.tenant);
}

Sha256 chain_hash(const Sha256& previous, const AuditEntry& entry) {
  thread_local std::string encoded;
  encoded.assign(previous.begin(), previous.end());
  encode(entry, encoded);
  return sha256(encoded);
}

}  // namespace purser::gateway
