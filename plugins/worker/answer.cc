// What a worker asks of the services.
#include <string.h>  // explicit_bzero

#include "plugins/abi/kv.h"
#include "plugins/worker/call.h"
#include "plugins/worker/remote.h"

namespace purser::plugin {
namespace {

using wire::Reader;
using wire::Writer;

constexpr std::size_t max_log_line = 4096;  // as promised in log.h

void answer_get(Reader& reader, Writer& writer, const Scope& scope, HostServices& services) {
  const auto found = services.get(scope, reader.text().substr(0, PURSER_KV_MAX_KEY));
  if (!found) return writer.status(std::unexpected(found.error()));
  writer.status({});
  writer.flag(found->has_value());
  if (!*found) return;
  writer.text((*found)->value);
  writer.number((*found)->revision);
}

void answer_set(Reader& reader, Writer& writer, const Scope& scope, HostServices& services) {
  const std::string_view key = reader.text();
  const std::string_view value = reader.text();
  const auto revision = reader.number<std::uint64_t>();
  if (!reader.complete() || key.empty() || key.size() > PURSER_KV_MAX_KEY ||
      value.size() > PURSER_KV_MAX_VALUE)
    return reader.fail();
  const auto done = services.compare_and_set(scope, key, value, revision);
  if (!done) return writer.status(std::unexpected(done.error()));
  writer.status({});
  writer.flag(done->has_value());
  if (*done) writer.number(**done);
}

void answer_next(Reader& reader, Writer& writer, const Scope& scope, HostServices& services) {
  const std::string_view name = reader.text();
  const auto last = reader.number<std::uint64_t>();
  if (!reader.complete() || name.empty() || name.size() > PURSER_KV_MAX_KEY) return reader.fail();
  const auto next = services.next(scope, name, last);
  writer.status(next ? Outcome() : std::unexpected(next.error()));
  if (next) writer.number(*next);
}

void answer_secret(Reader& reader, Writer& writer, const Scope& scope, HostServices& services) {
  std::string result;
  const bool there =
      services.with_secret(scope, reader.text(), [&](std::string_view secret) { result = secret; });
  writer.status({});
  writer.flag(there);
  if (there) writer.text(result);
  ::explicit_bzero(result.data(), result.size());
}

void answer_code(Reader& reader, Writer& writer, HostServices& services) {
  const std::string_view list = reader.text();
  const std::string_view code = reader.text();
  const auto there = services.on_code_list(list, code);
  writer.status({});
  writer.flag(there.has_value());
  if (there) writer.flag(*there);
}

void take_log(Reader& reader, const Scope& scope, HostServices& services, std::uint64_t& left) {
  const auto severity = reader.number<std::uint8_t>();
  const std::string_view line = reader.text().substr(0, max_log_line);
  if (severity < PURSER_INFO || severity > PURSER_FATAL) return reader.fail();
  if (left == 0) return;
  --left;
  services.log(scope, static_cast<Severity>(severity), line);
}

void take_count(Reader& reader, const Scope& scope, HostServices& services) {
  const std::string_view metric = reader.text().substr(0, PURSER_KV_MAX_KEY);
  const auto amount = reader.number<std::uint64_t>();
  if (reader.complete()) services.count(scope.connector, metric, amount);
}

}  // namespace

std::expected<std::string, Status> answer_service(std::string_view question, const Scope& scope,
                                                  HostServices& services, std::uint64_t& log_lines) {
  std::string answer;
  Reader reader(question);
  Writer writer(answer);
  switch (static_cast<ServiceCall>(reader.number<std::uint8_t>())) {
    case ServiceCall::get:
      answer_get(reader, writer, scope, services);
      break;
    case ServiceCall::compare_and_set:
      answer_set(reader, writer, scope, services);
      break;
    case ServiceCall::next:
      answer_next(reader, writer, scope, services);
      break;
    case ServiceCall::secret:
      answer_secret(reader, writer, scope, services);
      break;
    case ServiceCall::code_list:
      answer_code(reader, writer, services);
      break;
    case ServiceCall::log:
      take_log(reader, scope, services, log_lines);
      break;
    case ServiceCall::count:
      take_count(reader, scope, services);
      break;
    case ServiceCall::now:
      writer.status({});
      writer.number(services.now());
      break;
    default:
      reader.fail();
  }
  if (!reader.complete())
    return std::unexpected(
        Status{StatusClass::defect, "HOST-0016", "a question to the services that is not whole"});
  return answer;
}

}  // namespace purser::plugin
