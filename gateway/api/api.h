// The gateway's HTTP interface.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "gateway/api/call.h"
#include "gateway/api/configuration.h"
#include "gateway/api/work_pool.h"
#include "gateway/intake/http_front.h"
#include "gateway/journal/body_store.h"
#include "gateway/journal/journal.h"
#include "gateway/pipeline/engine.h"
#include "gateway/port/clock.h"
#include "gateway/translate/translator.h"

namespace purser::gateway {

/// What the API stands on; all of it outlives the Api.
struct ApiParts {
  Clock& clock;
  Journal& journal;
  BodyStore& bodies;
  Engine& engine;
  Translator& translator;
  Connectors& connectors;
  LiveConfiguration& live;
  std::function<std::string()> metrics;  ///< Prometheus text
};

/// Takes requests from the front. All functions are [any].
class Api final : public RequestHandler {
 public:
  explicit Api(ApiParts parts);

  std::expected<std::uint64_t, Response> head(const Request& request) override;
  void handle(std::unique_ptr<Request> request, Respond respond) override;
  /// Drops waiting calls (they are answered 500 or cut) and waits for running ones.
  void stop() { pool_.stop(); }

  /// For the functions behind the endpoints.
  [[nodiscard]] ApiParts& parts() { return parts_; }
  /// Runs a job on the pool. False if too much waits: answer 503.
  bool later(std::move_only_function<void()> job) { return pool_.run(std::move(job)); }
  /// Notes a refusal in the audit trail without waiting for it.
  void note_denial(std::string who, std::string why);

 private:
  /// Path, endpoint, door; fills `call` or gives the refusal.
  std::expected<void, Response> open(const Request& request, Call& call);

  ApiParts parts_;
  WorkPool pool_;
};

}  // namespace purser::gateway
