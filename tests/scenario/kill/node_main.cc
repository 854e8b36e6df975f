// A node to be killed: takes a number a line, submits the order of that number, and says the number once it
// is durable. At the end of its input it finishes what it accepted and ends.
#include <unistd.h>

#include <iostream>
#include <string>

#include "gateway/port/file_system.h"
#include "tests/gateway/pipeline/node.h"

int main(int count, char** words) {
  using namespace purser::gateway;
  if (count != 3) return 2;
  SystemFiles files;
  Node node(words[1], std::make_shared<const RouteTable>(table_to(words[2])), files);
  std::string number;
  while (std::getline(std::cin, number)) {
    node.engine->submit(Node::incoming("k" + number, order_json(number)), [number](const Answer& answer) {
      // A refusal is not said: the test sends it again, as a sender does who got no 2xx.
      if (answer.kind != AnswerKind::accepted && answer.kind != AnswerKind::duplicate) return;
      const std::string line = number + "\n";
      if (::write(1, line.data(), line.size()) < 0) return;
    });
  }
  return node.settle() ? 0 : 1;
}
