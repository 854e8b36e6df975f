#include <type_traits>

#include "plugins/abi/clock.h"
#include "plugins/abi/codelist.h"
#include "plugins/abi/kv.h"
#include "plugins/abi/log.h"
#include "plugins/abi/metrics.h"
#include "plugins/abi/secret.h"
#include "plugins/abi/sequence.h"
#include "plugins/abi/settings.h"
#include "plugins/abi/tables.h"
#include "plugins/line/convert.h"
#include "plugins/sdk/connector.h"

namespace purser::sdk {
namespace {

using plugin::AbiRequest;
using plugin::from_abi;
using plugin::to_abi;

template <class Table>
const Table* find(const purser_host* host, const char* id) {
  return static_cast<const Table*>(host->extension(host, id));
}

std::unexpected<Status> failed(purser_status status, std::string_view what) {
  return std::unexpected(
      Status{plugin::class_of(status), "HOST-0020", "the host refused: " + std::string(what)});
}

}  // namespace

std::string_view Host::settings() const {
  const auto* table = find<purser_settings>(host_, PURSER_SETTINGS_1);
  return table == nullptr ? std::string_view("{}") : from_abi(table->json(host_));
}

std::vector<TableText> Host::tables() const {
  std::vector<TableText> result;
  const auto* table = find<purser_tables>(host_, PURSER_TABLES_1);
  const std::size_t count = table == nullptr ? 0 : table->count(host_);
  for (std::size_t i = 0; i < count; ++i)
    result.push_back({from_abi(table->name(host_, i)), from_abi(table->text(host_, i))});
  return result;
}

std::int64_t Host::now() const {
  const auto* table = find<purser_clock>(host_, PURSER_CLOCK_1);
  return table == nullptr ? 0 : table->now(host_);
}

void Host::log(Severity severity, std::string_view line) const {
  if (const auto* table = find<purser_log>(host_, PURSER_LOG_1))
    table->write(host_, nullptr, static_cast<std::uint32_t>(severity), to_abi(line));
}

void Host::count(std::string_view metric, std::uint64_t amount) const {
  if (const auto* table = find<purser_metrics>(host_, PURSER_METRICS_1))
    table->add(host_, to_abi(metric), amount);
}

std::expected<std::uint64_t, Status> Host::next(const Request& request, std::string_view sequence,
                                                std::uint64_t last) const {
  const auto* table = find<purser_sequence>(host_, PURSER_SEQUENCE_1);
  if (table == nullptr) return failed(PURSER_DEFECT, PURSER_SEQUENCE_1);
  std::uint64_t number = 0;
  const AbiRequest abi(request);
  const purser_status status = table->next(host_, abi.get(), to_abi(sequence), last, &number);
  if (status != PURSER_OK) return failed(status, "the next number of a sequence");
  return number;
}

std::expected<std::optional<StoredValue>, Status> Host::get(const Request& request,
                                                            std::string_view key) const {
  const auto* table = find<purser_kv>(host_, PURSER_KV_1);
  if (table == nullptr) return failed(PURSER_DEFECT, PURSER_KV_1);
  std::optional<StoredValue> found;
  const AbiRequest abi(request);
  const purser_kv_take take = [](void* context, purser_text value, uint64_t revision) {
    *static_cast<std::optional<StoredValue>*>(context) = StoredValue{std::string(from_abi(value)), revision};
  };
  const purser_status status = table->get(host_, abi.get(), to_abi(key), take, &found);
  if (status != PURSER_OK) return failed(status, "a stored value");
  return found;
}

std::expected<std::optional<std::uint64_t>, Status> Host::compare_and_set(const Request& request,
                                                                          std::string_view key,
                                                                          std::string_view value,
                                                                          std::uint64_t revision) const {
  const auto* table = find<purser_kv>(host_, PURSER_KV_1);
  if (table == nullptr) return failed(PURSER_DEFECT, PURSER_KV_1);
  std::uint32_t stored = 0;
  const AbiRequest abi(request);
  const purser_status status =
      table->compare_and_set(host_, abi.get(), to_abi(key), to_abi(value), &revision, &stored);
  if (status != PURSER_OK) return failed(status, "to store a value");
  if (stored == 0) return std::optional<std::uint64_t>();
  return std::optional<std::uint64_t>(revision);
}

bool Host::with_secret(const Request& request, std::string_view name,
                       const std::function<void(std::string_view)>& use) const {
  const auto* table = find<purser_secret>(host_, PURSER_SECRET_1);
  if (table == nullptr) return false;
  struct Taken {
    const std::function<void(std::string_view)>& use;
    bool good;
  } taken{use, false};
  const purser_secret_use take = [](void* context, purser_text secret) {
    auto& to = *static_cast<Taken*>(context);
    try {
      to.use(from_abi(secret));
      to.good = true;
    } catch (...) {  // must not cross the host's frame; the caller sees false
    }
  };
  const AbiRequest abi(request);
  return table->with(host_, abi.get(), to_abi(name), take, &taken) == PURSER_OK && taken.good;
}

std::optional<bool> Host::on_code_list(std::string_view list, std::string_view code) const {
  const auto* table = find<purser_codelist>(host_, PURSER_CODELIST_1);
  const std::uint32_t answer =
      table == nullptr ? PURSER_CODE_LIST_UNKNOWN : table->contains(host_, to_abi(list), to_abi(code));
  if (answer == PURSER_CODE_LIST_UNKNOWN) return std::nullopt;
  return answer == PURSER_CODE_PRESENT;
}

}  // namespace purser::sdk
