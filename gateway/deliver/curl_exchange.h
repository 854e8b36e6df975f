// One exchange over libcurl, and how each kind of target is spoken to. libcurl is seen by these files only.
#pragma once

#include <curl/curl.h>

#include <array>
#include <memory>
#include <string>

#include "gateway/deliver/transport.h"
#include "gateway/fetch/address_filter.h"

namespace purser::gateway {

struct CurlRelease {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(CURLU* address) const { curl_url_cleanup(address); }
};
using CurlList = std::unique_ptr<curl_slist, CurlRelease>;

/// A handle of libcurl's, prepared for one target, and the shipment it carries. Everything that libcurl
/// borrows lives here.
struct Exchange {
  // The same for every shipment to the target.
  std::weak_ptr<const Target> prepared_for;
  AddressFilter filter;
  std::unique_ptr<CURLU, CurlRelease> address;
  CurlList headers;

  // Of the shipment under way.
  std::shared_ptr<const Target> target;
  Shipment shipment;
  Transport::Done done;
  std::array<std::string, 4> lines;       ///< its own headers,
  std::array<curl_slist, 4> line_list{};  ///< as libcurl takes them; `headers` come behind
  CurlList after;                         ///< commands behind an upload
  std::size_t uploaded = 0;               ///< bytes given to libcurl
  std::string answer;                     ///< the first bytes of the answer's body

  std::unique_ptr<CURL, CurlRelease> easy{
      curl_easy_init()};  ///< goes first, since it borrows from the others
};

/// How one kind of target is spoken to.
struct Way {
  /// Sets what is the same for every shipment. The handle is new or was reset.
  void (*prepare)(Exchange& exchange, const Target& target);
  /// Sets the rest.
  void (*load)(Exchange& exchange);
  /// What came of it. `receipt` holds the time taken and the protocol's answer.
  void (*judge)(Receipt& receipt, const Exchange& exchange, CURLcode result);
};
extern const Way http_way, sftp_way;

/// What all have in common: no connection, no time, an address that is not allowed.
void judge_failure(Receipt& receipt, const Exchange& exchange, CURLcode result);

}  // namespace purser::gateway
