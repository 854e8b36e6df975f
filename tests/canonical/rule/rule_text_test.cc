#include <gtest/gtest.h>

#include "canonical/rule/program.h"
#include "canonical/rule/rule.h"

namespace purser::rule {
namespace {

std::string fault(std::string_view text) {
  const auto file = read_rules("t.rules", text);
  if (!file) return file.error();
  const RuleFile* files[] = {&*file};
  const auto program = Program::compile(files, DocumentType::invoice);
  return program ? "" : program.error();
}

constexpr std::string_view head = "pack t\ndocument invoice\n";

TEST(RuleText, ReadsRepeatsAndNames) {
  const auto file = read_rules(
      "t.rules",
      "pack t\ndocument invoice\nlet seen = number or\n  kind\nrepeat A, B = X-1, number; X-2, kind\n"
      "{A} warning BT-1\n  A sentence\n  in two lines.\n  check {B} and $seen\n  mend Do it.\nend\n");
  ASSERT_TRUE(file) << file.error();
  ASSERT_EQ(file->rules.size(), 2u);
  EXPECT_EQ(file->rules[1].id, "X-2");
  EXPECT_EQ(file->rules[1].severity, Severity::warning);
  EXPECT_EQ(file->rules[1].statement, "A sentence in two lines.");
  EXPECT_EQ(file->rules[1].check, "kind and (number or kind)");
  EXPECT_EQ(file->rules[1].mend, "Do it.");
}

TEST(RuleText, SaysWhatIsWrongAndWhere) {
  const auto check = [](std::string_view expression) {
    return fault(std::string(head) + "R-1 fatal BT-1\n  It holds.\n  check " + std::string(expression) +
                 "\n");
  };
  EXPECT_EQ(check("sellr.name"), "t.rules:3: R-1: 'invoice' has no field 'sellr'; the nearest is 'seller'");
  EXPECT_EQ(check("number and"), "t.rules:3: R-1: a field expected before ''");
  EXPECT_EQ(check("number = 'x"), "t.rules:3: R-1: a text without its closing quote");
  EXPECT_EQ(check("kind in nowhere"), "t.rules:3: R-1: there is no code list 'nowhere'");
  EXPECT_EQ(check("sum(lines.net_amount"), "t.rules:3: R-1: ')' expected before ''");
  EXPECT_EQ(check("number.x"), "t.rules:3: R-1: a value has no field 'x'");
  EXPECT_EQ(check("number number"), "t.rules:3: R-1: 'number' is not expected here");
  EXPECT_EQ(check("valid(number, luck)"), "t.rules:3: R-1: no check digit scheme 'luck'");
  EXPECT_EQ(fault("pack t\ndocument invoce\n"), "t.rules:2: no document 'invoce'");
  EXPECT_EQ(fault(std::string(head) + "R-1 serious\n"), "t.rules:3: ID fatal|warning TERMS expected");
  EXPECT_EQ(fault(std::string(head) + "R-1 fatal\n"), "t.rules:3: R-1 needs a statement and a check");
  EXPECT_EQ(fault(std::string(head) + "in seller | lines\nR-1 fatal\n  It holds.\n  check true\n"),
            "t.rules:4: R-1: the alternatives of a context differ in kind");
}

}  // namespace
}  // namespace purser::rule
