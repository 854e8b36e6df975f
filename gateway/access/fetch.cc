#include "gateway/access/fetch.h"

#include <fstream>
#include <iterator>
#include <memory>

#include <curl/curl.h>
#include <fmt/format.h>

#include "gateway/access/jose/jwk.h"
#include "gateway/deliver/address_filter.h"

namespace purser::gateway {
namespace {

constexpr long total_ms = 5'000;
constexpr std::size_t max_answer = max_key_set_bytes;

struct Progress {
  std::string answer;
  AddressFilter filter;
};

std::size_t keep(char* bytes, std::size_t, std::size_t count, void* self) {
  auto& progress = *static_cast<Progress*>(self);
  if (progress.answer.size() + count > max_answer) return 0;
  progress.answer.append(bytes, count);
  return count;
}

}  // namespace

std::expected<std::string, std::string> fetch(const FetchRequest& request) {
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), curl_easy_cleanup);
  if (!easy) return std::unexpected("no memory for a request");
  Progress progress;
  progress.filter.private_addresses = request.private_addresses;
  auto set = [&](auto option, auto value) { curl_easy_setopt(easy.get(), option, value); };
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, request.private_addresses ? "http,https" : "https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_TIMEOUT_MS, total_ms);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  install_address_filter(easy.get(), progress.filter);
  set(CURLOPT_WRITEFUNCTION, &keep);
  set(CURLOPT_WRITEDATA, &progress);
  if (!request.form.empty()) set(CURLOPT_POSTFIELDS, request.form.c_str());
  if (!request.user.empty()) {
    set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    set(CURLOPT_USERNAME, request.user.c_str());
    set(CURLOPT_PASSWORD, request.password.c_str());
  }
  if (!request.bearer.empty()) {
    set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BEARER));
    set(CURLOPT_XOAUTH2_BEARER, request.bearer.c_str());
  }
  if (request.put) {
    set(CURLOPT_CUSTOMREQUEST, "PUT");
    set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.put->size()));
    set(CURLOPT_POSTFIELDS, request.put->data());
  }
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> fields(
      request.put ? curl_slist_append(nullptr, "Content-Type: application/octet-stream") : nullptr,
      curl_slist_free_all);
  if (fields) set(CURLOPT_HTTPHEADER, fields.get());
  auto result = curl_easy_perform(easy.get());
  if (progress.filter.refused) return std::unexpected("the address lies in the own network");
  if (result != CURLE_OK) return std::unexpected(curl_easy_strerror(result));
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  const bool well = status == 200 || (request.put && (status == 201 || status == 204));
  if (!well) return std::unexpected(fmt::format("the answer was {}", status));
  return std::move(progress.answer);
}

std::expected<std::string, std::string> fetch_keys(const std::string& where, bool private_addresses) {
  if (where.starts_with("https://") || where.starts_with("http://"))
    return fetch({where, private_addresses, {}, {}, {}});
  std::ifstream file(where, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) return std::unexpected(where + " cannot be read");
  return text;
}

}  // namespace purser::gateway
