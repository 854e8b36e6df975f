#include "tests/gateway/pipeline/node.h"

#include <fmt/format.h>

#include <thread>

#include "canonical/event/json_reader.h"
#include "gateway/translate/pull_text.h"
#include "plugins/host/connector.h"

namespace purser::gateway {
namespace {

std::string read_all(const Pull& source) {
  std::string all;
  char piece[4096];
  while (true) {
    const auto got = source(piece);
    if (!got || *got == 0) return all;
    all.append(piece, *got);
  }
}

/// Passes events on to whatever is written.
class ToEvents : public DocumentSink {
 public:
  explicit ToEvents(std::string& number) : number_(number) {}
  Outcome push(std::span<const Event> batch) override {
    for (const Event& event : batch) {
      if (event.kind == EventKind::begin_group) ++depth_;
      if (event.kind == EventKind::end_group) --depth_;
      if (event.kind == EventKind::field && depth_ == 0 && event.number == 1) number_ = event.value.bytes;
    }
    return {};
  }
  void finding(Finding) override {}
  void loss(Loss) override {}

 private:
  std::string& number_;
  int depth_ = 0;
};

}  // namespace

std::string order_json(const std::string& number) {
  return fmt::format(
      R"({{"document":"purchase_order","model":"1.0","number":"{}","issue_date":"2026-11-20","buyer":{{"name":"Acme"}},)"
      R"("seller":{{"name":"Bolt"}},"order_reference":{{"number":"PO-{}"}}}})",
      number, number.size() % 4);
}

std::string TestConnectors::detect(const DecodeOrder&, std::string_view first_bytes) {
  return first_bytes.starts_with("UPPER ") ? "upper" : "";
}

namespace {

/// Reads one after the other as if it had come alone.
class HandedTexts : public plugin::Handed {
 public:
  HandedTexts(TestConnectors& connectors, std::span<const std::string_view> texts)
      : connectors_(connectors), texts_(texts.begin(), texts.end()) {}
  Outcome decode(DocumentSink& out) override {
    return connectors_.decode({}, pull_text(texts_.at(next_++)), out);
  }

 private:
  TestConnectors& connectors_;
  std::vector<std::string> texts_;
  std::size_t next_ = 0;
};

}  // namespace

std::shared_ptr<plugin::Handed> TestConnectors::hand_over(std::span<const DecodeOrder> /*orders*/,
                                                          std::span<const std::string_view> documents) {
  together += documents.size();
  return std::make_shared<HandedTexts>(*this, documents);
}

Outcome TestConnectors::decode(const DecodeOrder& order, const Pull& source, DocumentSink& into) {
  if (order.handed != nullptr) return order.handed->decode(into);
  const std::string text = read_all(source);
  if (text.find("crash") != std::string::npos) {
    return std::unexpected(Status{StatusClass::defect, "HOST-CRASH", "the connector ended"});
  }
  if (text.find("busy") != std::string::npos && busy.exchange(false)) {
    return std::unexpected(Status{StatusClass::unavailable, "HOST-BUSY", "no worker is free"});
  }
  if (text.find("slow") != std::string::npos) std::this_thread::sleep_for(slow_for);
  return read_json(order_json(text.substr(6)), into);
}

Outcome TestConnectors::encode(const EncodeOrder& order, const std::function<Outcome(EventSink&)>& feed,
                               const std::function<Outcome(std::string_view)>& bytes, DocumentSink& notes) {
  if (order.format.find("refuse") != std::string::npos) {
    return std::unexpected(Status{StatusClass::invalid, "MAP-0004", "the value does not fit"});
  }
  if (order.format.find("lossy") != std::string::npos) {
    notes.loss({{}, "lines[1].note", "first"});
    notes.loss({{}, "lines[2].note", "second"});
    notes.loss({{}, "buyer.name", "Nordwind"});
  }
  std::string number;
  ToEvents events(number);
  if (auto fed = feed(events); !fed) return fed;
  return bytes(fmt::format("UPPER {} {}", number, ++encoded));
}

std::pair<std::string, std::string> TestConnectors::media_of(const EncodeOrder&) {
  return {"text/upper", ".upper"};
}

RouteTable table_to(const std::string& url, const std::string& connector) {
  Target target;
  target.name = "erp";
  HttpTarget http;
  http.url = url;
  http.allow_private_addresses = true;
  http.total_timeout = std::chrono::seconds(5);
  target.where = http;
  target.retry.first = std::chrono::milliseconds(5);
  target.retry.longest = std::chrono::milliseconds(50);
  target.retry.attempts = 8;
  Route route;
  route.name = "orders";
  route.target = "erp";
  route.connector = connector;
  RouteTable table;
  table.targets.push_back(target);
  table.routes.push_back(route);
  return table;
}

namespace {

OpenJournal open_in(const std::string& folder, FileSystem& files) {
  static SystemClock clock;  // has no state, and outlives every journal
  auto made = open_sqlite_journal({.folder = folder, .clock = clock, .files = files});
  if (!made) throw std::runtime_error(made.error().message);
  return std::move(*made);
}

}  // namespace

Node::Node(const std::string& folder, std::shared_ptr<const RouteTable> table, FileSystem& file_system,
           EngineOptions options)
    : Node(open_in(folder, file_system), std::move(table), options) {}

Node::Node(OpenJournal journal, std::shared_ptr<const RouteTable> table, EngineOptions options)
    : router(std::move(table)), opened(std::move(journal)) {
  if (options.poll == EngineOptions{}.poll) options.poll = std::chrono::milliseconds(10);
  engine = std::make_unique<Engine>(EngineParts{clock, random, *opened.journal, *opened.bodies, translator,
                                                router, metrics, threads, *transports},
                                    options);
  if (auto started = engine->start(); !started) throw std::runtime_error(started.error().message);
}

bool Node::wait(const std::function<bool()>& done) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr std::chrono::minutes patience{10};
#else
  constexpr std::chrono::minutes patience{1};
#endif
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!done()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

bool Node::settle() {
  return wait([this] {
    const auto figures = opened.journal->figures();
    return engine->is_idle() && figures && figures->admitted == 0 && figures->deliveries_open == 0;
  });
}

Incoming Node::incoming(const std::string& key, std::string body) {
  Incoming out;
  out.source = "http";
  out.partner = "acme";
  out.credential = "key-1";
  if (!key.empty()) out.claims = {{"http/acme", key}};
  out.body = std::move(body);
  return out;
}

}  // namespace purser::gateway
