// The gateway as a connector in a worker sees it: sinks, sources and services that are frames.
#pragma once

#include <string>
#include <vector>

#include "canonical/event/bytes.h"
#include "canonical/event/document_sink.h"
#include "plugins/line/services.h"
#include "plugins/line/sinks.h"
#include "plugins/worker/channel.h"
#include "plugins/worker/events.h"

namespace purser::plugin {

/// Calls of the extensions, as frames `service` and `answer`.
enum class ServiceCall : std::uint8_t { get = 1, compare_and_set, next, secret, log, count, now, code_list };

/// The worker's end of the channel: takes note of `enough` wherever it comes. [serial]
class WorkerChannel : public Channel {
 public:
  using Channel::Channel;
  std::expected<Frame, Status> receive();
  /// Whether the gateway has enough of the call at hand.
  bool has_enough();
  void begin_call() { enough_ = false; }

 private:
  bool enough_ = false;
};

/// Results to the gateway, in order. Small ones are gathered. Events are not looked at: the gateway checks
/// what a worker sends in any case. [serial]
class RemoteSink : public DocumentSink, public AbiEvents, public ByteSink {
 public:
  explicit RemoteSink(WorkerChannel& channel) : channel_(channel) {}
  /// Forgets what an earlier call has left.
  void begin_call();
  Outcome push(std::span<const Event> batch) override;
  Outcome push(std::span<const purser_event> batch) override;
  Outcome write(std::span<const char> bytes) override;
  void finding(Finding finding) override;
  void loss(Loss loss) override;
  /// Sends what has gathered. Every frame that is not one of the above comes after it.
  Outcome flush();

 private:
  Outcome flush_events();

  WorkerChannel& channel_;
  wire::EventWriter events_;
  std::string bytes_;
  std::string payload_;
  Outcome failed_;  // of finding() and loss(), which cannot say so
};

/// The bytes of the file to read, asked for when the first ones are used up. [serial]
class RemoteSource : public ByteSource {
 public:
  /// `first` is the payload of `input` that came with the request; it has to stay (Channel::keep).
  RemoteSource(WorkerChannel& channel, RemoteSink& sink, std::string_view first);
  std::expected<std::size_t, Status> read(std::span<char> into) override;

 private:
  bool take(std::string_view input);

  WorkerChannel& channel_;
  RemoteSink& sink_;
  std::string_view rest_;
  bool last_ = false;
};

/// Extensions by frames. The scope stays here: the gateway knows whose document it gave. [serial]
class RemoteServices : public HostServices {
 public:
  explicit RemoteServices(WorkerChannel& channel) : channel_(channel) {}
  std::expected<std::optional<StoredValue>, Status> get(const Scope& scope, std::string_view key) override;
  std::expected<std::optional<std::uint64_t>, Status> compare_and_set(const Scope& scope,
                                                                      std::string_view key,
                                                                      std::string_view value,
                                                                      std::uint64_t revision) override;
  std::expected<std::uint64_t, Status> next(const Scope& scope, std::string_view sequence,
                                            std::uint64_t last) override;
  bool with_secret(const Scope& scope, std::string_view name,
                   const std::function<void(std::string_view)>& use) override;
  void log(const Scope& scope, Severity severity, std::string_view line) override;
  void count(std::string_view connector, std::string_view metric, std::uint64_t amount) override;
  std::int64_t now() override;
  std::optional<bool> on_code_list(std::string_view list, std::string_view code) override;

 private:
  std::expected<wire::Reader, Status> ask(std::string_view question);

  WorkerChannel& channel_;
};

}  // namespace purser::plugin
