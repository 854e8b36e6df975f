// EN 16931-1 on the invoice: every business term of the standard is bound to a field.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "canonical/spec/descriptor.h"

namespace purser {
namespace {

std::map<std::string, const TermDescriptor*> terms() {
  std::map<std::string, const TermDescriptor*> found;
  for (const TermDescriptor& term : find_document(DocumentType::invoice)->terms) {
    EXPECT_TRUE(found.emplace(std::string(term.term), &term).second) << term.term << " is bound twice";
    EXPECT_FALSE(term.title.empty()) << term.term;
  }
  return found;
}

TEST(En16931, EveryBusinessTermIsBound) {
  auto found = terms();
  int count = 0;
  for (int number = 1; number <= 165; ++number) {
    std::string term = "BT-" + std::to_string(number);
    if (number == 4) {  // the only number of the range that the standard does not give out
      EXPECT_FALSE(found.contains(term));
      continue;
    }
    EXPECT_TRUE(found.contains(term)) << term;
    count += found.contains(term) ? 1 : 0;
  }
  EXPECT_EQ(count, 164);
  for (int number = 1; number <= 32; ++number)
    EXPECT_TRUE(found.contains("BG-" + std::to_string(number))) << "BG-" << number;
}

TEST(En16931, TermsAreBoundToFieldsOfTheirKind) {
  const GroupDescriptor& root = *find_document(DocumentType::invoice)->root;
  for (const auto& [name, term] : terms()) {
    const FieldDescriptor* field = resolve(root, term->path);
    ASSERT_NE(field, nullptr) << name << " " << term->path;
    EXPECT_EQ(field->group != nullptr, name.starts_with("BG-")) << name << " " << term->path;
  }
}

TEST(En16931, NoTwoTermsShareAValue) {
  std::map<std::string_view, std::string> users;
  for (const auto& [name, term] : terms()) {
    if (name.starts_with("BG-")) continue;
    auto [at, fresh] = users.emplace(term->path, name);
    EXPECT_TRUE(fresh) << name << " and " << at->second << " are both " << term->path;
  }
}

TEST(En16931, ListsHaveTheCardinalityOfTheStandard) {
  const GroupDescriptor& root = *find_document(DocumentType::invoice)->root;
  for (const char* path : {"note", "preceding_invoices", "seller.identifiers", "payment_means", "allowances",
                           "charges", "tax_subtotals", "attachments", "lines", "lines.allowances",
                           "lines.charges", "lines.item.classifications", "lines.item.attributes"})
    EXPECT_TRUE(resolve(root, path)->repeated) << path;
  for (const char* path : {"seller", "buyer", "payee", "tax_representative", "delivery", "period", "totals",
                           "lines.price", "lines.tax", "lines.item", "lines.period", "seller.contact"})
    EXPECT_FALSE(resolve(root, path)->repeated) << path;
}

}  // namespace
}  // namespace purser
