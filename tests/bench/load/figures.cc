#include "tests/bench/load/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/bench/load/client.h"

namespace purser::bench {
namespace {

constexpr std::pair<const char*, std::uint32_t> shown[] = {{"p50", 500}, {"p99", 990}, {"p99.9", 999}};

std::string latency(const char* what, const std::vector<std::uint32_t>& sorted) {
  if (sorted.empty()) return {};
  std::string out = fmt::format("  {:<14}", what);
  for (const auto& [name, per_mille] : shown)
    out += fmt::format("   {} {:>7.1f} ms", name, percentile(sorted, per_mille) / 1000.0);
  return out + '\n';
}

nlohmann::ordered_json latency(const std::vector<std::uint32_t>& sorted) {
  nlohmann::ordered_json out;
  for (const auto& [name, per_mille] : shown) out[name] = percentile(sorted, per_mille);
  return out;
}

// Microseconds of a document, by stage and in all; stages that cost nothing are left out.
std::vector<std::pair<std::string, std::int64_t>> costs(const Figures& figures) {
  std::vector<std::pair<std::string, std::int64_t>> out;
  const auto documents = static_cast<std::int64_t>(std::max<std::uint64_t>(1, figures.accepted));
  std::int64_t all = 0;
  for (const auto& [stage, milliseconds] : figures.processor) {
    all += milliseconds;
    if (milliseconds * 1000 >= documents) out.emplace_back(stage, milliseconds * 1000 / documents);
  }
  if (!out.empty()) out.emplace_back("in all", all * 1000 / documents);
  return out;
}

}  // namespace

double Figures::a_second() const {
  return took.count() > 0 ? static_cast<double>(delivered) / took.count() : 0;
}

std::string as_text(const Figures& figures) {
  std::string out = fmt::format(
      "{}, {} clients, {}: {:.0f} documents/s the whole way; {} accepted, {} delivered, {} answered "
      "otherwise, "
      "{} connections lost\n",
      figures.who, figures.clients,
      figures.asked_rate == 0 ? "as fast as they can" : fmt::format("{}/s", figures.asked_rate),
      figures.a_second(), figures.accepted, figures.delivered, figures.answered_otherwise,
      figures.connections_lost);
  out += latency("answered", figures.answer) + latency("delivered", figures.delivery);
  std::string separator = "  processor time a document: ";
  for (const auto& [stage, cost] : costs(figures)) {
    out += fmt::format("{}{} {} us", separator, stage, cost);
    separator = ", ";
  }
  if (!figures.processor.empty()) out += '\n';
  if (!figures.memory.empty()) {
    out += fmt::format("  memory at first {} MB, at most {} MB, at last {} MB\n", figures.memory.front(),
                       std::ranges::max(figures.memory), figures.memory.back());
  }
  return out;
}

std::string as_json(const Figures& figures) {
  nlohmann::ordered_json out;
  out["who"] = figures.who;
  out["clients"] = figures.clients;
  out["asked_rate"] = figures.asked_rate;
  out["seconds"] = figures.took.count();
  out["documents_a_second"] = figures.a_second();
  out["accepted"] = figures.accepted;
  out["delivered"] = figures.delivered;
  out["answered_otherwise"] = figures.answered_otherwise;
  out["connections_lost"] = figures.connections_lost;
  out["answered_us"] = latency(figures.answer);
  if (!figures.delivery.empty()) out["delivered_us"] = latency(figures.delivery);
  for (const auto& [stage, cost] : costs(figures)) out["processor_us_a_document"][stage] = cost;
  if (!figures.memory.empty()) out["memory_mb"] = figures.memory;
  return out.dump();
}

}  // namespace purser::bench
