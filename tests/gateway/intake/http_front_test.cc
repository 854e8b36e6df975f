#include "gateway/intake/http_front.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "tests/gateway/intake/raw_client.h"

namespace purser::gateway {
namespace {

using testing::body_of;
using testing::RawClient;
using testing::status_of;

// Answers with what it got: method, target, length of the body and whether it lay in a file.
class Echo : public RequestHandler {
 public:
  std::expected<std::uint64_t, Response> head(const Request& request) override {
    if (request.target() == "/refused") {
      Response response;
      response.status = 401;
      return std::unexpected(std::move(response));
    }
    return 1 << 20;
  }
  void handle(std::unique_ptr<Request> request, Respond respond) override {
    if (request->target() == "/dropped") return;
    if (request->target() == "/elsewhere") {
      std::thread([respond = std::move(respond)]() mutable {
        Response response;
        response.status = 204;
        respond(std::move(response));
      }).detach();
      return;
    }
    Response response;
    response.content_type = "text/plain";
    if (request->target() == "/long") {
      response.stream_size = 300'000;
      response.stream = [](std::span<char> into) {
        std::fill(into.begin(), into.end(), 'x');
        return into.size();
      };
      return respond(std::move(response));
    }
    if (request->target() == "/large") {
      response.body = std::string(16 << 20, 'x') + "end";
      return respond(std::move(response));
    }
    response.body = std::string(request->method()) + " " + std::string(request->target()) + " " +
                    std::to_string(request->body.size) + (request->body.in_file() ? " file" : " memory");
    respond(std::move(response));
  }
};

class HttpFrontTest : public ::testing::Test {
 protected:
  HttpFrontTest() {
    std::string name = std::filesystem::temp_directory_path() / "purser-front-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    settings_.port = 0;
    settings_.spool_folder = folder_;
    settings_.limits.spool_bytes = 1000;
    settings_.limits.drain_deadline = std::chrono::seconds(2);
  }
  ~HttpFrontTest() override {
    front_.reset();
    std::filesystem::remove_all(folder_);
  }
  RawClient connect() {
    if (!front_) {
      auto started = HttpFront::start(settings_, echo_);
      EXPECT_TRUE(started);
      front_ = std::move(*started);
    }
    return RawClient(front_->port());
  }

  FrontSettings settings_;
  Echo echo_;
  std::string folder_;
  std::unique_ptr<HttpFront> front_;
};

TEST_F(HttpFrontTest, AnswersSeveralRequestsOnOneConnection) {
  auto client = connect();
  client.send(
      "GET /a HTTP/1.1\r\nHost: h\r\n\r\nPOST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(body_of(client.response()), "GET /a 0 memory");
  EXPECT_EQ(body_of(client.response()), "POST /b 5 memory");
  client.send("GET /c HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  auto last = client.response();
  EXPECT_EQ(body_of(last), "GET /c 0 memory");
  EXPECT_NE(last.find("Connection: close"), std::string::npos);
  EXPECT_TRUE(client.is_closed());
}

TEST_F(HttpFrontTest, AnswersARowOfRequestsSentAtOnce) {
  constexpr int count = 5'000;
  auto client = connect();
  std::string row;
  for (int i = 0; i < count; ++i)
    row += "GET /" + std::string(i % 3 == 0 ? "refused" : std::to_string(i)) + " HTTP/1.1\r\nHost: h\r\n\r\n";
  std::thread sender([&] { client.send(row); });
  for (int i = 0; i < count; ++i) {
    const auto answer = client.response();
    if (i % 3 == 0) {
      ASSERT_EQ(status_of(answer), 401) << i;
    } else {
      ASSERT_EQ(body_of(answer), "GET /" + std::to_string(i) + " 0 memory");
    }
  }
  sender.join();
}

TEST_F(HttpFrontTest, ALongAnswerWaitsForWhoTakesItSlowly) {
  auto client = connect();
  client.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  const auto body = body_of(client.response());
  EXPECT_EQ(body.size(), (16U << 20) + 3);
  EXPECT_TRUE(body.ends_with("xend"));
  client.send("GET /next HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(body_of(client.response()), "GET /next 0 memory");
}

TEST_F(HttpFrontTest, PutsLongBodiesInAFileAndRemovesIt) {
  auto client = connect();
  client.send("POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n" + std::string(100'000, 'x'));
  EXPECT_EQ(body_of(client.response()), "POST /b 100000 file");
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(HttpFrontTest, ReadsChunkedBodies) {
  auto client = connect();
  client.send(
      "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n");
  client.send("0\r\n\r\n");
  EXPECT_EQ(body_of(client.response()), "POST /b 11 memory");
}

TEST_F(HttpFrontTest, RefusesBrokenChunks) {
  for (const char* chunk : {"zz\r\nhello\r\n", "5\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n", "-5\r\nhello\r\n",
                            "fffffffffffffffff\r\nhello\r\n"}) {
    auto client = connect();
    client.send("POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(chunk));
    client.shut_down();
    auto answer = client.response();
    EXPECT_TRUE(status_of(answer) == 400 || status_of(answer) == 413 || answer.empty()) << chunk << answer;
    EXPECT_TRUE(client.is_closed());
  }
}

TEST_F(HttpFrontTest, RefusesAmbiguousFraming) {
  auto client = connect();
  client.send(
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET "
      "/smuggled "
      "HTTP/1.1\r\nHost: h\r\n\r\n");
  auto all = client.rest();
  EXPECT_EQ(status_of(all), 400);
  EXPECT_EQ(all.find("smuggled"), std::string::npos);
}

TEST_F(HttpFrontTest, RefusesTooMuch) {
  settings_.limits.header_bytes = 2000;
  settings_.limits.header_count = 5;
  auto long_head = connect();
  long_head.send("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(3000, 'x') + "\r\n\r\n");
  EXPECT_EQ(status_of(long_head.response()), 431);
  auto many = connect();
  many.send("GET / HTTP/1.1\r\nHost: h\r\nA: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\nE: 1\r\n\r\n");
  EXPECT_EQ(status_of(many.response()), 431);
  auto announced = connect();
  announced.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n\r\n");
  EXPECT_EQ(status_of(announced.response()), 413);
  auto chunked = connect();
  chunked.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n" +
               std::string(0x200000, 'x') + "\r\n0\r\n\r\n");
  EXPECT_EQ(status_of(chunked.response()), 413);
}

TEST_F(HttpFrontTest, TheHandlerRefusesBeforeTheBody) {
  auto client = connect();
  client.send("POST /refused HTTP/1.1\r\nHost: h\r\nContent-Length: 500000\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(status_of(client.response()), 401);
  auto other = connect();
  other.send("POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(status_of(other.response()), 100);
  other.send("hello");
  EXPECT_EQ(body_of(other.response()), "POST /b 5 memory");
}

TEST_F(HttpFrontTest, AnswersFromOtherThreadsAndForDroppedResponders) {
  auto client = connect();
  client.send("GET /elsewhere HTTP/1.1\r\nHost: h\r\n\r\nGET /dropped HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(status_of(client.response()), 204);
  EXPECT_EQ(status_of(client.response()), 500);
}

TEST_F(HttpFrontTest, StreamsLongResponses) {
  auto client = connect();
  client.send("GET /long HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(body_of(client.response()).size(), 300'000U);
  client.send("HEAD /long HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  auto head = client.rest();
  EXPECT_NE(head.find("Content-Length: 300000"), std::string::npos);
  EXPECT_EQ(body_of(head), "");
}

TEST_F(HttpFrontTest, DeadlinesAreAbsolute) {
  settings_.limits.header_deadline = std::chrono::seconds(1);
  settings_.limits.body_deadline = std::chrono::seconds(1);
  auto head = connect();
  auto body = connect();
  body.send("POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
  head.send("GET / HT");
  // Bytes keep coming; each alone would be quick enough.
  for (int i = 0; i < 8; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    head.send("T");
    body.send("x");
  }
  EXPECT_EQ(status_of(head.response()), 408);
  EXPECT_EQ(status_of(body.response()), 408);
  EXPECT_EQ(front_->counters().timed_out, 2U);
}

TEST_F(HttpFrontTest, AnIdleConnectionIsClosedQuietly) {
  settings_.limits.idle_timeout = std::chrono::seconds(1);
  auto client = connect();
  EXPECT_EQ(client.rest(), "");
  EXPECT_EQ(front_->counters().timed_out, 0U);
}

TEST_F(HttpFrontTest, TheCapAnswers503) {
  settings_.limits.connections = 2;
  auto first = connect();
  auto second = connect();
  for (auto* client : {&first, &second}) {
    client->send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(status_of(client->response()), 200);
  }
  auto third = connect();
  EXPECT_EQ(status_of(third.rest()), 503);
  EXPECT_EQ(front_->counters().refused, 1U);
}

TEST_F(HttpFrontTest, StopClosesIdleConnectionsAndFreesThePort) {
  auto client = connect();
  client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(status_of(client.response()), 200);
  auto port = front_->port();
  front_->stop();
  EXPECT_TRUE(client.is_closed());
  EXPECT_EQ(front_->counters().open, 0U);
  EXPECT_THROW(RawClient{port}, std::runtime_error);
}

TEST_F(HttpFrontTest, AnAddressInUseIsAnError) {
  connect();
  auto settings = settings_;
  settings.port = front_->port();
  auto second = HttpFront::start(settings, echo_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "CONFIG-0022");
}

TEST_F(HttpFrontTest, SurvivesGarbage) {
  std::uint32_t seed = 1;
  for (int round = 0; round < 50; ++round) {
    auto client = connect();
    std::string noise =
        round % 2 == 0 ? "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" : "";
    for (int i = 0; i < 400; ++i) {
      seed = seed * 1664525 + 1013904223;
      noise += static_cast<char>(seed >> 24U);
    }
    client.send(noise);
    client.shut_down();
    client.rest();
  }
  auto client = connect();
  client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(status_of(client.response()), 200);
}

}  // namespace
}  // namespace purser::gateway
