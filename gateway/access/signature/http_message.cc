#include "gateway/access/signature/http_message.h"

#include <algorithm>
#include <charconv>

#include "canonical/value/text.h"

namespace purser::gateway {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr std::string_view blanks = " \t\r\n";

// The next line without its end; false if there is none.
bool take_line(std::string_view& rest, std::string_view& line) {
  auto end = rest.find('\n');
  if (end == std::string_view::npos) return false;
  line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return true;
}

// Path and query of a target in origin form or absolute form.
std::string_view origin_form(std::string_view target) {
  auto colon = target.find("://");
  if (target.starts_with('/') || colon == std::string_view::npos) return target;
  auto path = target.find_first_of("/?", colon + 3);
  return path == std::string_view::npos ? std::string_view() : target.substr(path);
}

bool take_start_line(std::string_view line, HttpMessage& message) {
  if (line.starts_with("HTTP/")) {
    auto blank = line.find(' ');
    if (blank == std::string_view::npos || line.size() < blank + 4) return false;
    const char* digits = line.data() + blank + 1;
    auto [end, error] = std::from_chars(digits, digits + 3, message.status);
    return error == std::errc() && end == digits + 3 && message.status >= 100;
  }
  auto first = line.find(' ');
  auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !line.substr(last + 1).starts_with("HTTP/"))
    return false;
  message.method = line.substr(0, first);
  message.request_target = line.substr(first + 1, last - first - 1);
  return !message.method.empty() && !message.request_target.empty();
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::vector<std::string_view> HttpMessage::lines(std::string_view name, bool in_trailers) const {
  std::vector<std::string_view> found;
  for (const auto& [key, value] : in_trailers ? trailers : fields) {
    if (same_name(key, name)) found.push_back(trimmed(value, blanks));
  }
  return found;
}

std::string HttpMessage::path() const {
  auto origin = origin_form(request_target);
  std::string path(origin.substr(0, origin.find('?')));
  return path.empty() ? "/" : path;
}

std::string HttpMessage::query() const {
  auto origin = origin_form(request_target);
  auto question = origin.find('?');
  return question == std::string_view::npos ? "?" : std::string(origin.substr(question));
}

std::string HttpMessage::normal_authority() const {
  auto text = lowered(trimmed(authority, blanks));
  std::string_view own_port = lowered(scheme) == "https" ? ":443" : ":80";
  if (text.ends_with(own_port)) text.resize(text.size() - own_port.size());
  return text;
}

std::string HttpMessage::target_uri() const {
  if (request_target.find("://") != std::string::npos && !request_target.starts_with('/'))
    return request_target;
  auto q = query();
  return lowered(scheme) + "://" + normal_authority() + path() +
         (q == "?" && !request_target.ends_with('?') ? "" : q);
}

std::expected<std::pair<HttpMessage, std::string>, std::string> read_http_message(std::string_view text,
                                                                                  std::string_view scheme) {
  std::pair<HttpMessage, std::string> result;
  auto& message = result.first;
  message.scheme = scheme;
  std::string_view line;
  if (!take_line(text, line) || !take_start_line(line, message))
    return std::unexpected("the first line is neither a request line nor a status line");
  while (take_line(text, line) && !line.empty()) {
    auto colon = line.find(':');
    if ((line.starts_with(' ') || line.starts_with('\t')) && !message.fields.empty()) {
      message.fields.back().second +=
          " " + std::string(trimmed(line, blanks));  // a folded line (section 2.1)
      continue;
    }
    if (colon == std::string_view::npos || colon == 0)
      return std::unexpected("a line of the head is no field: " + std::string(line.substr(0, 80)));
    message.fields.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1), blanks));
  }
  result.second = text;
  if (auto host = message.lines("host"); !host.empty()) message.authority = host.front();
  return result;
}

}  // namespace purser::gateway
