#include "gateway/fetch/fetch.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "gateway/fetch/address_filter.h"

namespace purser::gateway {
namespace {

constexpr long total_ms = 5'000;

struct Progress {
  std::size_t most;
  AddressFilter filter;
  std::string answer{};
  bool too_long = false;
};

std::size_t keep(char* bytes, std::size_t, std::size_t count, void* self) {
  auto& progress = *static_cast<Progress*>(self);
  progress.too_long = count > progress.most - progress.answer.size();
  if (progress.too_long) return 0;
  progress.answer.append(bytes, count);
  return count;
}

using Fields = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

Fields fields_of(const FetchRequest& request) {
  curl_slist* list = nullptr;
  if (request.put) list = curl_slist_append(list, "Content-Type: application/octet-stream");
  for (const std::string& field : request.fields) list = curl_slist_append(list, field.c_str());
  return {list, curl_slist_free_all};
}

void set_credentials(CURL* easy, const FetchRequest& request) {
  if (!request.user.empty()) {
    curl_easy_setopt(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    curl_easy_setopt(easy, CURLOPT_USERNAME, request.user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, request.password.c_str());
  }
  if (!request.bearer.empty()) {
    curl_easy_setopt(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BEARER));
    curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, request.bearer.c_str());
  }
}

}  // namespace

std::expected<std::string, FetchFault> fetch(const FetchRequest& request) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), curl_easy_cleanup);
  if (!easy) return std::unexpected(FetchFault{0, "no memory for a request"});
  Progress progress{request.max_answer, {request.private_addresses}};
  const Fields fields = fields_of(request);
  const auto set = [&](auto option, auto value) { curl_easy_setopt(easy.get(), option, value); };
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, request.private_addresses ? "http,https" : "https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_TIMEOUT_MS, total_ms);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!request.authority_file.empty()) set(CURLOPT_CAINFO, request.authority_file.c_str());
  install_address_filter(easy.get(), progress.filter);
  set(CURLOPT_WRITEFUNCTION, &keep);
  set(CURLOPT_WRITEDATA, &progress);
  if (!request.form.empty()) set(CURLOPT_POSTFIELDS, request.form.c_str());
  if (request.put) {
    set(CURLOPT_CUSTOMREQUEST, "PUT");
    set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.put->size()));
    set(CURLOPT_POSTFIELDS, request.put->data());
  }
  if (fields) set(CURLOPT_HTTPHEADER, fields.get());
  set_credentials(easy.get(), request);
  const auto result = curl_easy_perform(easy.get());
  if (progress.filter.refused) return std::unexpected(FetchFault{0, "the address lies in the own network"});
  if (progress.too_long)
    return std::unexpected(
        FetchFault{0, fmt::format("the answer has more than {} bytes", request.max_answer)});
  if (result != CURLE_OK) return std::unexpected(FetchFault{0, curl_easy_strerror(result)});
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  const bool well = status == 200 || (request.put && (status == 201 || status == 204));
  if (!well)
    return std::unexpected(FetchFault{static_cast<int>(status), fmt::format("the answer was {}", status)});
  return std::move(progress.answer);
}

bool is_url(std::string_view where) { return where.starts_with("https://") || where.starts_with("http://"); }

std::expected<std::string, std::string> fetch_or_read(const std::string& where, bool private_addresses) {
  if (is_url(where)) {
    auto answer = fetch({where, private_addresses});
    if (!answer) return std::unexpected(std::move(answer.error().message));
    return std::move(*answer);
  }
  std::ifstream file(where, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) return std::unexpected(where + " cannot be read");
  return text;
}

}  // namespace purser::gateway
