#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/gateway/access/shared/private_redis.h"
#include "tests/gateway/serve/running_server.h"

namespace purser::gateway {
namespace {

using testing::eventually;
using testing::RunningServer;

TEST(SharedLimits, OneNodeLearnsWhatAnotherLetThrough) {
  if (!PrivateRedis::installed()) GTEST_SKIP() << "Redis is not installed";
  PrivateRedis redis;
  ASSERT_TRUE(redis.start());
  RunningServer first, second;
  for (const auto* server : {&first, &second}) {
    server->write_config("purser.yaml", fmt::format("server: {{listen: \"127.0.0.1:0\"}}\n"
                                                    "access:\n  hash_key: secret://file/secrets/hash\n"
                                                    "  limits:\n    address: {{requests: 20, per: 1 h}}\n"
                                                    "    shared: {{redis: \"127.0.0.1:{}\"}}\n",
                                                    redis.port()));
  }
  first.start();
  second.start();
  // The first exchange begins the noting of what is taken; until then a call counts here only.
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  for (int i = 0; i < 15; ++i) EXPECT_EQ(first.get("/v1/documents").status, 200) << i;
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  int allowed = 0;
  EXPECT_TRUE(eventually([&] {
    const auto answer = second.get("/v1/documents");
    allowed += answer.status == 200 ? 1 : 0;
    return answer.status == 429;
  }));
  EXPECT_LT(allowed, 20) << "twenty would be the whole bucket";
  first.stop();
  second.stop();
}

}  // namespace
}  // namespace purser::gateway
