#include "plugins/line/host_table.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

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

namespace purser::plugin {
namespace {

constexpr std::size_t max_log_line = 4096;  // promised in log.h

// Services are ours, but nothing of ours may throw into a connector either.
template <class Work>
purser_status guarded(Work work) noexcept {
  try {
    return work();
  } catch (...) {
    return PURSER_DEFECT;
  }
}

}  // namespace

struct HostTable::Functions {
  static const HostTable& self(const purser_host* host) { return *static_cast<const Face*>(host)->self; }

  static Scope scope(const HostTable& table, const purser_request* request) {
    if (request == nullptr) return {table.connector_, {}, {}};
    return {table.connector_, from_abi(request->tenant), from_abi(request->partner)};
  }

  static purser_text settings_json(const purser_host* host) noexcept { return to_abi(self(host).settings_); }

  static size_t tables_count(const purser_host* host) noexcept { return self(host).tables_.size(); }
  static purser_text tables_name(const purser_host* host, size_t index) noexcept {
    const auto& tables = self(host).tables_;
    return index < tables.size() ? to_abi(tables[index].name) : purser_text{nullptr, 0};
  }
  static purser_text tables_text(const purser_host* host, size_t index) noexcept {
    const auto& tables = self(host).tables_;
    return index < tables.size() ? to_abi(tables[index].text) : purser_text{nullptr, 0};
  }

  static purser_status kv_get(const purser_host* host, const purser_request* request, purser_text key,
                              purser_kv_take take, void* context) noexcept {
    return guarded([&]() -> purser_status {
      if (key.size == 0 || key.size > PURSER_KV_MAX_KEY || take == nullptr) return PURSER_DEFECT;
      const auto found = self(host).services_.get(scope(self(host), request), from_abi(key));
      if (!found) return to_abi(found.error().what);
      if (*found) take(context, to_abi((*found)->value), (*found)->revision);
      return PURSER_OK;
    });
  }
  static purser_status kv_set(const purser_host* host, const purser_request* request, purser_text key,
                              purser_text value, uint64_t* revision, uint32_t* stored) noexcept {
    return guarded([&]() -> purser_status {
      if (key.size == 0 || key.size > PURSER_KV_MAX_KEY || value.size > PURSER_KV_MAX_VALUE)
        return PURSER_DEFECT;
      HostServices& services = self(host).services_;
      const auto done =
          services.compare_and_set(scope(self(host), request), from_abi(key), from_abi(value), *revision);
      if (!done) return to_abi(done.error().what);
      *stored = done->has_value() ? 1 : 0;
      if (*done) {
        *revision = **done;
        return PURSER_OK;
      }
      const auto found = services.get(scope(self(host), request), from_abi(key));
      if (!found) return to_abi(found.error().what);
      *revision = *found ? (*found)->revision : 0;
      return PURSER_OK;
    });
  }

  static purser_status sequence_next(const purser_host* host, const purser_request* request, purser_text name,
                                     uint64_t last, uint64_t* number) noexcept {
    return guarded([&]() -> purser_status {
      if (name.size == 0 || name.size > PURSER_KV_MAX_KEY) return PURSER_DEFECT;
      const auto next = self(host).services_.next(scope(self(host), request), from_abi(name), last);
      if (!next) return to_abi(next.error().what);
      *number = *next;
      return PURSER_OK;
    });
  }

  static void log_write(const purser_host* host, const purser_request* request, uint32_t severity,
                        purser_text line) noexcept {
    guarded([&]() -> purser_status {
      const auto clamped = std::clamp<uint32_t>(severity, PURSER_INFO, PURSER_FATAL);
      self(host).services_.log(scope(self(host), request), static_cast<Severity>(clamped),
                               from_abi(line).substr(0, max_log_line));
      return PURSER_OK;
    });
  }

  static void metrics_add(const purser_host* host, purser_text name, uint64_t amount) noexcept {
    guarded([&]() -> purser_status {
      self(host).services_.count(self(host).connector_, from_abi(name).substr(0, PURSER_KV_MAX_KEY), amount);
      return PURSER_OK;
    });
  }

  static int64_t clock_now(const purser_host* host) noexcept {
    std::int64_t now = 0;
    guarded([&]() -> purser_status {
      now = self(host).services_.now();
      return PURSER_OK;
    });
    return now;
  }

  static purser_status secret_with(const purser_host* host, const purser_request* request, purser_text name,
                                   purser_secret_use use, void* context) noexcept {
    return guarded([&]() -> purser_status {
      if (use == nullptr) return PURSER_DEFECT;
      const bool there =
          self(host).services_.with_secret(scope(self(host), request), from_abi(name),
                                           [&](std::string_view secret) { use(context, to_abi(secret)); });
      return there ? PURSER_OK : PURSER_DENIED;
    });
  }

  static uint32_t codelist_contains(const purser_host* host, purser_text list, purser_text code) noexcept {
    uint32_t answer = PURSER_CODE_LIST_UNKNOWN;
    guarded([&]() -> purser_status {
      const auto there = self(host).services_.on_code_list(from_abi(list), from_abi(code));
      if (there) answer = *there ? PURSER_CODE_PRESENT : PURSER_CODE_ABSENT;
      return PURSER_OK;
    });
    return answer;
  }

  static const void* extension(const purser_host* /*host*/, const char* id) noexcept {
    static constexpr purser_settings settings = {sizeof settings, 0, settings_json};
    static constexpr purser_tables tables = {sizeof tables, 0, tables_count, tables_name, tables_text};
    static constexpr purser_kv kv = {sizeof kv, 0, kv_get, kv_set};
    static constexpr purser_sequence sequence = {sizeof sequence, 0, sequence_next};
    static constexpr purser_log log = {sizeof log, 0, log_write};
    static constexpr purser_metrics metrics = {sizeof metrics, 0, metrics_add};
    static constexpr purser_clock clock = {sizeof clock, 0, clock_now};
    static constexpr purser_secret secret = {sizeof secret, 0, secret_with};
    static constexpr purser_codelist codelist = {sizeof codelist, 0, codelist_contains};
    static constexpr std::pair<std::string_view, const void*> all[] = {
        {PURSER_SETTINGS_1, &settings}, {PURSER_TABLES_1, &tables}, {PURSER_KV_1, &kv},
        {PURSER_SEQUENCE_1, &sequence}, {PURSER_LOG_1, &log},       {PURSER_METRICS_1, &metrics},
        {PURSER_CLOCK_1, &clock},       {PURSER_SECRET_1, &secret}, {PURSER_CODELIST_1, &codelist}};
    for (const auto& [name, table] : all)
      if (id != nullptr && name == id) return table;
    return nullptr;
  }
};

HostTable::HostTable(std::string connector, std::string settings, std::vector<NamedText> tables,
                     HostServices& services)
    : face_{{PURSER_ABI_MAJOR, PURSER_ABI_MINOR, sizeof(purser_host), 0, Functions::extension}, this},
      connector_(std::move(connector)),
      settings_(settings.empty() ? "{}" : std::move(settings)),
      tables_(std::move(tables)),
      services_(services) {}

}  // namespace purser::plugin
