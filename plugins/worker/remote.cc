#include "plugins/worker/remote.h"

#include <string.h>  // explicit_bzero

#include <algorithm>
#include <cstring>

namespace purser::plugin {
namespace {

using wire::Kind;
using wire::Reader;
using wire::Writer;

Status broken(const char* what) { return {StatusClass::defect, "HOST-0016", what}; }

Status enough() { return {StatusClass::defect, "HOST-0012", "the gateway has enough"}; }

std::string question(ServiceCall call) {
  std::string payload;
  Writer(payload).number(static_cast<std::uint8_t>(call));
  return payload;
}

}  // namespace

std::expected<Frame, Status> WorkerChannel::receive() {
  for (;;) {
    auto frame = Channel::receive();
    if (!frame || frame->kind != Kind::enough) return frame;
    enough_ = true;
  }
}

bool WorkerChannel::has_enough() {
  enough_ = enough_ || take_if(Kind::enough);
  return enough_;
}

void RemoteSink::begin_call() {
  events_.clear();
  bytes_.clear();
  failed_ = {};
}

// Only empty batches, after findings and losses: a decoder's events come as they are.
Outcome RemoteSink::push(std::span<const Event> /*batch*/) { return failed_; }

Outcome RemoteSink::push(std::span<const purser_event> batch) {
  for (const purser_event& event : batch) {
    if (!events_.add(event)) {
      if (Outcome sent = flush_events(); !sent) return sent;
      if (!events_.add(event))
        return std::unexpected(Status{StatusClass::invalid, "HOST-FLOOD", "a value larger than 64 MiB"});
    }
    if (events_.full())
      if (Outcome sent = flush_events(); !sent) return sent;
  }
  return failed_;
}

Outcome RemoteSink::flush_events() {
  if (events_.empty()) return {};
  if (channel_.has_enough()) return std::unexpected(enough());
  Outcome sent = channel_.send_pieces(Kind::events, events_.pieces());
  events_.clear();
  return sent;
}

Outcome RemoteSink::write(std::span<const char> bytes) {
  while (!bytes.empty()) {
    const auto part = bytes.first(std::min(bytes.size(), wire::good_payload - bytes_.size()));
    bytes_.append(part.data(), part.size());
    bytes = bytes.subspan(part.size());
    if (bytes_.size() < wire::good_payload) break;
    if (channel_.has_enough()) return std::unexpected(enough());
    Outcome sent = channel_.send(Kind::bytes, bytes_);
    bytes_.clear();
    if (!sent) return sent;
  }
  return failed_;
}

void RemoteSink::finding(Finding finding) {
  payload_.clear();
  Writer(payload_).finding(finding);
  const std::string said = std::exchange(payload_, {});
  Outcome sent = flush_events();
  if (sent && channel_.has_enough()) sent = std::unexpected(enough());
  if (sent) sent = channel_.send(Kind::finding, said);
  if (!sent && failed_) failed_ = std::move(sent);
}

void RemoteSink::loss(Loss loss) {
  std::string said;
  Writer(said).loss(loss);
  Outcome sent = flush_events();
  if (sent && channel_.has_enough()) sent = std::unexpected(enough());
  if (sent) sent = channel_.send(Kind::loss, said);
  if (!sent && failed_) failed_ = std::move(sent);
}

Outcome RemoteSink::flush() {
  if (!failed_) return failed_;
  if (Outcome sent = flush_events(); !sent) return sent;
  if (bytes_.empty()) return {};
  Outcome sent = channel_.send(Kind::bytes, bytes_);
  bytes_.clear();
  return sent;
}

RemoteSource::RemoteSource(WorkerChannel& channel, RemoteSink& sink, std::string_view first)
    : channel_(channel), sink_(sink) {
  take(first);
}

bool RemoteSource::take(std::string_view input) {
  Reader reader(input);
  last_ = reader.flag();
  rest_ = reader.rest();
  return reader.good() && (last_ || !rest_.empty());
}

std::expected<std::size_t, Status> RemoteSource::read(std::span<char> into) {
  if (rest_.empty() && !last_) {
    if (Outcome sent = sink_.flush(); !sent) return std::unexpected(std::move(sent.error()));
    if (Outcome sent = channel_.send(Kind::more, {}); !sent) return std::unexpected(std::move(sent.error()));
    const auto frame = channel_.receive();
    if (!frame) return std::unexpected(frame.error());
    if (frame->kind == Kind::stop)
      return std::unexpected(Status{StatusClass::defect, "HOST-0012", "stopped"});
    const std::string_view payload = frame->payload;
    if (frame->kind != Kind::input) return std::unexpected(broken("another frame than input"));
    channel_.keep();
    if (!take(payload)) return std::unexpected(broken("input that is not whole"));
  }
  const std::size_t count = std::min(into.size(), rest_.size());
  if (count != 0) std::memcpy(into.data(), rest_.data(), count);
  rest_.remove_prefix(count);
  return count;
}

std::expected<Reader, Status> RemoteServices::ask(std::string_view question) {
  if (Outcome sent = channel_.send(Kind::service, question); !sent)
    return std::unexpected(std::move(sent.error()));
  const auto frame = channel_.receive();
  if (!frame) return std::unexpected(frame.error());
  if (frame->kind != Kind::answer) return std::unexpected(broken("another frame than an answer"));
  Reader reader(frame->payload);
  if (Outcome outcome = reader.status(); !outcome) return std::unexpected(std::move(outcome.error()));
  return reader;
}

std::expected<std::optional<StoredValue>, Status> RemoteServices::get(const Scope& /*scope*/,
                                                                      std::string_view key) {
  std::string payload = question(ServiceCall::get);
  Writer(payload).text(key);
  auto answer = ask(payload);
  if (!answer) return std::unexpected(std::move(answer.error()));
  if (!answer->flag()) return std::nullopt;
  StoredValue found;
  found.value = answer->string();
  found.revision = answer->number<std::uint64_t>();
  return found;
}

std::expected<std::optional<std::uint64_t>, Status> RemoteServices::compare_and_set(const Scope& /*scope*/,
                                                                                    std::string_view key,
                                                                                    std::string_view value,
                                                                                    std::uint64_t revision) {
  std::string payload = question(ServiceCall::compare_and_set);
  Writer writer(payload);
  writer.text(key);
  writer.text(value);
  writer.number(revision);
  auto answer = ask(payload);
  if (!answer) return std::unexpected(std::move(answer.error()));
  if (!answer->flag()) return std::nullopt;
  return answer->number<std::uint64_t>();
}

std::expected<std::uint64_t, Status> RemoteServices::next(const Scope& /*scope*/, std::string_view sequence,
                                                          std::uint64_t last) {
  std::string payload = question(ServiceCall::next);
  Writer writer(payload);
  writer.text(sequence);
  writer.number(last);
  auto answer = ask(payload);
  if (!answer) return std::unexpected(std::move(answer.error()));
  return answer->number<std::uint64_t>();
}

bool RemoteServices::with_secret(const Scope& /*scope*/, std::string_view name,
                                 const std::function<void(std::string_view)>& use) {
  std::string payload = question(ServiceCall::secret);
  Writer(payload).text(name);
  auto answer = ask(payload);
  if (!answer || !answer->flag()) return false;
  const std::string_view received = answer->text();
  std::string secret(received);
  // The channel's buffer is this process's own and not const; the copy there must go as well.
  ::explicit_bzero(const_cast<char*>(received.data()), received.size());
  use(secret);
  ::explicit_bzero(secret.data(), secret.size());
  return true;
}

void RemoteServices::log(const Scope& /*scope*/, Severity severity, std::string_view line) {
  std::string payload = question(ServiceCall::log);
  Writer writer(payload);
  writer.number(static_cast<std::uint8_t>(severity));
  writer.text(line);
  static_cast<void>(channel_.send(Kind::service, payload));  // a lost line is not worth a document
}

void RemoteServices::count(std::string_view /*connector*/, std::string_view metric, std::uint64_t amount) {
  std::string payload = question(ServiceCall::count);
  Writer writer(payload);
  writer.text(metric);
  writer.number(amount);
  static_cast<void>(channel_.send(Kind::service, payload));
}

std::int64_t RemoteServices::now() {
  auto answer = ask(question(ServiceCall::now));
  return answer ? answer->number<std::int64_t>() : 0;
}

std::optional<bool> RemoteServices::on_code_list(std::string_view list, std::string_view code) {
  std::string payload = question(ServiceCall::code_list);
  Writer writer(payload);
  writer.text(list);
  writer.text(code);
  auto answer = ask(payload);
  if (!answer || !answer->flag()) return std::nullopt;
  return answer->flag();
}

}  // namespace purser::plugin
