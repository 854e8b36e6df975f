// A node in a temporary folder, and what is asked of it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/pipeline/node.h"

namespace purser::gateway {

inline std::shared_ptr<const RouteTable> share(RouteTable table) {
  return std::make_shared<const RouteTable>(std::move(table));
}

class EngineTest : public ::testing::Test {
 protected:
  void start(RouteTable table, const EngineOptions& options = {}) {
    node = std::make_unique<Node>(folder.path(), share(std::move(table)), files, options);
  }
  Answer submit(const std::string& key, const std::string& body) {
    return node->engine->submit_and_wait(Node::incoming(key, body));
  }
  MessageView show(MessageId id) { return node->opened.journal->show(id).value_or(MessageView{}); }

  TemporaryFolder folder;
  SystemFiles files;
  std::unique_ptr<Node> node;
};

}  // namespace purser::gateway
