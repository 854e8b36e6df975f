#include "tests/bench/scale/store.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <filesystem>
#include <future>
#include <stdexcept>
#include <utility>

namespace purser::bench {
namespace {

using namespace gateway;
using std::chrono::microseconds;

constexpr std::uint64_t at_once = 256;  // documents in one commit, as under load
constexpr std::uint64_t suppliers = 500;
constexpr std::uint64_t most_in_flight =
    10'000;  // what a node holds in memory (EngineOptions::max_in_memory)
constexpr int questions = 500;

// A number that looks like chance: ids of senders come in no order.
std::uint64_t scattered(std::uint64_t number) {
  number = (number ^ (number >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  number = (number ^ (number >> 27U)) * 0x94d049bb133111ebULL;
  return number ^ (number >> 31U);
}

std::string claim_key(std::uint64_t number) { return fmt::format("msg_{:016x}", scattered(number)); }

template <typename T, typename Start>
std::vector<T> wait(Start start) {
  std::promise<std::expected<std::vector<T>, Status>> promise;
  auto future = promise.get_future();
  start(Completion<T>([&promise](auto result) { promise.set_value(std::move(result)); }));
  auto result = future.get();
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

}  // namespace

microseconds processor_time() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto of = [](const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + microseconds(time.tv_usec);
  };
  return of(used.ru_utime) + of(used.ru_stime);
}

Store::Store(std::string folder, std::size_t bytes) : folder_(std::move(folder)), body_(bytes, 'x') {
  auto opened = open_sqlite_journal({.folder = folder_, .clock = clock_, .files = files_});
  if (!opened) throw std::runtime_error(opened.error().message);
  opened_ = std::move(*opened);
}

Admission Store::admission(std::uint64_t number) const {
  Admission out;
  out.incoming.source = "shop";
  out.incoming.credential = "webhook:shop";
  out.incoming.body = body_;
  out.incoming.claims = {{"webhook/shop", claim_key(number)}};
  Document document;
  document.ordinal = 1;
  document.type = DocumentType::invoice;
  document.number = fmt::format("INV-{:010}", number);
  document.canonical = body_;
  document.keys = {{"invoice", document.number},
                   {"order", fmt::format("PO-{:010}", number)},
                   {"supplier", fmt::format("DE{:09}", number % suppliers)}};
  PlannedDelivery delivery;
  delivery.document = 1;
  delivery.route = "json";
  delivery.target = "app";
  delivery.lane = "app\x1f" + document.number;
  out.understanding.emplace();
  out.understanding->format = "ubl";
  out.understanding->documents.push_back(std::move(document));
  out.understanding->deliveries.push_back(std::move(delivery));
  return out;
}

std::vector<ClaimedDelivery> Store::admit(std::uint64_t from, std::uint64_t to, bool leased) {
  std::vector<Admission> batch;
  for (std::uint64_t number = from; number < to; ++number) {
    batch.push_back(admission(number));
    if (leased) batch.back().lease = Lease{"node-1", clock_.now() + std::chrono::seconds(60)};
  }
  auto admitted = wait<Admitted>(
      [&](Completion<Admitted> done) { opened_.journal->admit(std::move(batch), std::move(done)); });
  std::vector<ClaimedDelivery> claimed;
  for (Admitted& one : admitted) {
    some_message_ = one.message;
    std::ranges::move(one.claimed, std::back_inserter(claimed));
  }
  return claimed;
}

void Store::settle(const std::vector<ClaimedDelivery>& deliveries) {
  std::vector<Attempt> batch;
  for (const ClaimedDelivery& delivery : deliveries) {
    Attempt attempt;
    attempt.delivery = delivery.id;
    attempt.fence = delivery.fence;
    attempt.message = delivery.message;
    attempt.lane = delivery.lane;
    attempt.started = clock_.now();
    attempt.answer = 204;
    attempt.next = DeliveryState::delivered;
    batch.push_back(std::move(attempt));
  }
  wait<ClaimedDelivery>([&](Completion<ClaimedDelivery> done) {
    opened_.journal->record(std::move(batch), std::nullopt, std::move(done));
  });
}

void Store::fill(std::uint64_t count, bool delivered) {
  const std::uint64_t first = count_;
  while (count_ < count) {
    const std::uint64_t to = std::min(count, count_ + at_once);
    const auto claimed = admit(count_, to, delivered || count_ - first < most_in_flight);
    if (delivered) settle(claimed);
    count_ = to;
  }
}

std::uint64_t Store::database_bytes() const { return std::filesystem::file_size(folder_ + "/journal.db"); }

template <typename Ask>
Times Store::measure(Ask ask) {
  std::vector<std::int64_t> took;
  for (int i = 0; i < questions; ++i) {
    const std::uint64_t number = scattered(static_cast<std::uint64_t>(i)) % count_;
    const auto began = std::chrono::steady_clock::now();
    if (!ask(number)) throw std::runtime_error(fmt::format("document {} is not found", number));
    took.push_back(
        std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - began).count());
  }
  std::ranges::sort(took);
  return {took[took.size() / 2], took[took.size() * 99 / 100]};
}

Times Store::find_rare_key() {
  return measure([&](std::uint64_t number) {
    const auto hits = opened_.journal->find_by_key({"order", fmt::format("PO-{:010}", number), {}, 50});
    return hits && hits->size() == 1;
  });
}

Times Store::find_frequent_key() {
  return measure([&](std::uint64_t number) {
    const auto hits =
        opened_.journal->find_by_key({"supplier", fmt::format("DE{:09}", number % suppliers), {}, 50});
    return hits && !hits->empty();
  });
}

Times Store::find_claim() {
  return measure([&](std::uint64_t number) {
    const auto seen = opened_.journal->find_claim("default", {"webhook/shop", claim_key(number)}, {});
    return seen && *seen;
  });
}

Times Store::list_newest() {
  return measure([&](std::uint64_t) {
    const auto page = opened_.journal->list({});
    return page && !page->empty();
  });
}

Times Store::show() {
  return measure([&](std::uint64_t) { return opened_.journal->show(some_message_).has_value(); });
}

}  // namespace purser::bench
