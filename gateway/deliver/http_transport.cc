// HTTP deliveries with libcurl's multi interface on one thread.
#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <vector>

#include "gateway/deliver/address.h"
#include "gateway/deliver/transport.h"

namespace purser::gateway {
namespace {

constexpr long max_connections = 256;        // pooled, over all targets
constexpr long max_connections_a_host = 64;  // more than a target's default concurrency needs with HTTP/2
constexpr int idle_wait_ms = 60'000;         // curl_multi_wakeup ends the wait earlier
constexpr std::size_t max_answer = 4096;     // bytes of an answer's body that are kept

struct Request {
  std::shared_ptr<const Target> target;
  Shipment shipment;
  Transport::Done done;
  std::string answer;
  bool refused_address = false;
  curl_slist* headers = nullptr;
};

std::string media_type_of(const HttpTarget& http, const Shipment& shipment) {
  if (!http.media_type.empty()) return http.media_type;
  return shipment.media_type.empty() ? "application/octet-stream" : shipment.media_type;
}

curl_slist* headers_of(const HttpTarget& http, const Shipment& shipment) {
  curl_slist* list = nullptr;
  auto add = [&](const std::string& line) { list = curl_slist_append(list, line.c_str()); };
  const std::string id = text(shipment.delivery.id);
  add("Content-Type: " + media_type_of(http, shipment));
  add("Purser-Delivery-Id: " + id);
  add("Idempotency-Key: " + id);
  add("Purser-Message-Id: " + text(shipment.delivery.message));
  add("Expect:");  // a 100-continue costs a round trip and buys nothing for documents
  for (const auto& [name, value] : http.headers) add(fmt::format("{}: {}", name, value));
  return list;
}

std::size_t keep_answer(char* bytes, std::size_t, std::size_t count, void* self) {
  auto& request = *static_cast<Request*>(self);
  const std::size_t room = max_answer - std::min(max_answer, request.answer.size());
  request.answer.append(bytes, std::min(room, count));
  return count;
}

// Asked for every address the name has, at the moment of connecting: a name that changes its mind is caught.
curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& request = *static_cast<Request*>(self);
  if (!std::get<HttpTarget>(request.target->where).allow_private_addresses &&
      !is_public_address(address->addr)) {
    request.refused_address = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::optional<std::chrono::seconds> retry_after_of(CURL* easy) {
  curl_off_t seconds = 0;  // libcurl reads both forms: seconds and a date (RFC 9110, 10.2.3)
  if (curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &seconds) != CURLE_OK || seconds <= 0)
    return std::nullopt;
  return std::chrono::seconds(seconds);
}

void judge_answer(Receipt& receipt, const Request& request) {
  const std::uint16_t code = receipt.answer;
  receipt.detail = one_line(fmt::format("{} {}", code, request.answer));
  if (code >= 200 && code < 300) return;
  if (code >= 300 && code < 400) {
    receipt.what = StatusClass::invalid;
    receipt.code = "DELIVER-0005";
  } else if (code == 408 || code == 425 || code == 429 || code >= 500) {
    receipt.what = code == 429 || code == 503 ? StatusClass::overloaded : StatusClass::unavailable;
    receipt.code = "DELIVER-0004";
  } else {
    receipt.what = code == 401 || code == 403 ? StatusClass::denied : StatusClass::invalid;
    receipt.code = "DELIVER-0003";
  }
}

void judge_failure(Receipt& receipt, const Request& request, CURLcode result) {
  receipt.detail = one_line(curl_easy_strerror(result));
  receipt.what = StatusClass::unavailable;
  receipt.code = "DELIVER-0001";
  if (request.refused_address) {
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

class HttpTransport final : public Transport {
 public:
  HttpTransport() : multi_(curl_multi_init()) {
    if (multi_ == nullptr) throw std::runtime_error("curl_multi_init failed");
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, max_connections);
    curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, max_connections_a_host);
    curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    thread_ = std::thread([this] { loop(); });
  }
  HttpTransport(const HttpTransport&) = delete;
  HttpTransport& operator=(const HttpTransport&) = delete;
  ~HttpTransport() override {
    end();
    for (CURL* easy : spare_) curl_easy_cleanup(easy);
    curl_multi_cleanup(multi_);
  }

  void send(std::shared_ptr<const Target> target, Shipment shipment, Done done) override {
    auto request = std::make_unique<Request>();
    request->target = std::move(target);
    request->shipment = std::move(shipment);
    request->done = std::move(done);
    bool first = false;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      first = arrived_.empty();
      arrived_.push_back(std::move(request));
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
    int running = 0;
    while (true) {
      std::vector<std::unique_ptr<Request>> fresh;
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) break;
        fresh.swap(arrived_);
      }
      for (auto& request : fresh) begin(std::move(request));
      curl_multi_perform(multi_, &running);
      collect();
      // A wake-up that came since the list was taken makes this return at once.
      curl_multi_poll(multi_, nullptr, 0, idle_wait_ms, nullptr);
    }
    abandon();
  }

  void begin(std::unique_ptr<Request> request) {
    CURL* easy = spare_.empty() ? curl_easy_init() : spare_.back();
    if (!spare_.empty()) spare_.pop_back();
    const auto& http = std::get<HttpTarget>(request->target->where);
    request->headers = headers_of(http, request->shipment);
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_URL, http.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, http.method.c_str());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->shipment.bytes.data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request->shipment.bytes.size()));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, request->headers);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(http.connect_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(http.total_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");  // the environment shall not decide where documents go
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Purser");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep_answer);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, request.get());
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, request.get());
    if (!http.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, http.ca_file.c_str());
    if (!http.client_certificate.empty())
      curl_easy_setopt(easy, CURLOPT_SSLCERT, http.client_certificate.c_str());
    if (!http.client_key.empty()) curl_easy_setopt(easy, CURLOPT_SSLKEY, http.client_key.c_str());
    curl_multi_add_handle(multi_, easy);
    running_[easy] = std::move(request);
  }

  void collect() {
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* easy = message->easy_handle;
      const CURLcode result = message->data.result;
      auto node = running_.extract(easy);
      Request& request = *node.mapped();
      Receipt receipt;
      long code = 0;
      curl_off_t took = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
      curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &took);
      receipt.took = std::chrono::microseconds(took);
      receipt.answer = static_cast<std::uint16_t>(code);
      if (result == CURLE_OK) {
        receipt.retry_after = retry_after_of(easy);
        judge_answer(receipt, request);
      } else {
        judge_failure(receipt, request, result);
      }
      curl_multi_remove_handle(multi_, easy);
      curl_slist_free_all(request.headers);
      spare_.push_back(easy);
      request.done(std::move(receipt));
    }
  }

  // What is under way when the gateway stops may or may not have arrived: it will be sent again, same id.
  void abandon() {
    Receipt receipt;
    receipt.what = StatusClass::unavailable;
    receipt.code = "DELIVER-0001";
    receipt.detail = "the gateway stopped";
    for (auto& [easy, request] : running_) {
      curl_multi_remove_handle(multi_, easy);
      curl_slist_free_all(request->headers);
      curl_easy_cleanup(easy);
      request->done(receipt);
    }
    for (auto& request : arrived_) request->done(receipt);
  }

  CURLM* multi_;
  std::unordered_map<CURL*, std::unique_ptr<Request>> running_;
  std::vector<CURL*> spare_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Request>> arrived_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<Transport> make_http_transport() { return std::make_unique<HttpTransport>(); }

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (out.size() >= Receipt::max_detail) break;
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
