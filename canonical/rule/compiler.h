// From the text of checks to a Program. One pass: names are looked up while the words are read.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "canonical/rule/program.h"
#include "canonical/rule/token.h"

namespace purser::rule {

/// Thrown inside the compiler only; Program::compile turns it into a RuleFault.
struct CompileError {
  std::string what;
};

/// [serial]
class Compiler {
 public:
  explicit Compiler(Program& program);
  void add(const Rule& rule);
  /// Where `rule` takes another's place, that one holds.
  void replace(const Rule& rule);
  void finish();

 private:
  /// What a path turned out to be: steps in what is held, or a total over a streamed list.
  struct Place {
    Index path = none;
    Index total = none, keys = none;
  };

  // compiler.cc: rules, contexts, watches
  const std::vector<std::size_t>& contexts_of(const std::string& text);
  Target target();
  Index watch_of(Index parent, std::string_view name);
  [[nodiscard]] bool in_stream(Index watch) const;

  // compile_check.cc: operators
  Index expression();
  Index conjunction();
  Index negation();
  Index comparison();
  Index membership(Index value, bool negative);
  Index sum();
  Index product();
  Index primary();
  Index function(const std::string& name);
  Index boolean(Index code);
  Index constant(const Token& token);
  Index make(Op op, Index a = none, Index b = none, Index c = none);

  // compile_path.cc: paths and totals
  Place place();
  Path steps_from(Origin origin, Index start);
  Index condition(Index watch);
  Place total(Index list);
  void total_conditions(Index list, Total& total, std::vector<Index>& keys);
  Index aggregate(Op held, Op streamed);
  Index keep(Path path);

  [[nodiscard]] const Token& token() const { return tokens_[at_]; }
  [[nodiscard]] bool is(std::string_view text) const {
    return token().kind != TokenKind::text && token().text == text;
  }
  bool take(std::string_view text);
  void expect(std::string_view text);
  void begin(std::string_view text);
  [[nodiscard]] std::string words(std::size_t from, std::size_t to) const;
  [[noreturn]] void fail(std::string what) const;

  Program& out_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::vector<Index> scopes_;  ///< watches: the rule's context, then the elements conditions are about
  Index subject_ = none;
  std::string subject_path_;
  std::map<std::string, std::vector<std::size_t>> contexts_;  ///< of the program, by what a file says
};

}  // namespace purser::rule
