// The one table of endpoints: what serves requests, what the OpenAPI description is made from.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/api/call.h"

namespace purser::gateway {

class Api;

/// Who is let in before the body is read.
enum class Door : std::uint8_t {
  open,       ///< anyone: health
  known,      ///< anyone; who shows credentials is known by them, and wrong ones are noted as everywhere
  key,        ///< an API key with the scope
  signature,  ///< a webhook signature; checked when the body is there
  metrics     ///< open or key, as access.metrics says
};

/// Whether it opens without credentials.
constexpr bool is_open(Door door) { return door == Door::open || door == Door::known; }

struct Endpoint {
  std::string_view method;
  std::string_view path;  ///< "/v1/documents/{id}/timeline"
  Door door;
  std::string_view scope;    ///< of the key
  bool blocks;               ///< runs on the pool instead of the I/O thread
  std::string_view summary;  ///< one line
  void (*run)(Api& api, Call call);
  std::string_view operation;  ///< operationId of the description: "postDocument"; stable
  std::string_view parameters =
      {};  ///< names out of openapi.cc's table, apart by blanks; "!" marks required ones
  int success = 200;
  std::string_view answer = {};  ///< a schema of the description, or a media type; empty: no body
  bool takes_body = false;
  std::string_view body = {};  ///< a schema of the description, where the body is no document
};

/// All endpoints, in the order of the manual.
std::span<const Endpoint> endpoints();

/// What a method and path led to.
struct Match {
  const Endpoint* endpoint = nullptr;  ///< null: none
  std::vector<std::string> parameters;
  std::string allowed;  ///< methods the path has, if it is there at all: "GET, POST"
};
Match find_endpoint(std::string_view method, const RequestTarget& target);

}  // namespace purser::gateway
