#include "tests/simulation/node.h"

#include <fmt/format.h>

#include <array>

#include "canonical/event/json_reader.h"
#include "gateway/translate/translator.h"

namespace purser::simulation {
namespace {

std::string read_all(const gateway::Pull& source) {
  std::string all;
  std::array<char, 4096> piece{};
  while (true) {
    const auto got = source(piece);
    if (!got || *got == 0) return all;
    all.append(piece.data(), *got);
  }
}

std::string_view word(std::string_view text, int index) {
  while (index-- > 0) text.remove_prefix(std::min(text.find(' ') + 1, text.size()));
  return text.substr(0, text.find(' '));
}

/// Takes the document's own number out of its events.
class NumberSink final : public DocumentSink {
 public:
  Outcome push(std::span<const Event> batch) override {
    for (const Event& event : batch) {
      if (event.kind == EventKind::begin_group) ++depth_;
      if (event.kind == EventKind::end_group) --depth_;
      if (event.kind == EventKind::field && depth_ == 0 && event.number == 1) number = event.value.bytes;
    }
    return {};
  }
  void finding(Finding) override {}
  void loss(Loss) override {}
  std::string number;

 private:
  int depth_ = 0;
};

// Connectors are busy now and then; what they cannot read they never can.
constexpr std::uint64_t busy_per_mille = 15;

}  // namespace

std::string SimulatedConnectors::detect(const gateway::DecodeOrder&, std::string_view first_bytes) {
  return first_bytes.starts_with("order ") ? "words" : "";
}

Outcome SimulatedConnectors::decode(const gateway::DecodeOrder&, const gateway::Pull& source,
                                    DocumentSink& into) {
  const std::string text = read_all(source);
  if (text.find("unreadable") != std::string::npos) {
    return std::unexpected(Status{StatusClass::invalid, "MAP-0004", "not readable"});
  }
  if (world_.chance(busy_per_mille)) {
    return std::unexpected(Status{StatusClass::unavailable, "HOST-BUSY", "no worker is free"});
  }
  const std::string json = fmt::format(
      R"({{"document":"purchase_order","model":"1.0","number":"{}","issue_date":"2026-11-20","buyer":{{"name":"A"}},)"
      R"("seller":{{"name":"B"}},"contract_reference":{{"number":"{}"}}}})",
      word(text, 1), word(text, 2));
  return read_json(json, into);
}

Outcome SimulatedConnectors::encode(const gateway::EncodeOrder&,
                                    const std::function<Outcome(EventSink&)>& feed,
                                    const std::function<Outcome(std::string_view)>& bytes, DocumentSink&) {
  if (world_.chance(busy_per_mille)) {
    return std::unexpected(Status{StatusClass::unavailable, "HOST-BUSY", "no worker is free"});
  }
  NumberSink events;
  if (auto fed = feed(events); !fed) return fed;
  // A control number of its own each time, as real formats have: bytes that are written twice differ.
  return bytes(fmt::format("written {} {}", events.number, world_.below(1'000'000'000)));
}

struct Node::Running {
  Running(const Surroundings& around, Life life, gateway::Clock& clock, gateway::OpenJournal&& opened,
          std::unique_ptr<DiskFiles> disk_files, const gateway::EngineOptions& options)
      : files(std::move(disk_files)),
        open(std::move(opened)),
        random(around.world),
        scheduler(around.world, life),
        connectors(around.world),
        transport(around.world, life, around.weather, around.receivers),
        engine({clock, random, *open.journal, *open.bodies, translator, around.router, metrics, scheduler,
                transport},
               options) {}
  std::unique_ptr<DiskFiles> files;
  gateway::OpenJournal open;
  SimulatedRandom random;
  SimulatedScheduler scheduler;
  SimulatedConnectors connectors;
  gateway::Translator translator{connectors};
  gateway::Metrics metrics;
  SimulatedTransport transport;
  gateway::Engine engine;
};

Node::Node(const Surroundings& around, std::string name)
    : clock(around.world), around_(around), name_(std::move(name)) {}

Node::~Node() { crash(); }

bool Node::start() {
  life_ = around_.world.begin_life();
  const World::As as(around_.world, life_);
  auto files = std::make_unique<DiskFiles>(around_.disk, life_);
  SimulatedScheduler scheduler(around_.world, life_);
  auto opened = gateway::open_sqlite_journal(
      {.folder = data_folder, .clock = clock, .files = *files, .scheduler = &scheduler});
  if (!opened) {
    why_ = opened.error().message;
    around_.world.end_life(life_);
    return false;
  }
  gateway::EngineOptions options;
  options.node = name_;
  options.workers = 3;
  options.fast_path_limit = 2'000;  // some of the documents are larger
  options.lease = seconds(60);
  running_ = std::make_unique<Running>(around_, life_, clock, std::move(*opened), std::move(files), options);
  if (auto started = running_->engine.start(); !started) {
    why_ = started.error().message;
    crash();
    return false;
  }
  return true;
}

void Node::crash() {
  if (!running_) return;
  around_.world.end_life(life_);  // from here on the disk takes nothing of it and its events never happen
  const World::As as(around_.world, life_);
  running_->engine.stop(milliseconds(0));
  running_.reset();
}

gateway::Engine& Node::engine() { return running_->engine; }
gateway::Journal& Node::journal() { return *running_->open.journal; }

}  // namespace purser::simulation
