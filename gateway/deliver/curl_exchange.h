// One exchange over libcurl, and how each kind of target is spoken to. libcurl is seen by these files only.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "gateway/fetch/address_filter.h"
#include "gateway/deliver/transport.h"

namespace purser::gateway {

/// A shipment under way. Everything libcurl borrows lives here until the exchange has ended.
struct Exchange {
  std::shared_ptr<const Target> target;
  Shipment shipment;
  Transport::Done done;
  std::string answer;            ///< the first bytes of the answer's body
  std::string url;               ///< what is asked for, where the target's setting is not it
  std::size_t uploaded = 0;      ///< bytes given to libcurl
  AddressFilter filter;
  curl_slist* headers = nullptr;
  curl_slist* after = nullptr;  ///< commands behind an upload
};

/// Sets everything of `easy` for one exchange; it is new or was reset.
void prepare_http(CURL* easy, Exchange& exchange);
void prepare_sftp(CURL* easy, Exchange& exchange);
/// What came of it. `receipt` holds the time taken and the protocol's answer.
void judge_http(Receipt& receipt, const Exchange& exchange, CURL* easy, CURLcode result);
void judge_sftp(Receipt& receipt, const Exchange& exchange, CURL* easy, CURLcode result);

/// What all have in common: no connection, no time, an address that is not allowed.
void judge_failure(Receipt& receipt, const Exchange& exchange, CURLcode result);

}  // namespace purser::gateway
