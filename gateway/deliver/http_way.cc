// How an HTTP endpoint is spoken to.
#include <fmt/format.h>

#include <algorithm>

#include "gateway/deliver/curl_exchange.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_answer = 4096;  // bytes of an answer's body that are kept

std::string media_type_of(const HttpTarget& http, const Shipment& shipment) {
  if (!http.media_type.empty()) return http.media_type;
  return shipment.media_type.empty() ? "application/octet-stream" : shipment.media_type;
}

curl_slist* headers_of(const HttpTarget& http, const Shipment& shipment) {
  curl_slist* list = nullptr;
  auto add = [&](const std::string& line) { list = curl_slist_append(list, line.c_str()); };
  add("Content-Type: " + media_type_of(http, shipment));
  if (shipment.delivery.id.is_set()) {  // else it is a notice, which has an id of its own
    const std::string id = text(shipment.delivery.id);
    add("Purser-Delivery-Id: " + id);
    add("Idempotency-Key: " + id);
    add("Purser-Message-Id: " + text(shipment.delivery.message));
  }
  add("Expect:");  // a 100-continue costs a round trip and buys nothing for documents
  for (const auto& [name, value] : http.headers) add(fmt::format("{}: {}", name, value));
  return list;
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

}  // namespace

void prepare_http(CURL* easy, Exchange& exchange) {
  const auto& http = std::get<HttpTarget>(exchange.target->where);
  exchange.headers = headers_of(http, exchange.shipment);
  curl_easy_setopt(easy, CURLOPT_URL, http.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, http.method.c_str());
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, exchange.shipment.bytes.data());
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(exchange.shipment.bytes.size()));
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange.headers);
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

void judge_http(Receipt& receipt, const Exchange& exchange, CURL* easy, CURLcode result) {
  if (result != CURLE_OK) return judge_failure(receipt, exchange, result);
  receipt.retry_after = retry_after_of(easy);
  judge_answer(receipt, exchange);
}

}  // namespace purser::gateway
