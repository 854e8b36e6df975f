#include "gateway/journal/transfer_tables.h"

#include <fmt/format.h>

namespace purser::gateway::transfer {
namespace {

constexpr auto number = Kind::number;
constexpr auto words = Kind::text;
constexpr auto blob = Kind::blob;

const Table audit_head_table = {"audit_head",
                                1,
                                {{"chain", number},
                                 {"name", words},
                                 {"sequence", number},
                                 {"hash", blob},
                                 {"last_id", number},
                                 {"commits", number}},
                                {}};
const Table audit_table = {"audit",
                           2,
                           {{"chain", number},
                            {"sequence", number},
                            {"at", number},
                            {"who", words},
                            {"what", words},
                            {"message", number},
                            {"delivery", number},
                            {"why", words},
                            {"hash", blob},
                            {"tenant", words}},
                           {}};
const Table message_table = {"message",
                             1,
                             {{"id", number},
                              {"tenant", words},
                              {"state", number},
                              {"received", number},
                              {"source", words},
                              {"partner", words},
                              {"credential", words},
                              {"format", words},
                              {"media_type", words},
                              {"file_name", words},
                              {"reject_invalid", number},
                              {"body_file", number},
                              {"body_offset", number},
                              {"body_length", number},
                              {"hash", blob},
                              {"documents", number},
                              {"type", number},
                              {"number", words},
                              {"stopped", number},
                              {"only_undelivered", number},
                              {"settled", number},
                              {"why", words},
                              {"resubmits", number},
                              {"leaves_out", number},
                              {"body_seal", number}},
                             {11},
                             24};
const Table document_table = {"document",
                              2,
                              {{"message", number},
                               {"ordinal", number},
                               {"type", number},
                               {"number", words},
                               {"canonical_file", number},
                               {"canonical_offset", number},
                               {"canonical_length", number},
                               {"keys", words},
                               {"findings_dropped", number},
                               {"losses_dropped", number},
                               {"canonical_seal", number}},
                              {4},
                              10};
const Table document_key_table = {
    "document_key",
    5,
    {{"value", words}, {"kind", words}, {"tenant", words}, {"message", number}, {"ordinal", number}},
    {}};
const Table finding_table = {"finding",
                             3,
                             {{"message", number},
                              {"ordinal", number},
                              {"sequence", number},
                              {"code", words},
                              {"severity", number},
                              {"content", words}},
                             {}};
const Table loss_table = {
    "loss", 3, {{"message", number}, {"ordinal", number}, {"sequence", number}, {"content", words}}, {}};
const Table delivery_table = {"delivery",
                              1,
                              {{"id", number},
                               {"message", number},
                               {"document", number},
                               {"state", number},
                               {"route", words},
                               {"target", words},
                               {"lane", words},
                               {"connector", words},
                               {"format", words},
                               {"due", number},
                               {"first_due", number},
                               {"attempts", number},
                               {"in_lane", number},
                               {"blocked", number},
                               {"held_until", number},
                               {"fence", number},
                               {"encoded_file", number},
                               {"encoded_offset", number},
                               {"encoded_length", number},
                               {"code", words},
                               {"finding", words},
                               {"encoded_seal", number}},
                              {16},
                              21};
const Table attempt_table = {"attempt",
                             2,
                             {{"delivery", number},
                              {"number", number},
                              {"started", number},
                              {"took", number},
                              {"answer", number},
                              {"detail", words}},
                             {}};
const Table idempotency_table = {
    "idempotency",
    3,
    {{"scope", words}, {"key", words}, {"tenant", words}, {"hash", blob}, {"message", number}},
    {}};
const Table expectation_table = {"expectation",
                                 2,
                                 {{"delivery", number},
                                  {"awaited", number},
                                  {"tenant", words},
                                  {"message", number},
                                  {"partner", words},
                                  {"within", number},
                                  {"due", number},
                                  {"state", number},
                                  {"answer", number},
                                  {"answered", number}},
                                 {}};
const Table expectation_key_table = {
    "expectation_key", 3, {{"value", words}, {"delivery", number}, {"awaited", number}}, {}};
const Table timer_table = {"timer", 1, {{"name", words}, {"payload", words}, {"due", number}}, {}};
const Table sequence_table = {"sequence", 1, {{"name", words}, {"next", number}}, {}};
const Table kv_table = {"kv", 1, {{"key", words}, {"value", blob}}, {}};
const Table record_table = {
    "record",
    3,
    {{"kind", words}, {"tenant", words}, {"name", words}, {"version", number}, {"content", words}},
    {}};
const Table tenant_key_table = {"tenant_key",
                                1,
                                {{"id", number},
                                 {"tenant", words},
                                 {"state", number},
                                 {"created", number},
                                 {"ended", number},
                                 {"master", words},
                                 {"wrapped", blob}},
                                {}};

}  // namespace

const std::vector<Table>& tables() {
  static const std::vector<Table> all = {
      audit_head_table, audit_table,    message_table,  document_table, document_key_table,
      finding_table,    loss_table,     delivery_table, attempt_table,  idempotency_table,
      expectation_table, expectation_key_table, timer_table, sequence_table, kv_table, record_table,
      tenant_key_table};
  return all;
}

std::string column_names(const Table& table, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += (i == 0 ? "" : ", ") + std::string(table.columns[i].name);
  return out;
}

std::string marks(std::size_t count) {
  std::string out = "?";
  for (std::size_t i = 1; i < count; ++i) out += ",?";
  return out;
}

}  // namespace purser::gateway::transfer
