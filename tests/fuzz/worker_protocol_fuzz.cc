// What a worker may do: fields, batches, questions to the services, whole conversations, shared memory. The
// first byte says which. No crash, no hang; whatever is not of the protocol becomes a status.
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "canonical/event/event_checker.h"
#include "plugins/worker/call.h"

namespace {

using namespace purser;
using namespace purser::plugin;

class Nowhere : public DocumentSink, public ByteSink {
 public:
  Outcome push(std::span<const Event> batch) override {
    for (const Event& event : batch) bytes += event.value.bytes.size();
    return {};
  }
  Outcome write(std::span<const char> written) override {
    bytes += written.size();
    return {};
  }
  void finding(Finding finding) override { bytes += finding.message.size(); }
  void loss(Loss loss) override { bytes += loss.value.size(); }
  std::size_t bytes = 0;
};

class Source : public ByteSource {
 public:
  std::expected<std::size_t, Status> read(std::span<char> into) override {
    if (left_ == 0) return 0;
    const std::size_t count = std::min(into.size(), left_);
    left_ -= count;
    std::fill_n(into.data(), count, 'x');
    return count;
  }

 private:
  std::size_t left_ = 1000;  // nobody reads what is sent, so it must fit into the stream
};

void read_fields(std::string_view payload) {
  using wire::Reader;
  Reader(payload).info();
  Reader(payload).finding();
  Reader(payload).loss();
  Reader(payload).request();
  Reader(payload).detection();
  Reader(payload).texts();
  static_cast<void>(Reader(payload).status());
}

void read_batch(std::string_view payload) {
  Nowhere nowhere;
  EventChecker checker(nowhere);
  static_cast<void>(wire::EventReader().read(payload, checker));
}

// Frames with good headers around the pieces of the input: kind, length (u16), payload.
std::string framed(std::string_view script) {
  std::string frames;
  while (script.size() >= 3) {
    const auto kind = static_cast<wire::Kind>(script[0]);
    const std::size_t length =
        std::min<std::size_t>(static_cast<unsigned char>(script[1]) |
                                  static_cast<std::size_t>(static_cast<unsigned char>(script[2])) << 8,
                              script.size() - 3);
    const wire::Header header = wire::make_header(kind, length);
    frames.append(reinterpret_cast<const char*>(&header), sizeof header);
    frames.append(script.substr(3, length));
    script.remove_prefix(3 + length);
  }
  return frames;
}

// What is sent, or, if `scribbled`, what the memory begins with: a worker can write there as it likes.
void converse(std::string_view sent, unsigned which, bool scribbled = false) {
  constexpr std::size_t room = 100'000;  // what a stream takes without a reader
  int sockets[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) std::abort();
  const auto memory = Stream::make_memory();
  if (!memory) std::abort();
  Watch watch;
  Channel channel{Descriptor(sockets[0]), *memory, Side::gateway, watch};
  sent = sent.substr(0, room);
  {
    Stream theirs(Descriptor(sockets[1]), *memory, Side::worker, watch);
    if (!scribbled && (!theirs.write(sent) || !theirs.publish())) std::abort();
    if (scribbled && ::pwrite(memory->get(), sent.data(), sent.size(), 0) < 0) std::abort();
  }
  CallLimits limits;
  limits.wall = std::chrono::milliseconds(2000);
  watch.start(::getpid(), limits);
  NoServices services;
  WorkerCall call(channel, watch, Scope{"fuzz", "tenant", ""}, services, limits);
  Nowhere nowhere;
  EventChecker checker(nowhere);
  Detection found;
  std::vector<std::string> names;
  std::string row;
  Event events[2];
  events[0].kind = EventKind::begin_document;
  events[1].kind = EventKind::end_document;
  Source source;
  const auto produce = [&](EventSink& sink) { return sink.push(events); };
  switch (which % 6) {
    case 0:
      static_cast<void>(call.decode({}, source, nowhere));
      break;
    case 1:
      static_cast<void>(call.encode({}, produce, nowhere, nowhere));
      break;
    case 2:
      static_cast<void>(call.detect("x", found));
      break;
    case 3:
      static_cast<void>(call.tables(names));
      break;
    case 4:
      static_cast<void>(call.row(1, 1, row));
      break;
    default:
      static_cast<void>(call.decode_sent(nowhere));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const unsigned which = data[0];
  if (which < 10) {
    read_fields(input);
  } else if (which < 20) {
    read_batch(input);
  } else if (which < 30) {
    NoServices services;
    std::uint64_t lines = 3;
    static_cast<void>(answer_service(input, Scope{"fuzz", "tenant", ""}, services, lines));
  } else if (which < 40) {
    converse(input, which);
  } else if (which < 50) {
    converse(input, which, true);
  } else {
    converse(framed(input), which);
  }
  return 0;
}
