// Judges the XML of an invoice or credit note while it streams by.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/finding/finding.h"
#include "canonical/map/syntax.h"
#include "connectors/ubl/rules/syntax_plan.h"

namespace purser::ubl {

/// Follows a document by open, leaf and close, as a SyntaxSink does, and gives a finding for each rule that
/// does not hold: one a rule and context. Memory grows with the depth of the document, not with its length.
/// [serial]
class SyntaxJudge {
 public:
  using FindingOutput = std::function<void(Finding)>;
  /// Findings of one rule in one document, so that a hostile one cannot flood.
  static constexpr std::uint32_t max_findings_of_a_rule = 50;

  SyntaxJudge(const SyntaxPlan& plan, FindingOutput findings);
  void open(std::string_view name, const Position& at);
  void leaf(std::string_view attribute, std::string_view text, const Position& at);
  void close();

 private:
  /// A rule counts anew in each context it is judged in.
  struct Scope {
    RuleIndex rule;
    std::uint32_t frame;  ///< element that is the context
    std::int32_t gate;    ///< the context's own condition
    Position at, excess;
    std::uint32_t count = 0;
    std::string first;  ///< of Form::equal
    bool differs = false;
  };
  /// A condition on an open element; what counts below waits for it.
  struct Gate {
    const Predicate* predicate;
    std::uint32_t frame;
    std::int32_t outer;
    bool satisfied = false;
    bool met = false;  ///< what it compares with has been seen
    struct Hit {
      std::uint32_t scope;
      Position at;
      std::string value;
    };
    std::vector<Hit> waiting;
  };
  struct Active {
    RuleIndex rule;
    std::uint16_t step;  ///< steps behind it
    std::uint32_t scope;
    std::int32_t gate;
  };
  struct Frame {
    std::string name;
    Name id;
    std::uint32_t forbidden;  ///< node in the tree of forbidden paths; 0 for none but at the root
    std::size_t actives, scopes, gates;
    bool empty;  ///< so far: neither text nor elements in it
    Position at;
  };
  [[nodiscard]] bool applies(const SyntaxRule& rule) const {
    return rule.root.empty() || rule.root == frames_.front().name;
  }
  void open_root(const Position& at);
  void open_contexts(Name id, std::string_view name, const Position& at);
  void start(const Start& start, const Position& at);
  void advance(const Active& active, const Position& at);
  std::int32_t gate(const Predicate* predicate, std::int32_t outer);
  void hit(std::uint32_t scope, std::int32_t gate, const Position& at, std::string_view value);
  void count(std::uint32_t scope, const Position& at, std::string_view value);
  void look(std::string_view attribute, std::string_view text, bool opened);
  void close_gates(std::size_t from);
  void close_scope(const Scope& scope);
  void forbidden(RuleIndex rule, const Position& at);
  void remember(std::string_view text);
  [[nodiscard]] bool is_same(const SyntaxRule& rule, std::string_view text) const;
  [[nodiscard]] std::string_view said(std::string_view element) const;
  void decimals(std::string_view text, const Position& at);
  void report(const SyntaxRule& rule, const Position& at, std::string_view found);
  [[nodiscard]] std::string place() const;

  const SyntaxPlan& plan_;
  FindingOutput findings_;
  std::vector<Frame> frames_;
  std::vector<Active> actives_;
  std::vector<Scope> scopes_;
  std::vector<Gate> gates_;
  std::vector<std::uint32_t> given_;           ///< by rule
  std::vector<std::uint32_t> document_;        ///< by rule: its scope, where the document is its context
  std::optional<std::string> seller_, payee_;  ///< names, empty ones too
  std::string currency_, tax_currency_, customization_;
};

}  // namespace purser::ubl
