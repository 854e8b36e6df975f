#include <nlohmann/json.hpp>

#include "gateway/api/calls.h"
#include "gateway/api/json.h"
#include "gateway/api/problem.h"

namespace purser::gateway {

void show_live(Api& /*api*/, Call call) { call.respond(json_response("{\"status\":\"live\"}\n")); }

void show_ready(Api& api, Call call) {
  const bool answers = api.parts().journal.answers().has_value();
  Json json;
  json["status"] = answers ? "ready" : "not ready";
  json["configuration"]["version"] = call.configuration->settings->version;
  auto reload = api.parts().live.last_reload();
  if (reload.at != Instant{}) {
    json["configuration"]["last_reload"] = {{"at", text(reload.at)},
                                            {"result", reload.swapped ? "swapped" : "refused"},
                                            {"findings", reload.findings}};
  }
  auto response = json_response(dumped(json));
  if (!answers) response.status = 503;
  call.respond(std::move(response));
}

void show_metrics(Api& api, Call call) {
  Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = api.parts().counts.render();
  call.respond(std::move(response));
}

}  // namespace purser::gateway
