// Deliveries over the network, with libcurl's multi interface on one thread.
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "gateway/deliver/curl_events.h"
#include "gateway/deliver/curl_exchange.h"
#include "gateway/port/thread_name.h"

namespace purser::gateway {
namespace {

constexpr long max_connections = 256;        // pooled, over all targets
constexpr long max_connections_a_host = 64;  // more than a target's default concurrency needs with HTTP/2
constexpr std::size_t max_spare = 256;       // a handle for each connection

const Way& way_to(const Target& target) {
  return std::holds_alternative<SftpTarget>(target.where) ? sftp_way : http_way;
}

bool may_go_inside(const Target& target) {
  const auto* sftp = std::get_if<SftpTarget>(&target.where);
  return sftp != nullptr ? sftp->server.allow_private_addresses
                         : std::get<HttpTarget>(target.where).allow_private_addresses;
}

struct Order {
  std::shared_ptr<const Target> target;
  Shipment shipment;
  Transport::Done done;
};

using ExchangePtr = std::unique_ptr<Exchange>;

class CurlTransport final : public Transport {
 public:
  CurlTransport() {
    curl_multi_setopt(events_.multi(), CURLMOPT_MAXCONNECTS, max_connections);
    curl_multi_setopt(events_.multi(), CURLMOPT_MAX_HOST_CONNECTIONS, max_connections_a_host);
    curl_multi_setopt(events_.multi(), CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    thread_ = std::thread([this] { loop(); });
  }
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;
  ~CurlTransport() override { end(); }

  void send(std::shared_ptr<const Target> target, Shipment shipment, Done done) override {
    bool first = false;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      first = arrived_.empty();
      arrived_.push_back({std::move(target), std::move(shipment), std::move(done)});
    }
    if (first) events_.wake();
  }

  void close() override { end(); }

 private:
  void end() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    events_.wake();
    if (thread_.joinable()) thread_.join();
  }

  void loop() {
    name_thread("deliver-http");
    std::vector<Order> fresh;
    while (true) {
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) break;
        fresh.swap(arrived_);
      }
      for (Order& order : fresh) begin(order);
      fresh.clear();
      events_.round();  // returns at once after a wake-up that came since the list was taken
      collect();
    }
    abandon();
  }

  void begin(Order& order) {
    ExchangePtr exchange = exchange_for(order.target);
    exchange->target = std::move(order.target);
    exchange->shipment = std::move(order.shipment);
    exchange->done = std::move(order.done);
    exchange->answer.clear();
    exchange->uploaded = 0;
    exchange->filter.refused = false;
    exchange->filter.requests = 0;
    way_to(*exchange->target).load(*exchange);
    CURL* easy = exchange->easy.get();
    running_[easy] = std::move(exchange);
    curl_multi_add_handle(events_.multi(), easy);
  }

  /// The one that was used last for this target, else one that is made ready for it.
  ExchangePtr exchange_for(const std::shared_ptr<const Target>& target) {
    const auto last = std::find_if(spare_.rbegin(), spare_.rend(),
                                   [&](const auto& one) { return one->prepared_for.lock() == target; });
    const bool prepared = last != spare_.rend();
    auto at = prepared
                  ? std::next(last).base()
                  : std::ranges::find_if(spare_, [](const auto& one) { return one->prepared_for.expired(); });
    if (at == spare_.end())
      at = spare_.size() < max_spare ? spare_.insert(at, std::make_unique<Exchange>()) : spare_.begin();
    ExchangePtr exchange = std::move(*at);
    spare_.erase(at);
    if (!prepared) prepare(*exchange, target);
    return exchange;
  }

  void prepare(Exchange& exchange, const std::shared_ptr<const Target>& target) {
    CURL* easy = exchange.easy.get();
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Purser");
    exchange.filter.private_addresses = may_go_inside(*target);
    install_address_filter(easy, exchange.filter);
    events_.follow(easy);
    way_to(*target).prepare(exchange, *target);
    exchange.prepared_for = target;
  }

  void collect() {
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(events_.multi(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* easy = message->easy_handle;
      const CURLcode result = message->data.result;
      ExchangePtr exchange = std::move(running_.extract(easy).mapped());
      Receipt receipt;
      long code = 0;
      curl_off_t took = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
      curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &took);
      receipt.took = std::chrono::microseconds(took);
      receipt.answer = static_cast<std::uint16_t>(code);
      way_to(*exchange->target).judge(receipt, *exchange, result);
      curl_multi_remove_handle(events_.multi(), easy);
      auto done = std::move(exchange->done);
      keep(std::move(exchange), result);
      done(std::move(receipt));
    }
  }

  void keep(ExchangePtr exchange, CURLcode result) {
    // libcurl counts how often it began again, over all requests of a handle, and gives up at the sixth.
    if (result != CURLE_OK || exchange->filter.requests != 1) exchange->prepared_for.reset();
    exchange->target.reset();
    exchange->shipment = {};
    if (spare_.size() >= max_spare) spare_.erase(spare_.begin());
    spare_.push_back(std::move(exchange));
  }

  // What is under way when the gateway stops may or may not have arrived: it will be sent again, same id.
  void abandon() {
    Receipt receipt;
    receipt.what = StatusClass::unavailable;
    receipt.code = "DELIVER-0001";
    receipt.detail = "the gateway stopped";
    for (auto& [easy, exchange] : running_) {
      curl_multi_remove_handle(events_.multi(), easy);
      exchange->done(receipt);
    }
    running_.clear();
    for (Order& order : arrived_) order.done(receipt);
  }

  CurlEvents events_;
  std::unordered_map<CURL*, ExchangePtr> running_;
  std::vector<ExchangePtr> spare_;  ///< the last one was used last
  std::mutex mutex_;
  std::vector<Order> arrived_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace

void judge_failure(Receipt& receipt, const Exchange& exchange, CURLcode result) {
  receipt.detail = one_line(curl_easy_strerror(result));
  receipt.what = StatusClass::unavailable;
  receipt.code = "DELIVER-0001";
  if (exchange.filter.refused) {
    receipt.what = StatusClass::denied;
    receipt.code = "DELIVER-0007";
  } else if (result == CURLE_OPERATION_TIMEDOUT) {
    receipt.code = "DELIVER-0002";
  } else if (result == CURLE_UNSUPPORTED_PROTOCOL || result == CURLE_URL_MALFORMAT ||
             result == CURLE_SSL_CERTPROBLEM || result == CURLE_SSL_CACERT_BADFILE) {
    receipt.what = StatusClass::defect;
    receipt.code = "DELIVER-0011";
  }
}

std::unique_ptr<Transport> make_network_transport() { return std::make_unique<CurlTransport>(); }

namespace {

// A text that was cut ends with a whole character of UTF-8; one of another encoding loses three bytes at
// most.
void end_with_whole_character(std::string& text) {
  const auto byte = [&](std::size_t back) { return static_cast<unsigned char>(text[text.size() - back]); };
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    if ((byte(back) & 0xc0U) == 0x80U) continue;
    const std::size_t length = byte(back) >= 0xf0U   ? 4
                               : byte(back) >= 0xe0U ? 3
                               : byte(back) >= 0xc0U ? 2
                                                     : 1;
    if (length > back) text.resize(text.size() - back);
    return;
  }
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (out.size() >= Receipt::max_detail) {
      end_with_whole_character(out);
      break;
    }
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    if (!control) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

}  // namespace purser::gateway
