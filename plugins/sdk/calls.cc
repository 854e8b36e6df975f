#include "plugins/sdk/calls.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

#include "plugins/abi/explain.h"
#include "plugins/line/convert.h"
#include "plugins/sdk/connector.h"

struct purser_instance {
  purser::sdk::Host host;
  std::unique_ptr<purser::sdk::Connector> connector;
};

namespace purser::sdk {
namespace {

using plugin::from_abi;
using plugin::to_abi;

Status stopped() { return {StatusClass::defect, "HOST-0012", "the host wants no more"}; }

// The host's sink as the author's DocumentSink and ByteSink. Remembers that the host said stop.
class Results : public DocumentSink, public ByteSink {
 public:
  explicit Results(const purser_sink* sink) : sink_(sink) {}

  Outcome push(std::span<const Event> batch) override {
    if (stopped_ != PURSER_OK) return std::unexpected(stopped());
    while (!batch.empty()) {
      const auto part = batch.first(std::min(batch.size(), events_.size()));
      for (std::size_t i = 0; i < part.size(); ++i) to_abi(part[i], events_[i]);
      stopped_ = sink_->push(sink_, events_.data(), part.size());
      if (stopped_ != PURSER_OK) return std::unexpected(stopped());
      batch = batch.subspan(part.size());
    }
    return {};
  }

  Outcome write(std::span<const char> bytes) override {
    if (stopped_ == PURSER_OK && !bytes.empty()) stopped_ = sink_->write(sink_, bytes.data(), bytes.size());
    if (stopped_ != PURSER_OK) return std::unexpected(stopped());
    return {};
  }

  void finding(Finding finding) override {
    const purser_finding abi = to_abi(finding);
    if (stopped_ == PURSER_OK) stopped_ = sink_->finding(sink_, &abi);
  }

  void loss(Loss loss) override {
    const purser_loss abi = to_abi(loss);
    if (stopped_ == PURSER_OK) stopped_ = sink_->loss(sink_, &abi);
  }

  purser_status end(const Outcome& outcome) {
    if (stopped_ != PURSER_OK) return stopped_;
    if (outcome) return PURSER_OK;
    sink_->fail(sink_, to_abi(outcome.error().code), to_abi(outcome.error().message));
    return to_abi(outcome.error().what);
  }

  purser_status stop(purser_status status) {
    stopped_ = status;
    return status;
  }

 private:
  static constexpr std::size_t step = 256;  // 14 KiB of events: stays in the cache
  const purser_sink* sink_;
  purser_status stopped_ = PURSER_OK;
  std::array<purser_event, step> events_;
};

// The barrier: nothing of C++ leaves.
template <class Work>
purser_status guarded(Results& results, Work work) noexcept {
  try {
    try {
      return results.end(work());
    } catch (const std::bad_alloc&) {
      return results.end(
          std::unexpected(Status{StatusClass::defect, "HOST-MEMORY", "the connector has no memory left"}));
    } catch (const std::exception& error) {
      return results.end(std::unexpected(Status{StatusClass::defect, "HOST-0022", error.what()}));
    } catch (...) {
      return results.end(
          std::unexpected(Status{StatusClass::defect, "HOST-0022", "an exception of unknown type"}));
    }
  } catch (...) {
    return PURSER_DEFECT;
  }
}

class Input : public ByteSource {
 public:
  Input(const purser_source* source, Results& results) : source_(source), results_(results) {}
  std::expected<std::size_t, Status> read(std::span<char> into) override {
    std::size_t got = 0;
    const purser_status status = source_->read(source_, into.data(), into.size(), &got);
    if (status == PURSER_OK) return got;
    results_.stop(status);
    return std::unexpected(stopped());
  }

 private:
  const purser_source* source_;
  Results& results_;
};

template <std::size_t Size>
void copy_text(const std::string& from, char (&to)[Size]) {
  const std::size_t length = std::min(from.size(), Size - 1);
  std::memcpy(to, from.data(), length);
  to[length] = '\0';
}

size_t explain_count(purser_instance* instance) { return instance->connector->tables().size(); }

purser_text explain_name(purser_instance* instance, size_t table) {
  const auto tables = instance->connector->tables();
  return table < tables.size() ? to_abi(tables[table].name) : purser_text{nullptr, 0};
}

purser_text explain_row(purser_instance* instance, size_t table, uint32_t row) {
  const auto tables = instance->connector->tables();
  if (table >= tables.size() || row == 0) return {nullptr, 0};
  std::string_view rest = tables[table].text;
  for (; row > 1; --row) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return {nullptr, 0};
    rest.remove_prefix(end + 1);
  }
  return to_abi(rest.substr(0, rest.find('\n')));
}

}  // namespace
}  // namespace purser::sdk

struct purser_encoder {
  explicit purser_encoder(const purser_request& from, const purser_sink* sink)
      : request(purser::plugin::from_abi(from)), results(sink) {}
  purser::sdk::Request request;
  purser::sdk::Results results;
  std::unique_ptr<purser::sdk::Encoder> encoder;
  std::array<purser::Event, 256> events;
};

namespace purser::sdk {

purser_status create_instance(CreateFunction make, const purser_host* host, const purser_sink* sink,
                              purser_instance** out) {
  Results results(sink);
  return guarded(results, [&]() -> Outcome {
    auto instance = std::make_unique<purser_instance>(purser_instance{Host(host), nullptr});
    auto made = make(instance->host, results);
    if (!made) return std::unexpected(std::move(made.error()));
    instance->connector = *std::move(made);
    if (!instance->connector)
      return std::unexpected(Status{StatusClass::defect, "HOST-0010", "create gave nothing"});
    *out = instance.release();
    return {};
  });
}

void destroy_instance(purser_instance* instance) { delete instance; }

purser_status detect_file(purser_instance* instance, purser_text prefix, purser_detection* out) {
  try {
    const Detection found = instance->connector->detect(from_abi(prefix));
    out->confidence = std::min<std::uint32_t>(found.confidence, 100);
    copy_text(found.format, out->format);
    copy_text(found.message, out->message);
    copy_text(found.version, out->version);
    return PURSER_OK;
  } catch (...) {
    return PURSER_DEFECT;
  }
}

purser_status decode_file(purser_instance* instance, const purser_request* request,
                          const purser_source* source, const purser_sink* sink) {
  Results results(sink);
  return guarded(results, [&] {
    Input input(source, results);
    return instance->connector->decode(from_abi(*request), input, results);
  });
}

purser_status open_encoder(purser_instance* instance, const purser_request* request, const purser_sink* sink,
                           purser_encoder** out) {
  Results results(sink);
  return guarded(results, [&]() -> Outcome {
    auto encoder = std::make_unique<purser_encoder>(*request, sink);
    auto opened = instance->connector->encode(encoder->request, encoder->results, encoder->results);
    if (!opened) return std::unexpected(std::move(opened.error()));
    encoder->encoder = *std::move(opened);
    *out = encoder.release();
    return {};
  });
}

purser_status push_to_encoder(purser_encoder* encoder, const purser_event* events, size_t count) {
  return guarded(encoder->results, [&]() -> Outcome {
    while (count != 0) {
      const std::size_t part = std::min(count, encoder->events.size());
      for (std::size_t i = 0; i < part; ++i)
        if (!from_abi(events[i], encoder->events[i]))
          return std::unexpected(
              Status{StatusClass::defect, "HOST-0013", "an event of unknown kind, type or value"});
      if (Outcome done = encoder->encoder->push(std::span(encoder->events.data(), part)); !done) return done;
      events += part;
      count -= part;
    }
    return {};
  });
}

purser_status finish_encoder(purser_encoder* encoder) {
  return guarded(encoder->results, [&] { return encoder->encoder->finish(); });
}

void close_encoder(purser_encoder* encoder) { delete encoder; }

const void* connector_extension(const char* id) {
  static constexpr purser_explain explain = {sizeof explain, 0, explain_count, explain_name, explain_row};
  return std::string_view(id) == PURSER_EXPLAIN_1 ? &explain : nullptr;
}

}  // namespace purser::sdk
