// The linter's checks. Each reads the tree and appends what it found.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace purser::tidy {

/// One thing to mend: "file:line: rule: message".
struct Complaint {
  std::string file;
  std::size_t line = 0;
  std::string rule;
  std::string message;
};

/// The tree, read once: path relative to the root → content. Build folders and .git are left out.
using Tree = std::map<std::string, std::string>;
Tree read_tree(const std::filesystem::path& root);

/// An outline of 60–250 lines is the aim; beyond this a file is surely two things.
constexpr std::size_t max_file_lines = 400;
/// A function longer than a screen hides its shape.
constexpr std::size_t max_function_lines = 70;

void check_edges(const Tree& tree, std::vector<Complaint>& out);      ///< includes against edges.txt
void check_banned(const Tree& tree, std::vector<Complaint>& out);     ///< words of banned.txt
void check_sizes(const Tree& tree, std::vector<Complaint>& out);      ///< file and function length
void check_dead_files(const Tree& tree, std::vector<Complaint>& out); ///< sources nobody builds or includes
void check_readmes(const Tree& tree, std::vector<Complaint>& out);    ///< folders with sources, no README.md
void check_links(const Tree& tree, std::vector<Complaint>& out);      ///< relative links in Markdown

/// All of the above.
std::vector<Complaint> check_all(const Tree& tree);

}  // namespace purser::tidy
