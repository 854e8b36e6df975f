#include "gateway/administer/administration.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/access/check_keys.h"
#include "gateway/settings/quantity.h"

namespace purser::gateway {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view sections[] = {tenants_section, keys_section};

ChangeRefusal refused(StatusClass what, std::string code, std::string message) {
  return {{what, std::move(code), std::move(message)}, {}};
}

std::expected<std::vector<KeptRecord>, Status> all_records(Journal& journal) {
  std::vector<KeptRecord> all;
  for (const auto section : sections) {
    auto found = journal.records(std::string(section), {});
    if (!found) return std::unexpected(found.error());
    all.insert(all.end(), found->begin(), found->end());
  }
  return all;
}

// One file a tenant: {"keys": {"shop": {…}}}.
Administered files_of(const std::vector<KeptRecord>& records) {
  std::map<std::string, Json> files;
  for (const auto& record : records) {
    auto entry = Json::parse(record.content, nullptr, false);
    if (entry.is_object()) files[record.tenant][record.kind][record.name] = std::move(entry);
  }
  Administered out;
  for (const auto& [tenant, file] : files) out[tenant] = file.dump();
  return out;
}

std::string done(const Change& change, bool is_new) {
  const auto noun = change.section.substr(0, change.section.size() - 1);
  return noun + (change.content.empty() ? " removed" : is_new ? " made" : " changed");
}

}  // namespace

std::expected<Administered, Status> administered_entries(Journal& journal) {
  auto records = all_records(journal);
  if (!records) return std::unexpected(records.error());
  return files_of(*records);
}

std::expected<std::int64_t, Status> administered_stamp(Journal& journal) {
  std::int64_t sum = 0;
  for (const auto section : sections) {
    auto stamp = journal.records_stamp(std::string(section));
    if (!stamp) return std::unexpected(stamp.error());
    sum += *stamp;
  }
  return sum;
}

std::expected<std::int64_t, ChangeRefusal> administer(Journal& journal, const std::string& folder,
                                                      const Change& change) {
  if (const char* expected = form_expected("name", change.name))
    return std::unexpected(
        refused(StatusClass::invalid, "CONFIG-0026", fmt::format("a name has {}", expected)));
  auto records = all_records(journal);
  if (!records) return std::unexpected(ChangeRefusal{records.error(), {}});
  KeptRecord next{change.section, change.tenant, change.name, 0, change.content};
  auto old = std::ranges::find_if(*records, [&](const KeptRecord& one) {
    return one.kind == next.kind && one.tenant == next.tenant && one.name == next.name;
  });
  const bool is_new = old == records->end();
  next.version = is_new ? 0 : old->version;
  if (is_new && change.content.empty())
    return std::unexpected(refused(StatusClass::invalid, "CONFIG-0027", "there is no such entry to remove"));
  if (change.version && *change.version != next.version)
    return std::unexpected(
        refused(StatusClass::denied, "CONFIG-0025", "the entry is there, or was changed meanwhile"));
  if (!is_new) records->erase(old);
  if (!change.content.empty()) records->push_back(next);
  auto loaded = load_settings(folder, {}, files_of(*records));
  if (loaded.settings != nullptr) check_keys(*loaded.settings, loaded.report);
  if (loaded.report.has(Severity::error)) {
    auto refusal =
        refused(StatusClass::invalid, "CONFIG-0026", "the configuration would not be good with this entry");
    refusal.report = std::move(loaded.report);
    return std::unexpected(std::move(refusal));
  }
  const AuditNote note{change.who, done(change, is_new), change.name, change.tenant};
  auto version = journal.put_record(next, note);
  if (!version) return std::unexpected(ChangeRefusal{version.error(), {}});
  if (!*version)
    return std::unexpected(refused(StatusClass::denied, "CONFIG-0025", "the entry was changed meanwhile"));
  return **version;
}

}  // namespace purser::gateway
