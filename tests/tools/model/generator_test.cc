// What the generator refuses, with file and line; and that numbers keep their meaning.
#include <gtest/gtest.h>

#include "tools/model/spec.h"

namespace purser::model_generator {
namespace {

constexpr std::string_view good =
    "model 1.0\n\n"
    "group note : A note\n"
    "  1  text  text!  : The text\n"
    "  2  kind  code list kinds  : Its kind\n\n"
    "document letter 1 : Letter\n"
    "  1  number  text!           : Number\n"
    "  2  note    note*           : Notes\n"
    "  3  lines   note* streamed  : Lines\n"
    "terms\n"
    "  BT-1  number : Number\n"
    "keys\n"
    "  letter  number\n";

Model model_of(std::string_view text, Errors& errors) {
  Model model;
  parse_list("title: T\nsource: S\ndate: D\ncomplete: no\n\nA  a\n", "lists/kinds.txt", model, errors);
  parse(text, "x.spec", model, errors);
  check(model, errors);
  return model;
}

std::string replaced(std::string_view from, std::string_view to) {
  std::string text(good);
  std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Generator, TakesAGoodDeclaration) {
  Errors errors;
  Model model = model_of(good, errors);
  EXPECT_EQ(errors, Errors{});
  ASSERT_EQ(model.documents.size(), 1U);
  EXPECT_TRUE(model.documents[0].root.fields[2].streamed);
  EXPECT_TRUE(model.groups[0].fields[0].required);
}

TEST(Generator, RefusesWithFileAndLine) {
  const std::pair<std::string, const char*> cases[] = {
      {replaced("  2  kind", "  1  kind"), "x.spec:5: number 1 is taken by 'text' in line 4"},
      {replaced("  2  kind", "  2  text"), "x.spec:5: 'text' is declared twice in 'note'"},
      {replaced("  2  kind", "  200  kind"), "x.spec:5: numbers end at 127"},
      {replaced("  2  kind", "  two  kind"), "x.spec:5: 'two' is not a number from 1 to 999"},
      {replaced("list kinds", "list sorts"), "x.spec:5: there is no canonical/spec/lists/sorts.txt"},
      {replaced("note*           :", "memo*           :"),
       "x.spec:9: 'memo' is neither a scalar nor a group"},
      {replaced("text!           :", "text! streamed :"), "x.spec:8: only a list of groups at the top level"},
      {replaced("  1  number  text!", "  1  Number  text!"), "x.spec:8: 'Number' is not a field name"},
      {replaced(" : Its kind", " :"), "x.spec:5: "},
      {replaced("BT-1  number", "BT-1  nmber"), "x.spec:12: 'nmber' is not a path of letter"},
      {replaced("letter  number\n", "letter  note\n"), "x.spec:14: 'note' is not a scalar's path of letter"},
      {replaced("document letter 1", "paper letter 1"), "x.spec:7: 'paper' does not start a statement here"},
      {std::string(good) + "group note : Again\n  1  a  text  : A\n", "x.spec:15: 'note' is declared twice"},
  };
  for (const auto& [text, message] : cases) {
    Errors errors;
    model_of(text, errors);
    bool named = false;
    for (const std::string& error : errors) named = named || error.starts_with(message);
    EXPECT_TRUE(named) << message << " expected, got " << (errors.empty() ? "nothing" : errors[0]);
  }
}

TEST(Generator, RefusesMalformedLists) {
  const std::pair<const char*, const char*> cases[] = {
      {"source: S\ndate: D\ncomplete: no\n\nA  a\n", "l/k.txt:1: title, source, date and complete"},
      {"title: T\nsource: S\ndate: D\ncomplete: perhaps\n\nA  a\n",
       "l/k.txt:1: title, source, date and complete"},
      {"title: T\nsource: S\ndate: D\ncomplete: no\n\nA a\n", "l/k.txt:6: an entry is 'CODE  name'"},
      {"title: T\nsource: S\ndate: D\ncomplete: no\n\nA  a\nA  b\n", "l/k.txt:1: code 'A' is given twice"},
      {"title: T\nsource: S\ndate: D\ncomplete: no\n", "l/k.txt:1: the list is empty"},
  };
  for (const auto& [text, message] : cases) {
    Model model;
    Errors errors;
    parse_list(text, "l/k.txt", model, errors);
    ASSERT_FALSE(errors.empty()) << message;
    EXPECT_TRUE(errors[0].starts_with(message)) << errors[0];
  }
}

TEST(Generator, NumbersKeepTheirMeaning) {
  Errors errors;
  std::string before = used_numbers(model_of(good, errors));
  auto complaints = [&](const std::string& text) {
    Errors found;
    Model model = model_of(text, found);
    check_numbers(before, model, "numbers.txt", found);
    return found;
  };
  EXPECT_EQ(complaints(std::string(good)), Errors{});
  EXPECT_EQ(complaints(replaced("  2  kind", "  3  more  text  : More\n  2  kind")), Errors{})
      << "a new field is fine";
  EXPECT_EQ(complaints(replaced("  2  kind", "  3  kind")).size(), 1U) << "a moved number is not";
  EXPECT_EQ(complaints(replaced("  2  kind", "  2  sort")).size(), 1U);
  EXPECT_EQ(complaints(replaced("  2  note    note*  ", "  2  note    text*  ")).size(), 1U);
}

}  // namespace
}  // namespace purser::model_generator
