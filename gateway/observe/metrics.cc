#include "gateway/observe/metrics.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace purser::gateway {
namespace {

constexpr std::int64_t first_limit = 100;  // microseconds

void head(std::string& out, std::string_view name, std::string_view what, std::string_view type) {
  fmt::format_to(std::back_inserter(out), "# HELP {0} {1}\n# TYPE {0} {2}\n", name, what, type);
}

void put(std::string& out, std::string_view name, std::string_view what, const Counter& counter) {
  head(out, name, what, "counter");
  fmt::format_to(std::back_inserter(out), "{} {}\n", name, counter.value());
}

void put(std::string& out, std::string_view name, std::string_view what, const Gauge& gauge) {
  head(out, name, what, "gauge");
  fmt::format_to(std::back_inserter(out), "{} {}\n", name, gauge.value());
}

// Microseconds as seconds, written exactly: "0.0001".
std::string seconds(std::uint64_t microseconds) {
  return fmt::format("{}.{:06}", microseconds / 1'000'000, microseconds % 1'000'000);
}

void put(std::string& out, std::string_view name, std::string_view what, const Histogram& histogram) {
  head(out, name, what, "histogram");
  std::uint64_t below = 0;
  for (std::size_t i = 0; i + 1 < Histogram::buckets; ++i) {
    below += histogram.count(i);
    fmt::format_to(std::back_inserter(out), "{}_bucket{{le=\"{}\"}} {}\n", name,
                   seconds(static_cast<std::uint64_t>(Histogram::limit(i).count())), below);
  }
  below += histogram.count(Histogram::buckets - 1);
  fmt::format_to(std::back_inserter(out), "{0}_bucket{{le=\"+Inf\"}} {1}\n{0}_sum {2}\n{0}_count {1}\n", name,
                 below, seconds(histogram.sum_microseconds()));
}

}  // namespace

std::chrono::microseconds Histogram::limit(std::size_t bucket) {
  return std::chrono::microseconds(first_limit << bucket);
}

void Histogram::observe(std::chrono::microseconds took) {
  std::size_t bucket = 0;
  while (bucket + 1 < buckets && took > limit(bucket)) ++bucket;
  counts_[bucket].fetch_add(1, std::memory_order_relaxed);
  if (took.count() > 0) sum_.fetch_add(static_cast<std::uint64_t>(took.count()), std::memory_order_relaxed);
}

std::string Metrics::render() const {
  std::string out;
  put(out, "purser_accepted_total", "Messages accepted and durable.", accepted);
  put(out, "purser_duplicates_total", "Messages seen before, answered with the first answer.", duplicates);
  put(out, "purser_conflicts_total", "Claims seen before with other content.", conflicts);
  put(out, "purser_refused_total", "Messages not taken: overloaded or storage unavailable.", refused);
  put(out, "purser_parked_total", "Messages and deliveries parked.", parked);
  put(out, "purser_rejected_total", "Messages rejected with findings.", rejected);
  put(out, "purser_delivered_total", "Deliveries that arrived.", delivered);
  put(out, "purser_attempts_total", "Delivery attempts.", attempts);
  put(out, "purser_retries_total", "Delivery attempts that will be repeated.", retries);
  put(out, "purser_notices_total", "Acknowledgements that did not come and deliveries that expired.", notices);
  put(out, "purser_http_requests_total", "HTTP requests answered.", http_requests);
  put(out, "purser_http_refused_total", "HTTP requests refused before a document was read.", http_refused);
  head(out, "purser_denied_total", "Calls refused at the door, by code.", "counter");
  for (std::size_t code = 1; code < denial_codes; ++code) {
    fmt::format_to(std::back_inserter(out), "purser_denied_total{{code=\"AUTH-{:04}\"}} {}\n", code,
                   denied[code].value());
  }
  put(out, "purser_configuration_swaps_total", "Configurations taken into use.", configuration_swaps);
  put(out, "purser_configuration_errors_total", "Configurations refused.", configuration_errors);
  put(out, "purser_waiting", "Submissions not answered yet.", waiting);
  put(out, "purser_in_flight", "Deliveries held in memory.", in_flight);
  put(out, "purser_connections", "Open incoming connections.", connections);
  put(out, "purser_admission_seconds", "From submission to durable answer.", admission);
  put(out, "purser_understanding_seconds", "Decoding, checking, planning and writing one message.",
      understanding);
  put(out, "purser_attempt_seconds", "One delivery attempt.", attempt);
  return out;
}

}  // namespace purser::gateway
