// purser-tidy ROOT: prints what the repository's own rules find; exit code 1 if anything, 2 on misuse.
#include <cstdio>
#include <string>

#include "tools/tidy/check.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: purser-tidy ROOT\n", stderr);
    return 2;
  }
  const purser::tidy::Tree tree = purser::tidy::read_tree(argv[1]);
  const auto complaints = purser::tidy::check_all(tree);
  for (const auto& c : complaints) {
    std::printf("%s:%zu: %s: %s\n", c.file.c_str(), c.line, c.rule.c_str(), c.message.c_str());
  }
  return complaints.empty() ? 0 : 1;
}
