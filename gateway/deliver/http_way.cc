// How an HTTP endpoint is spoken to.
#include <fmt/format.h>

#include <algorithm>

#include "gateway/deliver/curl_exchange.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_answer = 4096;  // bytes of an answer's body that are kept

CurlList headers_of(const HttpTarget& http) {
  curl_slist* list =
      curl_slist_append(nullptr, "Expect:");  // a 100-continue costs a round trip and buys nothing
  for (const auto& [name, value] : http.headers)
    list = curl_slist_append(list, fmt::format("{}: {}", name, value).c_str());
  return CurlList(list);
}

const std::string& media_type_of(const HttpTarget& http, const Shipment& shipment) {
  static const std::string unknown = "application/octet-stream";
  if (!http.media_type.empty()) return http.media_type;
  return shipment.media_type.empty() ? unknown : shipment.media_type;
}

// The shipment's own lines, with those of its target behind them.
void write_headers(const HttpTarget& http, Exchange& exchange) {
  std::size_t count = 0;
  const auto add = [&](std::string_view name, std::string_view value) {
    std::string& line = exchange.lines[count];
    line.assign(name).append(value);
    exchange.line_list[count] = {line.data(), exchange.line_list.data() + count + 1};
    ++count;
  };
  add("Content-Type: ", media_type_of(http, exchange.shipment));
  const auto& delivery = exchange.shipment.delivery;
  if (delivery.id.is_set()) {  // else it is a notice, which has an id of its own
    const std::string id = text(delivery.id);
    add("Purser-Delivery-Id: ", id);
    add("Idempotency-Key: ", id);
    add("Purser-Message-Id: ", text(delivery.message));
  }
  exchange.line_list[count - 1].next = exchange.headers.get();
}

std::size_t keep_answer(char* bytes, std::size_t, std::size_t count, void* self) {
  auto& exchange = *static_cast<Exchange*>(self);
  const std::size_t room = max_answer - std::min(max_answer, exchange.answer.size());
  exchange.answer.append(bytes, std::min(room, count));
  return count;
}

std::optional<std::chrono::seconds> retry_after_of(CURL* easy) {
  curl_off_t seconds = 0;  // libcurl reads both forms: seconds and a date (RFC 9110, 10.2.3)
  if (curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &seconds) != CURLE_OK || seconds <= 0)
    return std::nullopt;
  return std::chrono::seconds(seconds);
}

void judge_answer(Receipt& receipt, const Exchange& exchange) {
  const std::uint16_t code = receipt.answer;
  receipt.detail = one_line(fmt::format("{} {}", code, exchange.answer));
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

// The address is read once, as libcurl would read it; what it cannot read it is asked for all the same.
void set_address(Exchange& exchange, const std::string& url) {
  exchange.address.reset(curl_url());
  if (curl_url_set(exchange.address.get(), CURLUPART_URL, url.c_str(),
                   CURLU_GUESS_SCHEME | CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK) {
    curl_easy_setopt(exchange.easy.get(), CURLOPT_CURLU, exchange.address.get());
  } else {
    curl_easy_setopt(exchange.easy.get(), CURLOPT_URL, url.c_str());
  }
}

void prepare(Exchange& exchange, const Target& target) {
  CURL* easy = exchange.easy.get();
  const auto& http = std::get<HttpTarget>(target.where);
  exchange.headers = headers_of(http);
  set_address(exchange, http.url);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, http.method.c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange.line_list.data());
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(http.connect_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(http.total_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep_answer);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange);
  if (!http.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, http.ca_file.c_str());
  if (!http.client_certificate.empty())
    curl_easy_setopt(easy, CURLOPT_SSLCERT, http.client_certificate.c_str());
  if (!http.client_key.empty()) curl_easy_setopt(easy, CURLOPT_SSLKEY, http.client_key.c_str());
}

void load(Exchange& exchange) {
  CURL* easy = exchange.easy.get();
  write_headers(std::get<HttpTarget>(exchange.target->where), exchange);
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, exchange.shipment.bytes.data());
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(exchange.shipment.bytes.size()));
}

void judge(Receipt& receipt, const Exchange& exchange, CURLcode result) {
  if (result != CURLE_OK) return judge_failure(receipt, exchange, result);
  receipt.retry_after = retry_after_of(exchange.easy.get());
  judge_answer(receipt, exchange);
}

}  // namespace

const Way http_way{prepare, load, judge};

}  // namespace purser::gateway
