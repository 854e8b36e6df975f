#include "gateway/intake/http_text.h"

#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/format.h>

#include "canonical/value/text.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_parameters = 64;  // a list request has at most a dozen filters

// The characters of a token (RFC 9110 5.6.2).
constexpr auto token_characters = [] {
  std::array<bool, 256> set{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    set[static_cast<unsigned char>(c)] = true;
  return set;
}();

bool is_token_char(char c) { return token_characters[static_cast<unsigned char>(c)]; }

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7f;
}

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// In any case; `known` is in lower case.
bool is(std::string_view text, std::string_view known) {
  return text.size() == known.size() &&
         std::equal(text.begin(), text.end(), known.begin(), [](char x, char y) { return lower(x) == y; });
}

// Fields of which two would leave it to each reader which one counts.
constexpr std::array<std::string_view, 10> single_fields = {"host",
                                                            "content-length",
                                                            "transfer-encoding",
                                                            "content-type",
                                                            "authorization",
                                                            "idempotency-key",
                                                            "webhook-id",
                                                            "webhook-timestamp",
                                                            "webhook-signature",
                                                            "content-encoding"};

const char* field_fault(std::string_view name, std::string_view value) {
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_token_char)) {
    return "a field name is not a token";
  }
  // Without an early way out: many at once.
  unsigned controls = 0;
  for (const char c : value) controls |= static_cast<unsigned>(is_control(c));
  if (controls != 0) return "a field value holds a control character";
  if (is(name, "transfer-encoding") && !is(value, "chunked")) {
    return "Transfer-Encoding is something else than chunked";
  }
  if (is(name, "content-length") &&
      (value.empty() || value.size() > 18 ||
       !std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))) {
    return "Content-Length is not a number";
  }
  if (is(name, "host") && value.find_first_of(" ,/@\\") != std::string_view::npos) {
    return "Host is not a host";
  }
  return nullptr;
}

const char* request_line_fault(std::string_view line) {
  auto first = line.find(' ');
  auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || first == 0) return "the request line is malformed";
  auto version = line.substr(last + 1);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return "the HTTP version is neither 1.0 nor 1.1";
  auto target = line.substr(first + 1, last - first - 1);
  for (char c : target) {
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f) {
      return "the request target holds a blank, a control or a raw 8-bit character";
    }
  }
  return nullptr;
}

// Which of single_fields were seen, and what follows from their combination.
class FieldCensus {
 public:
  const char* add(std::string_view name) {
    for (std::size_t i = 0; i < single_fields.size(); ++i) {
      if (!is(name, single_fields[i])) continue;
      if (seen_[i]) return "a field that may stand once was sent twice";
      seen_[i] = true;
    }
    return nullptr;
  }
  [[nodiscard]] const char* verdict(bool http_1_1) const {
    if (http_1_1 && !seen_[0]) return "Host is missing";
    if (seen_[1] && seen_[2]) return "Content-Length and Transfer-Encoding were both sent";
    if (!http_1_1 && seen_[2]) return "Transfer-Encoding was sent with HTTP/1.0";
    return nullptr;
  }

 private:
  std::array<bool, single_fields.size()> seen_{};
};

}  // namespace

const char* head_fault(std::string_view head) {
  FieldCensus census;
  bool http_1_1 = false;
  bool first = true;
  while (!head.empty()) {
    auto end = head.find('\n');
    if (end == std::string_view::npos || end == 0 || head[end - 1] != '\r') {
      return "a line does not end with CR LF";
    }
    auto line = head.substr(0, end - 1);
    head.remove_prefix(end + 1);
    if (line.find('\r') != std::string_view::npos) return "a line holds a bare CR";
    if (first) {
      if (const char* fault = request_line_fault(line)) return fault;
      http_1_1 = line.ends_with("HTTP/1.1");
      first = false;
      continue;
    }
    if (line.empty()) return head.empty() ? census.verdict(http_1_1) : "bytes follow the blank line";
    if (line.front() == ' ' || line.front() == '\t') return "a field is folded over two lines";
    auto colon = line.find(':');
    if (colon == std::string_view::npos) return "a field has no colon";
    auto name = line.substr(0, colon);
    if (const char* fault = field_fault(name, trimmed(line.substr(colon + 1), " \t"))) return fault;
    if (const char* fault = census.add(name)) return fault;
  }
  return "the blank line is missing";
}

std::string_view reason_phrase(int status) {
  static constexpr std::array<std::pair<int, std::string_view>, 24> phrases{
      {{100, "Continue"},
       {200, "OK"},
       {201, "Created"},
       {202, "Accepted"},
       {204, "No Content"},
       {304, "Not Modified"},
       {400, "Bad Request"},
       {401, "Unauthorized"},
       {403, "Forbidden"},
       {404, "Not Found"},
       {405, "Method Not Allowed"},
       {406, "Not Acceptable"},
       {408, "Request Timeout"},
       {409, "Conflict"},
       {411, "Length Required"},
       {413, "Content Too Large"},
       {415, "Unsupported Media Type"},
       {422, "Unprocessable Content"},
       {429, "Too Many Requests"},
       {431, "Request Header Fields Too Large"},
       {500, "Internal Server Error"},
       {501, "Not Implemented"},
       {503, "Service Unavailable"},
       {504, "Gateway Timeout"}}};
  for (const auto& [code, phrase] : phrases) {
    if (code == status) return phrase;
  }
  return "Unknown";
}

namespace {
// RFC 9110 5.6.7. Composed once a second and thread.
std::string_view http_date() {
  static constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  thread_local std::time_t composed_at = 0;
  thread_local std::string text;
  std::time_t now = std::time(nullptr);
  if (now != composed_at) {
    std::tm utc{};
    gmtime_r(&now, &utc);
    text = fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(utc.tm_wday)],
                       utc.tm_mday, months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900,
                       utc.tm_hour, utc.tm_min, utc.tm_sec);
    composed_at = now;
  }
  return text;
}
}  // namespace

std::string response_head(const Response& response, std::uint64_t length, bool keep_alive, bool secure) {
  std::string head;
  head.reserve(512);
  const auto add = [&head](const auto&... parts) { (head.append(parts), ...); };
  const auto number = [&head](const fmt::format_int& digits) { head.append(digits.data(), digits.size()); };
  add("HTTP/1.1 ");
  number(fmt::format_int(response.status));
  add(" ", reason_phrase(response.status), "\r\nDate: ", http_date(), "\r\n");
  if (!response.content_type.empty()) add("Content-Type: ", response.content_type, "\r\n");
  if (response.status != 204 && response.status != 304) {
    add("Content-Length: ");
    number(fmt::format_int(length));
    add("\r\n");
  }
  if (!keep_alive) add("Connection: close\r\n");
  add("Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
      "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n");
  if (secure) add("Strict-Transport-Security: max-age=31536000\r\n");
  for (const auto& [name, value] : response.headers) {
    // A value that came from outside must not start a line of its own.
    if (value.find_first_of("\r\n") == std::string::npos) add(name, ": ", value, "\r\n");
  }
  add("\r\n");
  return head;
}

namespace {
int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// RFC 3629, without surrogates and overlong forms; no control characters either.
bool is_clean_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      if (lead < 0x20 || lead == 0x7f) return false;
      ++i;
      continue;
    }
    std::size_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || i + more >= text.size()) return false;
    std::uint32_t point = lead & (0x3fU >> more);
    for (std::size_t k = 1; k <= more; ++k) {
      auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0U) != 0x80) return false;
      point = point << 6U | (next & 0x3fU);
    }
    constexpr std::array<std::uint32_t, 4> least = {0, 0x80, 0x800, 0x10000};
    if (point < least[more] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return false;
    i += more + 1;
  }
  return true;
}
}  // namespace

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  if (!is_clean_utf8(out)) return std::nullopt;
  return out;
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (char c : text) {
    bool unreserved = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::optional<std::string_view> RequestTarget::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::optional<RequestTarget> parse_target(std::string_view target) {
  if (target.empty() || target.front() != '/') return std::nullopt;
  RequestTarget result;
  auto question = target.find('?');
  auto path = target.substr(0, question);
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    auto slash = std::min(path.find('/'), path.size());
    if (slash > 0) {
      auto segment = percent_decoded(path.substr(0, slash));
      if (!segment || *segment == "." || *segment == "..") return std::nullopt;
      result.segments.push_back(std::move(*segment));
    }
    path.remove_prefix(slash);
  }
  if (question == std::string_view::npos) return result;
  auto rest = target.substr(question + 1);
  while (!rest.empty()) {
    auto end = std::min(rest.find('&'), rest.size());
    auto pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (pair.empty()) continue;
    auto equals = std::min(pair.find('='), pair.size());
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value || result.query.size() == max_parameters) return std::nullopt;
    result.query.emplace_back(std::move(*name), std::move(*value));
  }
  return result;
}

}  // namespace purser::gateway
