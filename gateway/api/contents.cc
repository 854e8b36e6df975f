#include <charconv>

#include "gateway/api/calls.h"
#include "gateway/api/problem.h"

namespace purser::gateway {
namespace {

constexpr std::uint32_t most_in_one_answer = 100;  // documents of an interchange; more are asked for one by one

// "?document=3", 0 if it is not asked for.
std::expected<std::uint32_t, Response> ordinal_of(const Call& call) {
  auto text = call.query("document");
  std::uint32_t ordinal = 0;
  if (text.empty()) return ordinal;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ordinal);
  if (error != std::errc() || end != text.data() + text.size() || ordinal == 0) {
    return std::unexpected(problem(400, "INTAKE-0010", "the parameter document is not a number from 1"));
  }
  return ordinal;
}

}  // namespace

void show_canonical(Api& api, Call call) {
  auto ordinal = ordinal_of(call);
  if (!ordinal) return call.respond(std::move(ordinal.error()));
  const DocumentRange which =
      *ordinal == 0 ? DocumentRange{.limit = most_in_one_answer + 1} : DocumentRange{*ordinal - 1, 1};
  auto view = visible_message(api, call, which);
  if (!view) return;
  if (view->documents.size() > most_in_one_answer) {
    return call.respond(
        problem(400, "INTAKE-0010", "the file has many documents: ask for each with ?document=N"));
  }
  std::string body;
  std::size_t count = 0;
  for (const auto& document : view->documents) {
    if ((*ordinal != 0 && document.ordinal != *ordinal) || !document.canonical.is_set()) continue;
    auto json = api.parts().journal.body(document.canonical);
    if (!json) return call.respond(problem_of(json.error()));
    body += (count++ > 0 ? "," : "") + *json;
  }
  if (count == 0) return call.respond(problem(404, "INTAKE-0011", "there is no canonical form"));
  call.respond(json_response(count == 1 ? std::move(body) : "[" + body + "]"));
}

void show_body(Api& api, Call call) {
  auto view = visible_message(api, call);
  if (!view) return;
  // Said before the first byte goes, while there is a status to say it with.
  char first = 0;
  if (const auto readable = api.parts().bodies.read_piece(view->body, 0, {&first, 1}); !readable)
    return call.respond(problem_of(readable.error()));
  Response response;
  // What came from outside is never shown by a browser as what it claims to be.
  response.content_type = "application/octet-stream";
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"" + text(view->summary.id) + "\"");
  if (!view->media_type.empty()) response.headers.emplace_back("Purser-Media-Type", view->media_type);
  response.headers.emplace_back("ETag", "\"" + hex(view->hash) + "\"");  // what came never changes
  response.stream_size = view->body.length;
  response.stream = [&bodies = api.parts().bodies, where = view->body,
                     offset = std::uint64_t{0}](std::span<char> into) mutable -> std::size_t {
    auto count = bodies.read_piece(where, offset, into);
    if (!count) return 0;
    offset += *count;
    return *count;
  };
  call.respond(std::move(response));
}

}  // namespace purser::gateway
