#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "canonical/value/text.h"
#include "gateway/access/cxml_credential.h"
#include "gateway/access/hmac.h"
#include "gateway/access/webhook.h"
#include "gateway/api/body_schema.h"
#include "gateway/api/calls.h"
#include "gateway/api/json.h"
#include "gateway/api/prefer.h"
#include "gateway/api/problem.h"

namespace purser::gateway {
namespace {

constexpr std::uint64_t read_back_limit = 1 << 20;  // what the engine understands before it admits
constexpr std::uint64_t most_at_once = 64 * 1024;   // read by an I/O thread within a millisecond
constexpr std::size_t max_key = 255;                // of Idempotency-Key

// The answer to a submission: 202 the first time and each time after, 409 on other content.
Response answered(const Answer& answer) {
  if (answer.kind == AnswerKind::conflict) {
    return problem(409, "INTAKE-0006", "this key was used for another document", answer.findings);
  }
  if (answer.kind == AnswerKind::refused) return problem_of(answer.status);
  Response response;
  response.status = 202;
  response.content_type = "application/json";
  auto id = text(answer.message);
  response.headers.emplace_back("Location", "/v1/documents/" + id);
  if (answer.kind == AnswerKind::duplicate) response.headers.emplace_back("Idempotent-Replayed", "true");
  response.body = "{\"id\":\"" + id + "\",\"state\":\"" + std::string(name(answer.state)) + "\"";
  if (!answer.findings.empty()) {
    response.body += ",\"findings\":" +
                     to_json(std::span(answer.findings)).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  response.body += "}\n";
  return response;
}

// A body in a file goes into memory if the engine would rather have it there, else into the body store.
Outcome place_body(Api& api, Body& body, Incoming& incoming) {
  if (!body.in_file()) {
    incoming.body = std::move(body.bytes);
    return {};
  }
  Outcome outcome;
  std::unique_ptr<BodyWriter> writer;
  if (body.size > read_back_limit) {
    auto opened = api.parts().engine.open_body(incoming.tenant);
    if (!opened) return std::unexpected(opened.error());
    writer = std::move(*opened);
  }
  bool whole = for_each_piece(body, [&](std::string_view piece) {
    if (writer == nullptr) {
      incoming.body += piece;
    } else if (outcome) {
      outcome = writer->write(piece);
    }
  });
  if (!outcome) return outcome;
  if (!whole)
    return std::unexpected(Status{StatusClass::unavailable, "INTAKE-0009", "the body was lost on its way"});
  if (writer == nullptr) return {};
  auto staged = writer->finish();
  if (!staged) return std::unexpected(staged.error());
  incoming.staged = *staged;
  incoming.staged_hash = writer->hash();
  return {};
}

// What became of it, for who waited.
Response outcome(const MessageView& view, const Preference& preference) {
  auto response = json_response(dumped(to_json(view)));
  response.headers.emplace_back("Location", "/v1/documents/" + text(view.summary.id));
  response.headers.emplace_back("Preference-Applied", preference.applied(true));
  return response;
}

// Answers what the engine says, or, where the caller prefers to wait (RFC 7240), what became of the document.
void answer_as_preferred(Api& api, const Preference& preference, const Answer& answer, Respond respond) {
  const bool taken = answer.kind == AnswerKind::accepted || answer.kind == AnswerKind::duplicate;
  auto first = answered(answer);
  if (!taken) return respond(std::move(first));
  if (const auto applied = preference.applied(false); !applied.empty())
    first.headers.emplace_back("Preference-Applied", applied);
  if (preference.wait.count() == 0) return respond(std::move(first));
  auto shared = std::make_shared<std::pair<Respond, Response>>(std::move(respond), std::move(first));
  WaitingRoom::Done done = [shared, preference](std::optional<MessageView> view) {
    shared->first(view ? outcome(*view, preference) : std::move(shared->second));
  };
  if (!api.waiting().wait(answer.message, preference.wait, done)) done(std::nullopt);
}

void submit(Api& api, Call call, Incoming incoming) {
  if (auto refusal = canonical_misfit(api, call.request->body, incoming.format))
    return call.respond(std::move(*refusal));
  if (auto refusal = xsd_misfit(*call.configuration->settings->table, incoming.source, call.request->body))
    return call.respond(std::move(*refusal));
  if (auto placed = place_body(api, call.request->body, incoming); !placed) {
    return call.respond(problem_of(placed.error()));
  }
  // Senders of webhooks and of cXML know their own answers only.
  const auto preference =
      call.endpoint->door == Door::key ? preference_of(call.request->header("Prefer")) : Preference{};
  api.parts().engine.submit(std::move(incoming), [&api, preference, respond = std::move(call.respond)](
                                                     const Answer& answer) mutable {
    answer_as_preferred(api, preference, answer, std::move(respond));
  });
}

// Small bodies go straight to the engine; what is long to be held against a schema, or must be copied from
// file to file first, goes to the pool.
void submit_or_defer(Api& api, Call call, Incoming incoming) {
  const Body& body = call.request->body;
  if (!body.in_file() && body.size <= most_at_once) return submit(api, std::move(call), std::move(incoming));
  auto shared = std::make_shared<std::pair<Call, Incoming>>(std::move(call), std::move(incoming));
  bool taken =
      api.later([&api, shared] { submit(api, std::move(shared->first), std::move(shared->second)); });
  if (!taken)
    shared->first.respond(problem_of({StatusClass::overloaded, "INTAKE-0007", "too many calls are waiting"}));
}

Incoming incoming_of(const Call& call, const Source& source) {
  Incoming incoming;
  incoming.tenant = tenant_of(source.name);
  incoming.source = source.name;
  incoming.partner = !call.partner().empty() ? call.partner() : source.partner;
  incoming.format = source.connector;
  incoming.media_type = call.request->header("Content-Type");
  incoming.reject_invalid = source.reject_invalid;
  return incoming;
}

/// The first bytes of a body, as many as hold a cXML Header.
std::string head_of(const Body& body) {
  std::string head;
  for_each_piece(body, [&head](std::string_view piece) {
    if (head.size() < cxml_head_bytes) head.append(piece.substr(0, cxml_head_bytes - head.size()));
  });
  return head;
}

/// An answer as cXML: the call itself is well, what became of the message is its Status. What is booked is
/// 201, to be followed by what happens to it; what may be tried again is 560.
Response as_cxml(const Response& answer, const std::string& source, std::chrono::sys_seconds now) {
  constexpr unsigned accepted = 201, temporary = 560;
  const auto http = static_cast<unsigned>(answer.status);
  const unsigned status = http < 300 ? accepted : http == 429 || http == 503 ? temporary : http;
  std::string detail;
  const auto body = Json::parse(answer.body, nullptr, false);
  for (const char* name : {"id", "detail", "title"}) {
    if (detail.empty() && body.is_object()) detail = body.value(name, "");
  }
  Response response;
  response.status = 200;
  response.content_type = "text/xml; charset=UTF-8";
  response.body = cxml_response(
      status, detail, std::to_string(now.time_since_epoch().count()) + "." + detail + "@" + source, now);
  return response;
}

bool is_usable_key(std::string_view key) {
  return key.size() <= max_key && std::all_of(key.begin(), key.end(), [](char c) {
           return c >= ' ' && static_cast<unsigned char>(c) < 0x7f;
         });
}

}  // namespace

void post_document(Api& api, Call call) {
  const auto name = own_name(call.query("source"), call.tenant()).value_or(std::string());
  const auto* source = call.configuration->settings->find_source(name);
  if (source == nullptr || source->kind != SourceKind::http || !source->enabled) {
    return call.respond(problem(404, "INTAKE-0001",
                                call.query("source").empty()
                                    ? "the parameter source is missing"
                                    : "there is no source of this name that takes HTTP"));
  }
  if (!call.caller->may_post_to(name)) {
    api.note_denial(call.tenant(), call.actor(), "AUTH-0002", "source " + name);
    return call.respond(problem(403, "AUTH-0002", "this is not allowed"));
  }
  if (call.request->body.size == 0) return call.respond(problem(400, "INTAKE-0002", "the body is empty"));
  if (lowered(call.request->header("Content-Type")).starts_with("multipart/form-data"))
    return call.respond(problem(415, "INTAKE-0013", "the body is an uploaded form, not a document"));
  auto incoming = incoming_of(call, *source);
  incoming.credential = call.actor();
  auto key = call.request->header("Idempotency-Key");
  if (!is_usable_key(key)) return call.respond(problem(400, "INTAKE-0005", "Idempotency-Key is unusable"));
  if (key.empty() && source->idempotency == Idempotency::required) {
    return call.respond(problem(400, "INTAKE-0004", "this source takes only calls with an Idempotency-Key"));
  }
  auto scope = "http/" + name + "/" + incoming.partner;
  if (!key.empty()) {
    incoming.claims.push_back({scope, std::string(key)});
  } else if (source->idempotency == Idempotency::content) {
    incoming.claims.push_back({scope, "sha256:" + body_digest(call.request->body)});
  }
  submit_or_defer(api, std::move(call), std::move(incoming));
}

void post_webhook(Api& api, Call call) {
  const auto& name = call.parameters.front();
  const auto* source = call.configuration->settings->find_source(name);
  if (source == nullptr || source->kind != SourceKind::webhook || !source->enabled) {
    return call.respond(problem(404, "INTAKE-0001", "there is no webhook source of this name"));
  }
  const auto& request = *call.request;
  WebhookRequest seen{request.method(), request.target(),
                      [&](std::string_view field) { return request.header(field); }};
  auto now = std::chrono::floor<std::chrono::seconds>(api.parts().clock.now());
  auto result = verify_webhook(source->scheme, seen, request.body, source->secrets, now, source->tolerance);
  if (result.verdict == WebhookVerdict::unreadable) {
    return call.respond(problem(503, "INTAKE-0009", "the body was lost on its way"));
  }
  if (result.verdict != WebhookVerdict::valid) {
    api.note_denial(std::string(tenant_of(name)), "webhook:" + name, "AUTH-0003",
                    std::string(gateway::name(result.verdict)));
    return call.respond(problem(401, "AUTH-0003", "the signature is not accepted"));
  }
  if (request.body.size == 0) return call.respond(problem(400, "INTAKE-0002", "the body is empty"));
  if (auto answer = challenge_answer(source->scheme, seen, request.body))
    return call.respond(json_response(std::move(*answer)));
  auto incoming = incoming_of(call, *source);
  incoming.credential = "webhook:" + name;
  incoming.claims.push_back({"webhook/" + name, std::move(result.id)});
  submit_or_defer(api, std::move(call), std::move(incoming));
}

void post_cxml(Api& api, Call call) {
  const auto name = call.parameters.front();
  const auto* source = call.configuration->settings->find_source(name);
  if (source == nullptr || source->kind != SourceKind::cxml || !source->enabled) {
    return call.respond(problem(404, "INTAKE-0001", "there is no cXML source of this name"));
  }
  const auto now = std::chrono::floor<std::chrono::seconds>(api.parts().clock.now());
  call.respond = [respond = std::move(call.respond), name, now](Response response) mutable {
    respond(as_cxml(response, name, now));
  };
  auto sender = verify_cxml(head_of(call.request->body), source->shared_secrets, now);
  if (sender.verdict != CxmlVerdict::valid) {
    api.note_denial(std::string(tenant_of(name)), "cxml:" + name, "AUTH-0003",
                    std::string(gateway::name(sender.verdict)));
    return call.respond(problem(401, "AUTH-0003", "the credentials are not accepted"));
  }
  auto incoming = incoming_of(call, *source);
  incoming.credential = "cxml:" + name;
  const auto id = sender.payload_id.empty() ? "sha256:" + body_digest(call.request->body) : sender.payload_id;
  incoming.claims.push_back({"cxml/" + name + "/" + sender.domain + "/" + sender.identity, id});
  submit_or_defer(api, std::move(call), std::move(incoming));
}

}  // namespace purser::gateway
