#include "gateway/api/deprecation.h"

#include <algorithm>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "gateway/api/configuration.h"
#include "gateway/api/endpoint.h"

namespace purser::gateway {

Respond telling_of_deprecation(const Call& call, Respond respond) {
  const auto& all = call.configuration->settings->deprecated;
  const auto found = std::ranges::find(all, call.endpoint->operation, &Deprecation::operation);
  if (found == all.end()) return respond;
  return [told = *found, respond = std::move(respond)](Response response) mutable {
    auto& fields = response.headers;
    fields.emplace_back("Deprecation", fmt::format("@{}", told.since.time_since_epoch().count()));
    if (told.sunset) fields.emplace_back("Sunset", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", *told.sunset));
    if (!told.link.empty()) fields.emplace_back("Link", fmt::format("<{}>; rel=\"deprecation\"", told.link));
    respond(std::move(response));
  };
}

}  // namespace purser::gateway
