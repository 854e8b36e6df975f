#include "gateway/access/shared/shared_buckets.h"

#include <Poco/Redis/Client.h>
#include <Poco/Redis/Command.h>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

namespace purser::gateway {
namespace {

using Poco::Redis::Array;
using Poco::Redis::BulkString;

// KEYS: buckets. ARGV: what was taken of each since the last call, in microseconds of its rate. Gives for
// each how far from full it is, in microseconds. Numbers stay below 2^53, where Lua's are exact.
constexpr const char* script = R"(
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local ahead = {}
for i, key in ipairs(KEYS) do
  local full_at = math.max(now, tonumber(redis.call('GET', key) or 0)) + ARGV[i]
  ahead[i] = string.format('%.0f', full_at - now)
  redis.call('SET', key, string.format('%.0f', full_at), 'PX', math.ceil((full_at - now) / 1000) + 1)
end
return ahead
)";

// Within a data centre an answer takes less than a millisecond; who takes longer is as good as away.
constexpr long patience_microseconds = 500'000;
// Buckets in one call of the script: the server does nothing else meanwhile (about a microsecond each).
constexpr std::size_t most_at_once = 500;
// A day's counter outlives its day by one, whatever the clocks say.
constexpr int day_counter_seconds = 2 * 86'400;

std::int64_t number_in(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

/// A connection that has logged in and left the script at the server. Throws Poco::Exception.
class SharedBuckets::Connection {
 public:
  explicit Connection(const BucketServer& server) : server_(server) {
    const Poco::Timespan patience(patience_microseconds);
    client_.connect(server.host, server.port, patience);
    client_.setReceiveTimeout(patience);
    if (!server.password.empty()) {
      Array login;
      login << "AUTH";
      if (!server.user.empty()) login << server.user;
      login << server.password;
      client_.execute<std::string>(login);
    }
    Array load;
    load << "SCRIPT"
         << "LOAD" << std::string(script);
    digest_ = client_.execute<BulkString>(load).value();
  }

  [[nodiscard]] bool leads_to(const BucketServer& server) const { return server_ == server; }

  void share(std::span<const Taken> taken, RateLimiter& limiter, std::chrono::microseconds now) {
    Array call;
    call << "EVALSHA" << digest_ << std::to_string(taken.size());
    for (const Taken& one : taken) call << fmt::format("{}rate:{}", server_.prefix, one.name);
    for (const Taken& one : taken) call << std::to_string(one.amount);
    const auto answer = client_.execute<Array>(call);
    for (std::size_t i = 0; i < taken.size(); ++i) {
      const auto ahead = number_in(answer.get<BulkString>(i).value());
      limiter.learn(taken[i].name, now + std::chrono::microseconds(ahead));
    }
  }

  void share_daily(const Taken& taken, RateLimiter& limiter, std::chrono::sys_days today) {
    const auto key = fmt::format("{}day:{:%F}:{}", server_.prefix, today, taken.name);
    Array add;
    add << "INCRBY" << key << std::to_string(taken.amount);
    const auto calls = client_.execute<Poco::Int64>(add);
    if (calls == static_cast<Poco::Int64>(taken.amount)) {
      Array expire;
      expire << "EXPIRE" << key << std::to_string(day_counter_seconds);
      client_.execute<Poco::Int64>(expire);
    }
    limiter.learn_daily(taken.name, static_cast<std::uint64_t>(calls), today);
  }

 private:
  BucketServer server_;
  Poco::Redis::Client client_;
  std::string digest_;
};

SharedBuckets::SharedBuckets(RateLimiter& limiter, const Clock& clock) : limiter_(limiter), clock_(clock) {}

SharedBuckets::~SharedBuckets() = default;

std::expected<void, std::string> SharedBuckets::exchange(const BucketServer& server) try {
  const auto taken = limiter_.taken();  // also where nobody is there to be told: what waits would grow
  if (connection_ != nullptr && !connection_->leads_to(server)) connection_.reset();
  if (connection_ == nullptr) connection_ = std::make_unique<Connection>(server);
  // Before the question, so that no caller is held longer than the rate says.
  const auto now = clock_.monotonic();
  for (std::size_t at = 0; at < taken.size(); at += most_at_once) {
    const auto part = std::span(taken).subspan(at, std::min(most_at_once, taken.size() - at));
    connection_->share(part, limiter_, now);
  }
  const auto today = std::chrono::floor<std::chrono::days>(clock_.now());
  for (const Taken& one : limiter_.taken_daily(today)) connection_->share_daily(one, limiter_, today);
  return {};
} catch (const Poco::Exception& error) {
  connection_.reset();
  return std::unexpected(fmt::format("{}:{}: {}", server.host, server.port, error.displayText()));
}

}  // namespace purser::gateway
