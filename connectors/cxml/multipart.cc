#include "connectors/cxml/multipart.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "canonical/value/text.h"
#include "connectors/reader/bytes.h"

namespace purser::cxml {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view last = "--";  ///< behind the last boundary

std::string_view take_line(std::string_view& text) {
  std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// The value of a header field; lines that begin with a blank go on with the one before (RFC 5322, 2.2.3).
std::string field(std::string_view headers, std::string_view name) {
  std::string value;
  bool wanted = false;
  while (!headers.empty()) {
    const std::string_view line = take_line(headers);
    if (line.empty()) break;
    if (!blanks.contains(line[0])) {
      const auto colon = std::min(line.find(':'), line.size());
      wanted = lowered(line.substr(0, colon)) == name;
      if (wanted) value = line.substr(std::min(colon + 1, line.size()));
    } else if (wanted) {
      value += line;
    }
  }
  value.erase(0, std::min(value.find_first_not_of(blanks), value.size()));
  return value;
}

/// A parameter of a header's value, without its quotes.
std::string parameter(std::string_view value, std::string_view name) {
  const auto found = lowered(value).find(std::string(name) + '=');
  if (found == std::string::npos) return {};
  std::string_view rest = value.substr(found + name.size() + 1);
  if (rest.starts_with('"')) return std::string(rest.substr(1, rest.find('"', 1) - 1));
  return std::string(rest.substr(0, rest.find_first_of("; \t")));
}

/// Where the blank line behind a part's headers ends; npos if it is not there.
std::size_t end_of_headers(std::string_view text) {
  std::string_view rest = text;
  while (rest.contains('\n')) {
    if (take_line(rest).empty()) return text.size() - rest.size();
  }
  return std::string_view::npos;
}

struct Beginning {
  std::string boundary;
  std::size_t part = 0;  ///< where the first part's headers begin
};

/// Where the first part begins; nothing if these bytes do not tell.
std::optional<Beginning> beginning_of(std::string_view head) {
  std::string boundary;
  std::string_view rest = head;
  if (!head.starts_with("--")) {
    const auto end = end_of_headers(head);
    if (end == std::string_view::npos) return {};
    boundary = parameter(field(head.substr(0, end), "content-type"), "boundary");
    if (boundary.empty()) return {};
    rest.remove_prefix(end);
  }
  while (rest.contains('\n')) {
    std::string_view line = take_line(rest);
    line = line.substr(0, line.find_last_not_of(blanks) + 1);
    if (!line.starts_with("--") || (!boundary.empty() && line.substr(2) != boundary)) continue;
    return Beginning{std::string(line.substr(2)), head.size() - rest.size()};
  }
  return {};
}

Status broken(std::string why) { return {StatusClass::invalid, "CXML-0004", std::move(why)}; }

}  // namespace

bool Multipart::is_one(std::string_view head) {
  const auto first = lowered(head.substr(0, head.find('\n')));
  if (first.starts_with("--")) {
    std::string_view rest = head;
    take_line(rest);
    return first.size() > 3 && lowered(rest.substr(0, 8)) == "content-";
  }
  return (first.starts_with("mime-version:") || first.starts_with("content-")) &&
         lowered(field(head, "content-type")).starts_with("multipart/");
}

std::string_view Multipart::first_part(std::string_view head) {
  const auto beginning = beginning_of(head);
  if (!beginning) return {};
  const auto part = head.substr(beginning->part);
  const auto end = end_of_headers(part);
  return end == std::string_view::npos ? std::string_view{} : part.substr(end);
}

/// False: there is no more.
std::expected<bool, Status> Multipart::more() {
  if (in_ended_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + piece);
  const auto got = in_.read({buffer_.data() + before, piece});
  buffer_.resize(before + got.value_or(0));
  if (!got) return std::unexpected(got.error());
  in_ended_ = *got == 0;
  if (!delimiter_.empty()) found_ = buffer_.find(delimiter_, before - std::min(before, delimiter_.size()));
  return !in_ended_;
}

/// The headers of the part that begins here, which are passed.
std::expected<std::string, Status> Multipart::headers() {
  for (;;) {
    const auto text = std::string_view(buffer_).substr(at_);
    if (const auto end = end_of_headers(text); end != std::string_view::npos) {
      std::string taken(text.substr(0, end));
      at_ += end - 1;  // the line feed may begin the next delimiter: a part without content
      for (bool going = true; going && buffer_.size() - at_ < delimiter_.size();) {
        const auto read = more();
        if (!read) return std::unexpected(read.error());
        going = *read;
      }
      found_ = buffer_.find(delimiter_, at_);
      if (found_ != at_) ++at_;
      return taken;
    }
    const auto read = text.size() > most_head ? std::expected<bool, Status>(false) : more();
    if (!read) return std::unexpected(read.error());
    if (!*read) return std::unexpected(broken("the headers of a part of the multipart do not end"));
  }
}

Outcome Multipart::begin() {
  begun_ = true;
  std::optional<Beginning> beginning;
  while (!(beginning = beginning_of(buffer_))) {
    const auto read = buffer_.size() > most_head ? std::expected<bool, Status>(false) : more();
    if (!read) return std::unexpected(read.error());
    if (!*read) return std::unexpected(broken("no part of the multipart begins"));
  }
  delimiter_ = "\n--" + beginning->boundary;
  at_ = beginning->part;
  const auto taken = headers();
  if (!taken) return std::unexpected(taken.error());
  const auto encoding = lowered(field(*taken, "content-transfer-encoding"));
  if (encoding.starts_with("base64") || encoding.starts_with("quoted-printable"))
    return std::unexpected(broken("the XML of the multipart is encoded as " + shown(encoding)));
  return {};
}

/// How many bytes of the part at hand are in the buffer for sure; 0: it ends here.
std::expected<std::size_t, Status> Multipart::available() {
  for (;;) {
    if (found_ != std::string::npos) {
      const bool line_end = found_ > at_ && buffer_[found_ - 1] == '\r';
      return found_ - at_ - (line_end ? 1 : 0);
    }
    const std::size_t kept = in_ended_ ? 0 : delimiter_.size() + 1;  // a delimiter may begin in them
    if (buffer_.size() - at_ > kept) return buffer_.size() - at_ - kept;
    if (in_ended_) return 0;
    if (const auto read = more(); !read) return std::unexpected(read.error());
  }
}

std::expected<std::size_t, Status> Multipart::read(std::span<char> into) {
  if (!begun_) {
    if (auto done = begin(); !done) return std::unexpected(done.error());
  }
  if (part_ended_) return 0;
  const auto there = available();
  if (!there) return std::unexpected(there.error());
  const std::size_t given = std::min(*there, into.size());
  std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(at_), given, into.begin());
  at_ += given;
  part_ended_ = given == 0;
  return given;
}

Outcome Multipart::finish(DocumentSink& out) {
  while (found_ != std::string::npos) {
    at_ = found_ + delimiter_.size() - 1;  // with the boundary's last character no blank line begins here
    found_ = std::string::npos;
    while (buffer_.size() - at_ < last.size() + 1) {
      const auto read = more();
      if (!read) return std::unexpected(read.error());
      if (!*read) return {};
    }
    if (std::string_view(buffer_).substr(at_ + 1).starts_with(last)) return {};
    const auto taken = headers();
    if (!taken) return std::unexpected(taken.error());
    std::size_t size = 0;
    for (;;) {
      const auto there = available();
      if (!there) return std::unexpected(there.error());
      if (*there == 0) break;
      size += *there;
      at_ += *there;
    }
    const std::string id = field(*taken, "content-id"), type = field(*taken, "content-type");
    out.loss({{}, "attachment " + shown(id), fmt::format("{}, {} bytes", shown(type), size)});
  }
  return {};
}

Outcome read_message(table::XmlTables& tables, const sdk::Request& request, ByteSource& in,
                     DocumentSink& out) {
  constexpr std::size_t enough = 4 << 10;  // to see whether it is a multipart
  std::string head(enough, '\0');
  std::size_t have = 0;
  while (have < enough) {
    const auto got = in.read({head.data() + have, enough - have});
    if (!got) return std::unexpected(got.error());
    if (*got == 0) break;
    have += *got;
  }
  head.resize(have);
  reader::ConcatenatedSource whole(head, in);
  if (!Multipart::is_one(head)) return tables.read(request, whole, out);
  Multipart parts(whole);
  auto done = tables.read(request, parts, out);
  if (done) done = parts.finish(out);
  if (!done && done.error().code == "CXML-0004")
    out.finding(make_finding("CXML-0004", {}, done.error().message));
  return done;
}

}  // namespace purser::cxml
