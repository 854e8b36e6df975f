// JSON bodies of calls that change settings, and the versions such calls are about.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "gateway/api/calls.h"
#include "gateway/api/json.h"

namespace purser::gateway {

/// What a member of a body may hold.
enum class MemberKind : std::uint8_t { text, flag, texts, object };
struct Member {
  std::string_view name;
  MemberKind kind = MemberKind::text;
  bool required = false;
};

/// The body as an object of these members and no others; 400 or 422 with the member's name if it is not.
/// A member that stands twice is refused (RFC 8259 section 4).
std::expected<Json, Response> json_body(const Call& call, std::initializer_list<Member> members);
/// The texts of a list, empty if it is not there.
std::vector<std::string> texts_of(const Json& object, const char* name);

/// If-Match: the version the change is made to (RFC 9110 section 13.1.1). 412 if it is none of ours.
std::expected<std::optional<std::int64_t>, Response> if_match(const Call& call);
void set_etag(Response& response, std::int64_t version);

}  // namespace purser::gateway
