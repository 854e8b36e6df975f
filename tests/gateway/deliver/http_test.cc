// Over real sockets: what one delivery leaves behind for the next over the same handle and connection.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "gateway/deliver/transport.h"
#include "tests/gateway/pipeline/receiver.h"

namespace purser::gateway {
namespace {

using std::chrono::milliseconds;

std::shared_ptr<Target> target_at(const std::string& url, std::string header = {}) {
  HttpTarget http;
  http.url = url;
  http.allow_private_addresses = true;
  if (!header.empty()) http.headers.emplace_back("Purser-Test", std::move(header));
  auto target = std::make_shared<Target>();
  target->where = http;
  return target;
}

class HttpTest : public ::testing::Test {
 protected:
  std::future<Receipt> begin(std::shared_ptr<const Target> target, std::int64_t id, std::string bytes) {
    Shipment shipment;
    shipment.delivery.id = {id};
    shipment.delivery.message = {id};
    shipment.bytes = std::move(bytes);
    shipment.media_type = "text/plain";
    auto promise = std::make_shared<std::promise<Receipt>>();
    auto future = promise->get_future();
    transport->send(std::move(target), std::move(shipment),
                    [promise](Receipt receipt) { promise->set_value(std::move(receipt)); });
    return future;
  }
  Receipt send(std::shared_ptr<const Target> target, std::int64_t id, std::string bytes = "x") {
    return begin(std::move(target), id, std::move(bytes)).get();
  }

  std::unique_ptr<Transport> transport = make_network_transport();
};

TEST_F(HttpTest, EachDeliveryHasItsOwnBytesAndNames) {
  Receiver receiver;
  const auto one = target_at(receiver.url(), "one");
  const auto other = target_at(receiver.url(), "other");
  constexpr std::int64_t count = 200;
  std::vector<std::future<Receipt>> receipts;
  for (std::int64_t i = 1; i <= count; ++i) {
    const std::string bytes = i % 3 == 0 ? std::string() : std::string(static_cast<std::size_t>(i) * 500, 'x');
    receipts.push_back(begin(i % 2 == 0 ? one : other, i, bytes));
    if (i % 20 == 0) receipts.back().wait();
  }
  for (auto& receipt : receipts) EXPECT_EQ(receipt.get().answer, 200);
  const auto requests = receiver.requests();
  ASSERT_EQ(requests.size(), static_cast<std::size_t>(count));
  for (const auto& request : requests) {
    const std::int64_t id = parse_delivery_id(request.id)->value;
    EXPECT_EQ(request.body.size(), id % 3 == 0 ? 0U : static_cast<std::size_t>(id) * 500);
    EXPECT_EQ(request.field("purser-test"), id % 2 == 0 ? "one" : "other");
    EXPECT_EQ(request.field("idempotency-key"), request.id);
    EXPECT_EQ(request.field("purser-message-id"), text(MessageId{id}));
    EXPECT_EQ(request.field("user-agent"), "Purser");
    EXPECT_EQ(request.content_type, "text/plain");
  }
}

TEST_F(HttpTest, AnAnswerIsNotThatOfTheLastDelivery) {
  Receiver receiver([](const Receiver::Request& request) {
    return request.body == "bad" ? Receiver::Reply{503, "Retry-After: 7\r\n"} : Receiver::Reply{};
  });
  const auto target = target_at(receiver.url());
  for (std::int64_t id = 1; id <= 6; ++id) {
    const bool bad = id % 2 == 0;
    const Receipt receipt = send(target, id, bad ? "bad" : "good");
    EXPECT_EQ(receipt.code, bad ? "DELIVER-0004" : "");
    EXPECT_EQ(receipt.retry_after.has_value(), bad);
    EXPECT_EQ(receipt.detail, bad ? "503 " : "200 ");
  }
}

// The receiver ends each connection once it lies idle: what is sent goes over a new one, however often.
TEST_F(HttpTest, AConnectionThatEndsMeanwhileCostsNoAttempt) {
  std::atomic<int> served = 0;
  Receiver receiver([&](const Receiver::Request&) {
    ++served;
    return Receiver::Reply{200, "", served % 2 == 0};  // every second time without an answer
  });
  const auto target = target_at(receiver.url());
  for (std::int64_t id = 1; id <= 20; ++id) EXPECT_FALSE(send(target, id).what) << id;
}

TEST_F(HttpTest, ATargetThatDoesNotAnswerHoldsUpItselfOnly) {
  Receiver quick;
  Receiver silent([](const Receiver::Request&) {
    std::this_thread::sleep_for(milliseconds(1'500));
    return Receiver::Reply{};
  });
  const auto slow = target_at(silent.url());
  std::get<HttpTarget>(slow->where).total_timeout = milliseconds(300);
  auto late = begin(slow, 1, "x");
  for (std::int64_t id = 2; id < 50; ++id) EXPECT_EQ(send(target_at(quick.url()), id).answer, 200);
  EXPECT_EQ(late.get().code, "DELIVER-0002");
}

TEST_F(HttpTest, WhatWasUnderWayAtTheEndIsToldOfOnce) {
  Receiver silent([](const Receiver::Request&) {
    std::this_thread::sleep_for(milliseconds(200));
    return Receiver::Reply{};
  });
  const auto target = target_at(silent.url());
  std::vector<std::future<Receipt>> receipts;
  for (std::int64_t id = 1; id <= 5; ++id) receipts.push_back(begin(target, id, "x"));
  transport->close();
  for (auto& receipt : receipts) EXPECT_EQ(receipt.get().code, "DELIVER-0001");
}

TEST_F(HttpTest, AnAddressThatCannotBeReadIsADefectOfTheTarget) {
  for (const char* url : {"http://", "ftp://127.0.0.1/", "http://127.0.0.1:99999/", "http://a b/"})
    EXPECT_EQ(send(target_at(url), 1).code, "DELIVER-0011") << url;
}

}  // namespace
}  // namespace purser::gateway
