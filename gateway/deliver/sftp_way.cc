// How an SFTP server is spoken to: the file is written under a temporary name and renamed, so that whoever
// lists the folder sees whole files only.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "gateway/deliver/curl_exchange.h"
#include "gateway/deliver/file_name.h"
#include "gateway/deliver/sftp_login.h"

namespace purser::gateway {
namespace {

std::size_t give_bytes(char* into, std::size_t, std::size_t room, void* self) {
  auto& exchange = *static_cast<Exchange*>(self);
  const std::string& bytes = exchange.shipment.bytes;
  const std::size_t count = std::min(room, bytes.size() - exchange.uploaded);
  std::memcpy(into, bytes.data() + exchange.uploaded, count);
  exchange.uploaded += count;
  return count;
}

std::size_t drop(char*, std::size_t, std::size_t count, void*) { return count; }

void prepare(Exchange& exchange, const Target& target) {
  CURL* easy = exchange.easy.get();
  log_in(easy, std::get<SftpTarget>(target.where).server);
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_bytes);
  curl_easy_setopt(easy, CURLOPT_READDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop);
}

void load(Exchange& exchange) {
  CURL* easy = exchange.easy.get();
  const auto& sftp = std::get<SftpTarget>(exchange.target->where);
  const std::string name = file_name_of(sftp.file_name, sftp.extension, exchange.shipment);
  const std::string temporary = fmt::format(".{}.part", text(exchange.shipment.delivery.id));
  const std::string url = sftp_url(easy, sftp.server, temporary);
  // SFTP 3 renames onto nothing that exists; the same delivery has the same name, so what goes is its own.
  const std::string place = sftp.server.path + "/" + name;
  curl_slist* after = curl_slist_append(nullptr, fmt::format("*rm \"{}\"", place).c_str());
  after = curl_slist_append(
      after, fmt::format("rename \"{}/{}\" \"{}\"", sftp.server.path, temporary, place).c_str());
  exchange.after.reset(after);
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(exchange.shipment.bytes.size()));
  curl_easy_setopt(easy, CURLOPT_POSTQUOTE, after);
}

void judge(Receipt& receipt, const Exchange& exchange, CURLcode result) {
  const auto& sftp = std::get<SftpTarget>(exchange.target->where);
  receipt.answer = 0;
  if (result == CURLE_OK) {
    receipt.detail = file_name_of(sftp.file_name, sftp.extension, exchange.shipment);
    return;
  }
  judge_failure(receipt, exchange, result);
  if (exchange.filter.refused) return;
  switch (result) {
    case CURLE_LOGIN_DENIED:
    case CURLE_PEER_FAILED_VERIFICATION:
      receipt.what = StatusClass::denied;
      receipt.code = result == CURLE_LOGIN_DENIED ? "DELIVER-0012" : "DELIVER-0013";
      break;
    case CURLE_QUOTE_ERROR:
    case CURLE_REMOTE_ACCESS_DENIED:
    case CURLE_REMOTE_DISK_FULL:
    case CURLE_REMOTE_FILE_EXISTS:
    case CURLE_REMOTE_FILE_NOT_FOUND:
    case CURLE_UPLOAD_FAILED:
    case CURLE_SSH:
      receipt.code = "DELIVER-0008";
      break;
    default:
      break;
  }
}

}  // namespace

const Way sftp_way{prepare, load, judge};

}  // namespace purser::gateway
