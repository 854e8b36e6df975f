#include "plugins/worker/serve.h"

#include <poll.h>
#include <unistd.h>

#include <memory>
#include <new>
#include <utility>

#include "plugins/line/instance.h"
#include "plugins/worker/remote.h"
#include "plugins/worker/sandbox.h"

namespace purser::plugin {
namespace {

using wire::Kind;
using wire::Reader;
using wire::Writer;

class WaitForEver : public Waiter {
 public:
  Outcome wait(int descriptor, short events) override {
    pollfd one{descriptor, events, 0};
    ::poll(&one, 1, -1);
    return {};
  }
};

Outcome broken(const char* what) { return std::unexpected(Status{StatusClass::defect, "HOST-0016", what}); }

class Worker {
 public:
  Worker(Descriptor socket, Descriptor image, const Descriptor& memory)
      : channel_(std::move(socket), memory, Side::worker, waiter_),
        services_(channel_),
        image_(std::move(image)) {}

  // Ends with an error in any case: at best that the gateway has gone.
  Outcome run() {
    if (Outcome ready = start(); !ready) return ready;
    if (Outcome made = configure(); !made) return made;
    for (;;) {
      const auto frame = channel_.receive();
      if (!frame) return std::unexpected(frame.error());
      if (Outcome done = serve(*frame); !done) return done;
    }
  }

 private:
  Outcome refuse(const Report& report) {
    std::string payload;
    Writer writer(payload);
    writer.number(static_cast<std::uint32_t>(report.findings().size()));
    for (const Finding& finding : report.findings()) writer.finding(finding);
    static_cast<void>(channel_.send(Kind::refused, payload));
    static_cast<void>(channel_.flush());
    return broken("refused");
  }

  Outcome refuse(const Status& status) {
    Report report;
    report.add(make_finding(status.code, Position{}, status.message));
    return refuse(report);
  }

  Outcome start() {
    const auto frame = channel_.receive();
    if (!frame) return std::unexpected(frame.error());
    Reader reader(frame->payload);
    const auto memory = reader.number<std::uint64_t>();
    if (frame->kind != Kind::start || !reader.complete()) return broken("no start");
    Walls walls;
    if (Outcome up = raise_walls(memory, walls); !up) return refuse(up.error());
    if (Outcome up = filter_for_loading(walls); !up) return refuse(up.error());
    auto entry = load_entry(std::move(image_));
    if (!entry) return refuse(entry.error());
    entry_ = *entry;
    auto info = describe(*entry_);
    if (!info) return refuse(info.error());
    name_ = info->name;
    if (Outcome up = filter_for_work(); !up) return refuse(up.error());
    std::string payload;
    Writer writer(payload);
    writer.info(*info);
    writer.flag(walls.filter);
    writer.flag(walls.address_space);
    writer.flag(walls.no_network);
    return channel_.send(Kind::hello, payload);
  }

  Outcome configure() {
    const auto frame = channel_.receive();
    if (!frame) return std::unexpected(frame.error());
    if (frame->kind != Kind::configure) return broken("no configuration");
    Reader reader(frame->payload);
    std::string settings = reader.string();
    std::vector<NamedText> tables;
    for (auto left = reader.count(2 * sizeof(std::uint32_t)); left != 0 && reader.good(); --left) {
      NamedText& table = tables.emplace_back();
      table.name = reader.string();
      table.text = reader.string();
    }
    if (!reader.complete()) return broken("a configuration that is not whole");
    auto made = Instance::create(*entry_, name_, std::move(settings), std::move(tables), services_);
    if (!made) return refuse(made.error());
    instance_ = *std::move(made);
    return channel_.send(Kind::created, {});
  }

  Outcome finish(const Outcome& outcome, std::string_view result = {}) {
    std::string payload;
    Writer(payload).status(outcome);
    payload.append(result);
    return channel_.send(Kind::done, payload);
  }

  Outcome serve(const Frame& frame) {
    channel_.begin_call();
    sink_.begin_call();
    Reader reader(frame.payload);
    std::string result;
    Writer writer(result);
    switch (frame.kind) {
      case Kind::detect: {
        const auto found = instance_->detect(frame.payload);
        if (!found) return finish(std::unexpected(found.error()));
        writer.detection(*found);
        return finish({}, result);
      }
      case Kind::decode:
        channel_.keep();
        return decode(reader);
      case Kind::decode_all:
        channel_.keep();
        return decode_all(reader);
      case Kind::encode:
        return encode(reader);
      case Kind::tables:
        writer.texts(instance_->tables());
        return finish({}, result);
      case Kind::row: {
        const auto table = reader.number<std::uint32_t>();
        const auto row = reader.number<std::uint32_t>();
        writer.text(instance_->table_row(table, row));
        return finish({}, result);
      }
      default:
        return broken("a frame that is no question");
    }
  }

  Outcome decode(Reader& reader) {
    const Request request = reader.request();
    if (!reader.good()) return broken("a request that is not whole");
    RemoteSource source(channel_, sink_, reader.rest());
    Outcome outcome = instance_->decode(request, source, sink_, &sink_);
    if (Outcome sent = sink_.flush(); !sent && outcome) outcome = std::move(sent);
    return finish(outcome);
  }

  Outcome decode_all(Reader& reader) {
    for (auto left = reader.count(sizeof(std::uint32_t)); left != 0; --left) {
      Reader one(reader.text());
      channel_.begin_call();
      sink_.begin_call();
      if (Outcome told = decode(one); !told) return told;
      if (Outcome seen = channel_.flush(); !seen) return seen;
    }
    return reader.complete() ? Outcome() : broken("documents that are not whole");
  }

  Outcome encode(Reader& reader) {
    const Request request = reader.request();
    const bool all = reader.flag();
    const std::string_view first = reader.rest();
    if (!reader.good()) return broken("a request that is not whole");
    channel_.keep();
    Outcome outcome = instance_->encode(
        request,
        [&](EventSink& encoder) -> Outcome {
          wire::EventReader events;
          if (Outcome done = events.read(first, encoder); !done || all) return done;
          return feed(encoder);
        },
        sink_, sink_);
    if (Outcome sent = sink_.flush(); !sent && outcome) outcome = std::move(sent);
    return finish(outcome);
  }

  // Gives the events that come to the encoder until there are no more.
  Outcome feed(EventSink& encoder) {
    wire::EventReader events;
    for (;;) {
      if (Outcome sent = sink_.flush(); !sent) return sent;
      if (Outcome sent = channel_.send(Kind::more, {}); !sent) return sent;
      const auto frame = channel_.receive();
      if (!frame) return std::unexpected(frame.error());
      if (frame->kind == Kind::last) return {};
      if (frame->kind == Kind::stop)
        return std::unexpected(Status{StatusClass::defect, "HOST-0012", "stopped"});
      if (frame->kind != Kind::events) return broken("another frame than events");
      const std::string_view payload = frame->payload;
      channel_.keep();
      if (Outcome done = events.read(payload, encoder); !done) return done;
    }
  }

  WaitForEver waiter_;
  WorkerChannel channel_;
  RemoteSink sink_{channel_};
  RemoteServices services_;
  Descriptor image_;
  const purser_connector* entry_ = nullptr;
  std::string name_;
  std::unique_ptr<Instance> instance_;
};

}  // namespace

int serve_worker(Descriptor socket, Descriptor image, Descriptor memory) {
  // Memory that has run out ends the worker with a code of its own, so that the gateway can say so.
  std::set_new_handler([] { ::_exit(exit_no_memory); });
  Worker worker(std::move(socket), std::move(image), memory);
  ::close(memory.release());  // mapped by now
  const Outcome end = worker.run();
  return end.error().code == "HOST-CRASH" ? 0 : 1;
}

}  // namespace purser::plugin
