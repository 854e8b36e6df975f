#include "gateway/postgres/result.h"

#include <libpq-fe.h>

namespace purser::gateway {

SqlFault fault_of(std::string_view state) {
  // Serialization, deadlock, a unique key that another transaction took, a lock that took too long.
  if (state == "40001" || state == "40P01" || state == "23505" || state == "55P03") return SqlFault::again;
  const std::string_view group = state.substr(0, 2);
  // Connection, resources, operator intervention, system, read-only transaction (a standby).
  if (state.empty() || group == "08" || group == "53" || group == "57" || group == "58" || state == "25006" ||
      state == "25P03") {
    return SqlFault::unavailable;
  }
  return SqlFault::defect;
}

bool has_failed(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_FATAL_ERROR || status == PGRES_PIPELINE_ABORTED;
}

std::int64_t number_of(std::string_view bytes) {
  if (bytes.empty()) return 0;
  auto out = static_cast<std::int64_t>(static_cast<signed char>(bytes[0]));
  for (const char byte : bytes.substr(1)) out = out * 256 + static_cast<unsigned char>(byte);
  return out;
}

std::string trimmed(const char* message) {
  std::string out = message == nullptr ? "" : message;
  while (!out.empty() && out.back() == '\n') out.pop_back();
  for (char& c : out) {
    if (c == '\n') c = ' ';
  }
  return out;
}

}  // namespace purser::gateway
