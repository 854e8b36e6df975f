// Judges documents by rules while they stream by.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "canonical/event/event.h"
#include "canonical/rule/evaluation.h"
#include "canonical/rule/held.h"
#include "canonical/rule/program.h"

namespace purser::rule {

/// Gives a finding for each rule that does not hold: the rule's id as code, the place in the source, the
/// canonical path, the business terms. Lists that stream (lines) must come last, as HeaderFirst puts them:
/// rules of lines look at the header. Holds the header's watched values and one line; documents of another
/// type than the program's pass unjudged. Never stops a stream. [serial]
class Judge : public EventSink {
 public:
  using FindingOutput = std::function<void(Finding)>;
  /// Findings a rule may give in one document; further ones of the same rule are counted in the last.
  static constexpr std::uint32_t max_findings_of_a_rule = 50;

  /// `program` must outlive the judge.
  Judge(const Program& program, FindingOutput findings);
  Outcome push(std::span<const Event> batch) override;

 private:
  struct Frame {
    HeldTree* tree = nullptr;  ///< null: nobody looks at this group
    NodeIndex node = no_node;
    Index watch = none;
  };
  void begin_document(const Event& event);
  void begin_group(const Event& event);
  void value(const Event& event);
  void end_group();
  void end_document();
  void judge(const Context& context, const HeldTree& tree);
  void judge_at(const Context& context, const Scope& scope);
  void report(const CompiledRule& rule, const Scope& scope);
  [[nodiscard]] std::string path_of(const HeldTree& tree, NodeIndex node) const;

  const Program& program_;
  FindingOutput findings_;
  HeldTree header_, element_;
  Evaluation evaluation_;
  bool judging_ = false;
  std::vector<Frame> frames_;
  std::vector<std::uint32_t> elements_;            ///< by watch: elements of streamed lists so far
  std::vector<std::vector<std::uint32_t>> given_;  ///< findings by context and rule
  /// Contexts by the streamed list they are in, by its watch; those of the document under its own, 0.
  std::vector<std::vector<const Context*>> contexts_;
};

}  // namespace purser::rule
