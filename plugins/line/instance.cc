#include "plugins/line/instance.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <utility>

#include <fmt/format.h>

#include "plugins/line/convert.h"
#include "plugins/line/sinks.h"

namespace purser::plugin {
namespace {

// Findings while there is no document: about settings and tables.
class NotesOnly : public DocumentSink {
 public:
  Report report;
  Outcome push(std::span<const Event> batch) override {
    if (batch.empty()) return {};
    return std::unexpected(Status{StatusClass::defect, "HOST-0013", "events pushed while none are taken"});
  }
  void finding(Finding finding) override { report.add(std::move(finding)); }
  void loss(Loss /*loss*/) override {}
};

// A call into the connector. An exception that crosses breaks the line's first rule but harms nobody yet.
template <class Call>
Outcome run(AbiSink& sink, std::string_view what, Call call) {
  try {
    return std::move(sink).outcome(call());
  } catch (const std::bad_alloc&) {
    return std::unexpected(
        Status{StatusClass::defect, "HOST-MEMORY", fmt::format("no memory left in {}", what)});
  } catch (const std::exception& error) {
    return std::unexpected(
        Status{StatusClass::defect, "HOST-0011", fmt::format("{} threw: {}", what, error.what())});
  } catch (...) {
    return std::unexpected(Status{StatusClass::defect, "HOST-0011", fmt::format("{} threw", what)});
  }
}

std::string terminated(const char* text, std::size_t capacity) {
  return std::string(text, ::strnlen(text, capacity));
}

// Pushes into an encoder's C function.
class EncoderInput : public EventSink {
 public:
  EncoderInput(const purser_connector& entry, purser_encoder* encoder) : entry_(entry), encoder_(encoder) {}

  Outcome push(std::span<const Event> batch) override {
    while (!batch.empty()) {
      const auto part = batch.first(std::min(batch.size(), events_.size()));
      for (std::size_t i = 0; i < part.size(); ++i) to_abi(part[i], events_[i]);
      const purser_status status = entry_.encode_push(encoder_, events_.data(), part.size());
      if (status != PURSER_OK) {
        failed_ = status;
        return std::unexpected(Status{StatusClass::defect, "HOST-0012", "the encoder stopped"});
      }
      batch = batch.subspan(part.size());
    }
    return {};
  }
  [[nodiscard]] purser_status failed() const { return failed_; }

 private:
  static constexpr std::size_t step = 256;
  const purser_connector& entry_;
  purser_encoder* encoder_;
  purser_status failed_ = PURSER_OK;
  std::array<purser_event, step> events_{};
};

}  // namespace

Instance::Instance(const purser_connector& entry, std::unique_ptr<HostTable> host)
    : entry_(entry), host_(std::move(host)) {}

Instance::~Instance() {
  if (instance_ == nullptr) return;
  try {
    entry_.destroy(instance_);
  } catch (...) {  // it is gone either way, and there is nobody left to tell
  }
}

std::expected<std::unique_ptr<Instance>, Report> Instance::create(const purser_connector& entry,
                                                                  const std::string& name,
                                                                  std::string settings,
                                                                  std::vector<NamedText> tables,
                                                                  HostServices& services) {
  auto host = std::make_unique<HostTable>(name, std::move(settings), std::move(tables), services);
  std::unique_ptr<Instance> result(new Instance(entry, std::move(host)));
  NotesOnly notes;
  AbiSink sink(notes, nullptr);
  Outcome made =
      run(sink, "create", [&] { return entry.create(result->host_->get(), &sink, &result->instance_); });
  if (made && result->instance_ == nullptr)
    made = std::unexpected(Status{StatusClass::defect, "HOST-0010", "create gave no instance"});
  if (made) return result;
  if (notes.report.empty() || find_catalogue_entry(made.error().code) != nullptr)
    notes.report.add(
        make_finding(find_catalogue_entry(made.error().code) != nullptr ? made.error().code : "HOST-0010",
                     Position{}, made.error().message));
  return std::unexpected(std::move(notes.report));
}

std::unique_lock<std::mutex> Instance::turn() {
  if ((entry_.flags & PURSER_SERIAL) == 0) return {};
  return std::unique_lock(one_at_a_time_);
}

std::expected<Detection, Status> Instance::detect(std::string_view prefix) {
  if (entry_.detect == nullptr) return Detection{};
  const auto lock = turn();
  purser_detection found{};
  found.size = sizeof found;
  NotesOnly notes;
  AbiSink sink(notes, nullptr);
  Outcome done = run(sink, "detect", [&] { return entry_.detect(instance_, to_abi(prefix), &found); });
  if (!done) return std::unexpected(std::move(done.error()));
  if (found.confidence > 100)
    return std::unexpected(Status{StatusClass::defect, "HOST-0018", "detect gave a confidence above 100"});
  return Detection{found.confidence, terminated(found.format, sizeof found.format),
                   terminated(found.message, sizeof found.message),
                   terminated(found.version, sizeof found.version)};
}

Outcome Instance::decode(const Request& request, ByteSource& in, DocumentSink& out, AbiEvents* as_they_are) {
  if (entry_.decode == nullptr)
    return std::unexpected(Status{StatusClass::invalid, "HOST-0017", "this connector does not read"});
  const auto lock = turn();
  const AbiRequest abi(request);
  AbiSink sink(out, nullptr, as_they_are);
  AbiSource source(in, sink);
  return run(sink, "decode", [&] { return entry_.decode(instance_, abi.get(), &source, &sink); });
}

Outcome Instance::encode(const Request& request, const EventProducer& events, ByteSink& out,
                         DocumentSink& notes) {
  if (entry_.encode_open == nullptr)
    return std::unexpected(Status{StatusClass::invalid, "HOST-0017", "this connector does not write"});
  const auto lock = turn();
  const AbiRequest abi(request);
  AbiSink sink(notes, &out);
  purser_encoder* encoder = nullptr;
  Outcome producer_failed;
  Outcome result = run(sink, "encode", [&]() -> purser_status {
    const purser_status opened = entry_.encode_open(instance_, abi.get(), &sink, &encoder);
    if (opened != PURSER_OK) return opened;
    if (encoder == nullptr) return PURSER_DEFECT;
    EncoderInput input(entry_, encoder);
    Outcome produced = events(input);
    if (input.failed() != PURSER_OK) return input.failed();
    if (!produced) {
      producer_failed = std::move(produced);
      return PURSER_STOPPED;
    }
    return entry_.encode_finish(encoder);
  });
  if (encoder != nullptr) {
    try {
      entry_.encode_close(encoder);
    } catch (...) {
      if (result) result = std::unexpected(Status{StatusClass::defect, "HOST-0011", "encode_close threw"});
    }
  }
  return producer_failed ? std::move(result) : std::move(producer_failed);
}

const purser_explain* Instance::explain() const {
  if (entry_.extension == nullptr) return nullptr;
  const auto* table = static_cast<const purser_explain*>(entry_.extension(PURSER_EXPLAIN_1));
  return table != nullptr && PURSER_HAS(table, row) ? table : nullptr;
}

std::vector<std::string> Instance::tables() const {
  std::vector<std::string> names;
  const purser_explain* table = explain();
  constexpr std::size_t most = 0xFFFF;  // Position::table is 16 bits wide
  if (table == nullptr) return names;
  const std::size_t count = std::min(table->count(instance_), most);
  for (std::size_t i = 0; i < count; ++i) names.emplace_back(from_abi(table->name(instance_, i)));
  return names;
}

std::string Instance::table_row(std::size_t table, std::uint32_t row) const {
  const purser_explain* functions = explain();
  if (functions == nullptr || table >= functions->count(instance_)) return {};
  return std::string(from_abi(functions->row(instance_, table, row)));
}

}  // namespace purser::plugin
