// Judges every document of a stream by the rules of some packs.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "canonical/rule/judge.h"

namespace purser::rule {

/// Takes events with streamed lists last (after HeaderFirst). A document of a type that the packs have no
/// rules for passes unjudged. [serial]
class PackJudge : public EventSink {
 public:
  PackJudge(std::vector<std::string> packs, Judge::FindingOutput findings);
  Outcome push(std::span<const Event> batch) override;

 private:
  std::vector<std::string> packs_;
  Judge::FindingOutput findings_;
  std::shared_ptr<const Program> program_;
  std::unique_ptr<Judge> judge_;
};

}  // namespace purser::rule
