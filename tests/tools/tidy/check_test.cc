#include "tools/tidy/check.h"

#include <gtest/gtest.h>

#include "tools/tidy/source.h"

namespace purser::tidy {
namespace {

using Check = void (*)(const Tree&, std::vector<Complaint>&);

std::vector<Complaint> run(Check check, const Tree& tree) {
  std::vector<Complaint> out;
  check(tree, out);
  return out;
}

TEST(Source, BlanksCommentsAndLiteralsButKeepsLines) {
  EXPECT_EQ(code_only("int a; // double\n\"double\" 'x' /* a\nb */ c"),
            "int a;          \n\"      \" ' '     \n     c");
  EXPECT_EQ(code_only("R\"(double)\" 1'000"), "R\"        \" 1'000");
}

TEST(Source, FindsFunctionsAndTheirLength) {
  const auto found = functions_of("struct A {\n int f() const {\n  if (x) { y(); }\n }\n};\nvoid g() {}\n");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].line, 2U);
  EXPECT_EQ(found[0].lines, 3U);
  EXPECT_EQ(found[1].lines, 1U);
}

TEST(Edges, RefusesAnEdgeThatTheTableDoesNotAllow) {
  const std::string table = "low\nhigh/* low high/*\n";
  const Tree tree{{"tools/tidy/edges.txt", table},
                  {"low/a.cc", "#include \"high/x/b.h\"\n"},
                  {"high/x/b.cc", "#include \"low/a.h\"\n#include \"high/y/c.h\"\n"},
                  {"other/c.cc", "int x;\n"}};
  const auto out = run(check_edges, tree);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out[0].file, "low/a.cc");
  EXPECT_EQ(out[0].line, 1U);
  EXPECT_EQ(out[1].file, "other/c.cc");
}

TEST(Banned, FindsCallsInCodeAndMarkersInComments) {
  const Tree tree{{"tools/tidy/banned.txt", "double ok Decimal\nHACK - do it\n"},
                  {"a.cc", "// double is fine in a comment\nint doubled; double x;\n// HACK later\n"},
                  {"ok/b.cc", "double y;\n"}};
  const auto out = run(check_banned, tree);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out[0].line, 2U);
  EXPECT_EQ(out[1].line, 3U);
}

TEST(Sizes, RefusesLongFilesAndFunctions) {
  std::string body = "void f() {\n";
  for (std::size_t i = 0; i < max_function_lines; ++i) body += "x();\n";
  body += "}\n";
  std::string file;
  for (std::size_t i = 0; i <= max_file_lines; ++i) file += "int x;\n";
  const auto out = run(check_sizes, {{"a.cc", body}, {"b.cc", file}, {"x/generated/c.cc", file}});
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(out[0].file, "a.cc");
  EXPECT_EQ(out[1].file, "b.cc");
}

TEST(DeadFiles, FindsWhatNobodyBuildsOrIncludes) {
  const Tree tree{{"x/CMakeLists.txt", "purser_library(x SOURCES used.cc)"},
                  {"x/used.cc", "#include \"x/used.h\"\n"},
                  {"x/used.h", ""},
                  {"x/lonely.cc", ""},
                  {"x/lonely.h", ""}};
  EXPECT_EQ(run(check_dead_files, tree).size(), 2U);
}

TEST(Documents, WantReadmesAndWholeLinks) {
  const Tree tree{{"x/a.cc", ""}, {"y/b.cc", ""}, {"y/README.md", "[a](../x/a.cc) [gone](nowhere.md)\n"}};
  const auto readmes = run(check_readmes, tree);
  ASSERT_EQ(readmes.size(), 1U);
  EXPECT_EQ(readmes[0].file, "x");
  const auto links = run(check_links, tree);
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links[0].line, 1U);
}

}  // namespace
}  // namespace purser::tidy
