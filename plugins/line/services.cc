#include "plugins/line/services.h"

#include <chrono>
#include <utility>

namespace purser::plugin {
namespace {

std::unexpected<Status> absent(std::string_view service) {
  return std::unexpected(
      Status{StatusClass::defect, "HOST-0020", "this host offers no " + std::string(service)});
}

}  // namespace

std::expected<std::optional<StoredValue>, Status> HostServices::get(const Scope& /*scope*/,
                                                                    std::string_view /*key*/) {
  return absent("key-value store");
}

std::expected<std::optional<std::uint64_t>, Status> HostServices::compare_and_set(
    const Scope& /*scope*/, std::string_view /*key*/, std::string_view /*value*/,
    std::uint64_t /*revision*/) {
  return absent("key-value store");
}

std::expected<std::uint64_t, Status> HostServices::next(const Scope& /*scope*/, std::string_view /*sequence*/,
                                                        std::uint64_t /*last*/) {
  return absent("sequences");
}

bool HostServices::with_secret(const Scope& /*scope*/, std::string_view /*name*/,
                               const std::function<void(std::string_view)>& /*use*/) {
  return false;
}

void HostServices::log(const Scope& /*scope*/, Severity /*severity*/, std::string_view /*line*/) {}

void HostServices::count(std::string_view /*connector*/, std::string_view /*metric*/,
                         std::uint64_t /*amount*/) {}

std::optional<bool> HostServices::on_code_list(std::string_view /*list*/, std::string_view /*code*/) {
  return std::nullopt;
}

std::int64_t NoServices::now() {
  using std::chrono::nanoseconds;
  return std::chrono::duration_cast<nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace purser::plugin
