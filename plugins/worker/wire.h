// The protocol between the gateway and a worker: frames over a stream, every field checked as hostile.
//
// A frame is a 16 byte header and a payload. Numbers are in the machine's own order: both ends are this
// machine. After the greeting the gateway asks (detect, decode, encode, tables, row) and the worker answers
// with done; between the two only one side speaks at a time, so neither can block the other:
//   decode:  the worker sends events, findings and losses as they come, and `more` when it wants bytes
//   encode:  the worker sends bytes, findings and losses, and `more` when it wants the next events or `last`
//   decode_all: the same for one whole document after the other, each ended by done; `enough` is not sent
//   both:    the worker sends `service` and waits for `answer`; `enough` may come at any time
#pragma once

#include <cstdint>
#include <cstring>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "canonical/event/event.h"
#include "canonical/finding/finding.h"
#include "canonical/finding/loss.h"
#include "plugins/line/request.h"

namespace purser::plugin::wire {

enum class Kind : std::uint8_t {
  // gateway to worker
  start = 1,        ///< limits
  configure = 2,    ///< settings, tables
  detect = 3,       ///< prefix
  decode = 4,       ///< request, then the first bytes as in `input`
  encode = 5,       ///< request, u8 all, the first events; unless all: further ones when asked for
  input = 6,        ///< u8 last, bytes
  events = 7,       ///< both ways: see EventWriter
  last = 8,         ///< encode: no more events
  stop = 9,         ///< instead of input or events: the caller wants no more
  tables = 10,      ///< names of the tables
  row = 11,         ///< u32 table, u32 row
  answer = 12,      ///< to service
  enough = 13,      ///< at any time, not waited for: what comes from now on is dropped
  decode_all = 14,  ///< u32 count, then so many payloads of `decode` as texts, each with all its bytes
  // worker to gateway
  hello = 32,    ///< connector info, sandbox flags
  refused = 33,  ///< findings: the library, settings or tables are not good
  created = 34,
  more = 35,
  finding = 36,
  loss = 37,
  bytes = 38,
  service = 39,
  done = 40  ///< outcome, then the result of detect, tables or row
};

/// A frame holds at least one whole value, and the largest values are attachments.
constexpr std::uint32_t max_payload = 64U << 20;
/// Events and bytes are gathered up to this size: large enough to make a system call cheap per event, small
/// enough to stay in the cache.
constexpr std::size_t good_payload = 128U << 10;

struct Header {
  Kind kind;
  std::uint8_t zero[3];
  std::uint32_t length;  ///< of the payload
  std::uint64_t check;   ///< of the above: a writer gone wild is noticed at once
};
static_assert(sizeof(Header) == 16);

Header make_header(Kind kind, std::size_t length);
/// False if the check is wrong, the kind unknown or the length above max_payload.
bool is_valid(const Header& header);

/// Appends fields to a payload.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  template <class Number>
  requires std::is_integral_v<Number>
  void number(Number value) { out_.append(reinterpret_cast<const char*>(&value), sizeof value); }
  void flag(bool value) { number(static_cast<std::uint8_t>(value ? 1 : 0)); }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    out_.append(value);
  }
  void texts(std::span<const std::string> values);
  void position(const Position& at);
  void status(const Outcome& outcome);
  void finding(const Finding& finding);
  void loss(const Loss& loss);
  void request(const Request& request);
  void detection(const Detection& detection);
  void info(const ConnectorInfo& info);

 private:
  std::string& out_;
};

/// Takes fields off a payload. After the first field that does not fit everything reads as empty and `good()`
/// is false; callers check once at the end.
class Reader {
 public:
  explicit Reader(std::string_view payload) : rest_(payload) {}
  template <class Number>
  requires std::is_integral_v<Number> Number number() {
    Number value{};
    if (rest_.size() < sizeof value) return fail(), Number{};
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }
  bool flag();
  std::string_view text();
  std::string string() { return std::string(text()); }
  std::vector<std::string> texts();
  Position position();
  Outcome status();
  Finding finding();
  Loss loss();
  Request request();
  Detection detection();
  ConnectorInfo info();
  std::string_view rest() { return std::exchange(rest_, {}); }

  /// Everything fitted and nothing is left over.
  [[nodiscard]] bool complete() const { return good_ && rest_.empty(); }
  [[nodiscard]] bool good() const { return good_; }
  void fail() {
    good_ = false;
    rest_ = {};
  }
  /// A count of things of at least `least` bytes each that can still follow.
  std::uint32_t count(std::size_t least);

 private:
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace purser::plugin::wire
