// Deliveries over the network, with libcurl's multi interface on one thread.
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <vector>

#include "gateway/deliver/curl_exchange.h"
#include "gateway/fetch/address_filter.h"
#include "gateway/port/thread_name.h"

namespace purser::gateway {
namespace {

constexpr long max_connections = 256;        // pooled, over all targets
constexpr long max_connections_a_host = 64;  // more than a target's default concurrency needs with HTTP/2
constexpr int idle_wait_ms = 60'000;         // curl_multi_wakeup ends the wait earlier

/// How one kind of target is spoken to.
struct Way {
  void (*prepare)(CURL*, Exchange&);
  void (*judge)(Receipt&, const Exchange&, CURL*, CURLcode);
};

Way way_to(const Target& target) {
  if (std::holds_alternative<SftpTarget>(target.where)) return {prepare_sftp, judge_sftp};
  return {prepare_http, judge_http};
}

bool may_go_inside(const Target& target) {
  const auto* sftp = std::get_if<SftpTarget>(&target.where);
  return sftp != nullptr ? sftp->server.allow_private_addresses
                         : std::get<HttpTarget>(target.where).allow_private_addresses;
}

void release(Exchange& exchange) {
  curl_slist_free_all(exchange.headers);
  curl_slist_free_all(exchange.after);
}

class CurlTransport final : public Transport {
 public:
  CurlTransport() : multi_(curl_multi_init()) {
    if (multi_ == nullptr) throw std::runtime_error("curl_multi_init failed");
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, max_connections);
    curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, max_connections_a_host);
    curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    thread_ = std::thread([this] { loop(); });
  }
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;
  ~CurlTransport() override {
    end();
    for (CURL* easy : spare_) curl_easy_cleanup(easy);
    curl_multi_cleanup(multi_);
  }

  void send(std::shared_ptr<const Target> target, Shipment shipment, Done done) override {
    auto exchange = std::make_unique<Exchange>();
    exchange->target = std::move(target);
    exchange->shipment = std::move(shipment);
    exchange->done = std::move(done);
    bool first = false;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      first = arrived_.empty();
      arrived_.push_back(std::move(exchange));
    }
    if (first) curl_multi_wakeup(multi_);
  }

  void close() override { end(); }

 private:
  void end() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    curl_multi_wakeup(multi_);
    if (thread_.joinable()) thread_.join();
  }

  void loop() {
    name_thread("deliver-http");
    int running = 0;
    while (true) {
      std::vector<std::unique_ptr<Exchange>> fresh;
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) break;
        fresh.swap(arrived_);
      }
      for (auto& exchange : fresh) begin(std::move(exchange));
      curl_multi_perform(multi_, &running);
      collect();
      // A wake-up that came since the list was taken makes this return at once.
      curl_multi_poll(multi_, nullptr, 0, idle_wait_ms, nullptr);
    }
    abandon();
  }

  void begin(std::unique_ptr<Exchange> exchange) {
    CURL* easy = spare_.empty() ? curl_easy_init() : spare_.back();
    if (!spare_.empty()) spare_.pop_back();
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Purser");
    exchange->filter.private_addresses = may_go_inside(*exchange->target);
    install_address_filter(easy, exchange->filter);
    way_to(*exchange->target).prepare(easy, *exchange);
    curl_multi_add_handle(multi_, easy);
    running_[easy] = std::move(exchange);
  }

  void collect() {
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* easy = message->easy_handle;
      const CURLcode result = message->data.result;
      auto node = running_.extract(easy);
      Exchange& exchange = *node.mapped();
      Receipt receipt;
      long code = 0;
      curl_off_t took = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
      curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &took);
      receipt.took = std::chrono::microseconds(took);
      receipt.answer = static_cast<std::uint16_t>(code);
      way_to(*exchange.target).judge(receipt, exchange, easy, result);
      curl_multi_remove_handle(multi_, easy);
      release(exchange);
      spare_.push_back(easy);
      exchange.done(std::move(receipt));
    }
  }

  // What is under way when the gateway stops may or may not have arrived: it will be sent again, same id.
  void abandon() {
    Receipt receipt;
    receipt.what = StatusClass::unavailable;
    receipt.code = "DELIVER-0001";
    receipt.detail = "the gateway stopped";
    for (auto& [easy, exchange] : running_) {
      curl_multi_remove_handle(multi_, easy);
      release(*exchange);
      curl_easy_cleanup(easy);
      exchange->done(receipt);
    }
    for (auto& exchange : arrived_) exchange->done(receipt);
  }

  CURLM* multi_;
  std::unordered_map<CURL*, std::unique_ptr<Exchange>> running_;
  std::vector<CURL*> spare_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Exchange>> arrived_;
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
