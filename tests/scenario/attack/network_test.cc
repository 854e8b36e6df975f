// Attacks by way of the network: where outgoing calls are led, how slowly a caller speaks, what time tells.
// Each is shown to work where the defence is not: on a handle without the filter, by a comparison that stops
// at the first difference, with a deadline that never comes.
#include <curl/curl.h>
#include <gtest/gtest.h>
#include <time.h>

#include <algorithm>
#include <future>
#include <memory>
#include <vector>

#include "gateway/access/hmac.h"
#include "gateway/deliver/transport.h"
#include "gateway/fetch/address_filter.h"
#include "tests/gateway/pipeline/receiver.h"
#include "tests/scenario/attack/undefended.h"

namespace purser::gateway {
namespace {

using testing::Defence;
using testing::Without;

std::string port_of(const Receiver& receiver) {
  const auto url = receiver.url();
  const auto at = url.find(':', 7) + 1;
  return url.substr(at, url.find('/', at) - at);
}

/// One request over a handle of libcurl's.
class Outgoing {
 public:
  Outgoing() : easy_(curl_easy_init()) {}
  ~Outgoing() {
    curl_slist_free_all(names_);
    curl_easy_cleanup(easy_);
  }
  Outgoing(const Outgoing&) = delete;
  Outgoing& operator=(const Outgoing&) = delete;
  /// The name now leads there: what a name server does that answers twice.
  void lead(const std::string& name_and_port, const std::string& address) {
    names_ = curl_slist_append(names_, (name_and_port + ":" + address).c_str());
    curl_easy_setopt(easy_, CURLOPT_RESOLVE, names_);
  }
  bool arrives(const std::string& url) {
    curl_easy_setopt(easy_, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, 5'000L);
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, "x");
    return curl_easy_perform(easy_) == CURLE_OK;
  }
  CURL* easy_;

 private:
  curl_slist* names_ = nullptr;
};

TEST(Ssrf, Api7ANameThatLeadsInside) {
  Receiver inside;
  const auto name = "rebound.example:" + port_of(inside);
  {
    const Without addresses(Defence::addresses);
    Outgoing open;
    AddressFilter filter;
    install_address_filter(open.easy_, filter);
    open.lead(name, "127.0.0.1");
    EXPECT_TRUE(open.arrives("http://" + name + "/")) << "without the filter it works";
  }
  ASSERT_EQ(inside.requests().size(), 1U);
  for (const char* address : {"127.0.0.1", "[::ffff:127.0.0.1]"}) {
    Outgoing guarded;
    AddressFilter filter;
    install_address_filter(guarded.easy_, filter);
    guarded.lead(name, address);
    EXPECT_FALSE(guarded.arrives("http://" + name + "/")) << address;
    EXPECT_TRUE(filter.refused) << address;
  }
  EXPECT_EQ(inside.requests().size(), 1U);
}

TEST(Ssrf, Api7AConnectionThatAnotherOpened) {
  Receiver inside;
  const auto url = "http://127.0.0.1:" + port_of(inside) + "/";
  Outgoing shared;  // a handle keeps its connections
  AddressFilter filter{true, false};
  install_address_filter(shared.easy_, filter);
  ASSERT_TRUE(shared.arrives(url)) << "one who may";
  filter.private_addresses = false;
  EXPECT_FALSE(shared.arrives(url)) << "one who may not, over the same connection";
  EXPECT_TRUE(filter.refused);
  EXPECT_EQ(inside.requests().size(), 1U);
}

TEST(Ssrf, Api7ARedirectLeadsNowhere) {
  Receiver inside;
  Receiver outside([&](const Receiver::Request&) {
    return Receiver::Reply{302, "Location: " + inside.url() + "\r\n", false};
  });
  {
    Outgoing naive;
    curl_easy_setopt(naive.easy_, CURLOPT_FOLLOWLOCATION, 1L);
    EXPECT_TRUE(naive.arrives(outside.url()));
    ASSERT_EQ(inside.requests().size(), 1U) << "followed, it works";
  }
  const auto transport = make_network_transport();
  HttpTarget http;
  http.url = outside.url();
  http.allow_private_addresses = true;  // the receiver of this test lies here
  auto target = std::make_shared<Target>();
  target->where = http;
  std::promise<Receipt> promise;
  Shipment shipment;
  shipment.bytes = "x";
  transport->send(target, std::move(shipment),
                  [&](Receipt receipt) { promise.set_value(std::move(receipt)); });
  const auto receipt = promise.get_future().get();
  transport->close();
  EXPECT_EQ(receipt.code, "DELIVER-0005");
  EXPECT_EQ(inside.requests().size(), 1U);
}

std::int64_t processor_time() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

// How much longer a comparison takes for texts that differ at their end than at their beginning: the median
// over many pairs, taken in turn, so that whatever else runs disturbs both alike. In percent.
template <typename Compare>
std::int64_t ratio_of(Compare compare) {
  constexpr std::size_t length = 64 * 1024;
  const std::string secret(length, 's');
  std::string early = secret;
  std::string late = secret;
  early.front() = 'x';
  late.back() = 'x';
  std::vector<std::int64_t> ratios;
  for (int i = 0; i < 301; ++i) {
    const auto start = processor_time();
    for (int j = 0; j < 20; ++j) EXPECT_FALSE(compare(secret, early));
    const auto middle = processor_time();
    for (int j = 0; j < 20; ++j) EXPECT_FALSE(compare(secret, late));
    const auto end = processor_time();
    ratios.push_back((end - middle) * 100 / std::max<std::int64_t>(1, middle - start));
  }
  std::nth_element(ratios.begin(), ratios.begin() + 150, ratios.end());
  return ratios[150];
}

TEST(Timing, AComparisonDoesNotTellWhereTheyDiffer) {
  const auto compare = [](const std::string& a, const std::string& b) {
    return equal_in_constant_time(a, b);
  };
  {
    const Without constant_time(Defence::constant_time);
    EXPECT_GT(ratio_of(compare), 300) << "a plain comparison tells";
  }
  EXPECT_LT(ratio_of(compare), 130);
}

}  // namespace
}  // namespace purser::gateway
