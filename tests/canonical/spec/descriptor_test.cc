#include "canonical/spec/descriptor.h"

#include <gtest/gtest.h>

#include <set>

namespace purser {
namespace {

TEST(Documents, AllAreThereInOrder) {
  ASSERT_EQ(documents().size(), 20U);
  std::uint16_t number = 0;
  for (const DocumentDescriptor& document : documents()) {
    EXPECT_EQ(static_cast<std::uint16_t>(document.type), ++number);
    EXPECT_EQ(find_document(document.type), &document);
    EXPECT_EQ(find_document(document.name), &document);
    EXPECT_FALSE(document.title.empty());
  }
  EXPECT_EQ(find_document(DocumentType::none), nullptr);
  EXPECT_EQ(find_document(static_cast<DocumentType>(21)), nullptr);
  EXPECT_EQ(find_document("bill"), nullptr);
  EXPECT_EQ(model_version(), "1.0");
}

void check_group(const GroupDescriptor& group, std::set<const GroupDescriptor*>& seen) {
  if (!seen.insert(&group).second) return;
  for (const FieldDescriptor& field : group.fields) {
    EXPECT_EQ(group.find(field.number), &field) << group.name << "." << field.name;
    EXPECT_EQ(group.find(field.name), &field) << group.name << "." << field.name;
    EXPECT_EQ(group.required.has(field.number), field.required) << group.name << "." << field.name;
    EXPECT_EQ(field.codes != nullptr, !field.code_list.empty());
    EXPECT_LE(field.number, FieldSet::max_field_number);
    EXPECT_FALSE(field.description.empty());
    if (field.group != nullptr) check_group(*field.group, seen);
  }
  EXPECT_EQ(group.find(std::uint16_t{0}), nullptr);
  EXPECT_EQ(group.find(std::uint16_t{65535}), nullptr);
  EXPECT_EQ(group.find("no_such_field"), nullptr);
}

TEST(Documents, IndexesAgreeWithTheFields) {
  std::set<const GroupDescriptor*> seen;
  for (const DocumentDescriptor& document : documents()) check_group(*document.root, seen);
  EXPECT_GT(seen.size(), 70U);
}

TEST(Documents, EachHasAnEnvelopeAndExtensions) {
  for (const DocumentDescriptor& document : documents()) {
    EXPECT_NE(resolve(*document.root, "envelope.reference"), nullptr) << document.name;
    EXPECT_NE(resolve(*document.root, "extensions.value"), nullptr) << document.name;
    EXPECT_NE(document.root->find("number"), nullptr) << document.name;
  }
  EXPECT_NE(resolve(*find_document("invoice")->root, "lines.extensions.value"), nullptr);
  EXPECT_NE(resolve(*find_document("invoice")->root, "seller.extensions.value"), nullptr);
  EXPECT_NE(resolve(*find_document("invoice")->root, "lines.lines.lines.number"), nullptr);
}

TEST(Resolve, NamesTheFirstUnknownStep) {
  const GroupDescriptor& root = *find_document("invoice")->root;
  EXPECT_EQ(resolve(root, "seller.address.city")->name, "city");
  std::string_view bad;
  EXPECT_EQ(resolve(root, "seller.adress.city", &bad), nullptr);
  EXPECT_EQ(bad, "adress");
  EXPECT_EQ(resolve(root, "number.more", &bad), nullptr);
  EXPECT_EQ(bad, "more");
  EXPECT_EQ(resolve(root, "", &bad), nullptr);
  EXPECT_EQ(resolve(root, "seller..name", &bad), nullptr);
}

TEST(NearestField, IsNearOrNone) {
  const GroupDescriptor& root = *find_document("invoice")->root;
  EXPECT_EQ(nearest_field(root, "isue_date"), "issue_date");
  EXPECT_EQ(nearest_field(root, "nubmer"), "number");
  EXPECT_EQ(nearest_field(root, "due_dat"), "due_date");
  EXPECT_EQ(nearest_field(root, "zzzzzzzz"), "");
  EXPECT_EQ(nearest_field(root, ""), "");
  EXPECT_EQ(nearest_field(root, std::string(1000, 'x')), "");
}

TEST(FieldSet, CoversWhatItHolds) {
  FieldSet all, part;
  for (std::uint16_t number : {std::uint16_t{1}, std::uint16_t{63}, std::uint16_t{64}, std::uint16_t{127}})
    all.insert(number);
  part.insert(64);
  EXPECT_TRUE(all.covers(part));
  EXPECT_FALSE(part.covers(all));
  EXPECT_TRUE(part.has(64));
  EXPECT_FALSE(part.has(63));
}

}  // namespace
}  // namespace purser
