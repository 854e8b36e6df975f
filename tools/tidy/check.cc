#include "tools/tidy/check.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "tools/tidy/source.h"

namespace purser::tidy {
namespace {

namespace fs = std::filesystem;

bool is_source(std::string_view path) {
  return path.ends_with(".cc") || path.ends_with(".h") || path.ends_with(".c");
}

bool is_generated(std::string_view path) { return path.find("/generated/") != std::string_view::npos; }

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? std::string_view() : path.substr(0, slash));
}

std::vector<std::string> words_of(std::string_view line) {
  std::istringstream stream{std::string(line)};
  return {std::istream_iterator<std::string>(stream), {}};
}

// The table pattern "canonical/*" covers every folder below canonical; others cover themselves and below.
bool covers(std::string_view pattern, std::string_view folder) {
  if (pattern.ends_with("/*")) pattern.remove_suffix(2);
  return folder == pattern || (folder.starts_with(pattern) && folder.substr(pattern.size()).starts_with("/"));
}

struct Edge {
  std::string user;
  std::vector<std::string> allowed;
};

std::vector<Edge> read_edges(const Tree& tree) {
  std::vector<Edge> edges;
  const auto file = tree.find("tools/tidy/edges.txt");
  if (file == tree.end()) return edges;
  for (const std::string_view line : lines_of(file->second)) {
    std::vector<std::string> words = words_of(line);
    if (words.empty() || words[0].starts_with('#')) continue;
    Edge edge{words[0], {words.begin() + 1, words.end()}};
    edges.push_back(std::move(edge));
  }
  return edges;
}

}  // namespace

Tree read_tree(const fs::path& root) {
  Tree tree;
  fs::recursive_directory_iterator walk(root);
  for (const fs::directory_entry& entry : walk) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory() && (name == ".git" || name == "node_modules" || name.starts_with("build"))) {
      walk.disable_recursion_pending();
    } else if (entry.is_regular_file()) {
      std::ifstream in(entry.path(), std::ios::binary);
      std::string content((std::istreambuf_iterator<char>(in)), {});
      tree.emplace(entry.path().lexically_relative(root).string(), std::move(content));
    }
  }
  return tree;
}

void check_edges(const Tree& tree, std::vector<Complaint>& out) {
  const std::vector<Edge> edges = read_edges(tree);
  for (const auto& [path, text] : tree) {
    const std::string user = folder_of(path);
    if (!is_source(path) || user.empty()) continue;
    const auto edge = std::find_if(edges.begin(), edges.end(), [&](const Edge& e) { return covers(e.user, user); });
    if (edge == edges.end()) {
      out.push_back({path, 1, "edge", "the folder " + user + " has no line in tools/tidy/edges.txt"});
      continue;
    }
    for (const Include& include : includes_of(text)) {
      const std::string used = folder_of(include.file);
      if (used.empty() || used == user || covers(edge->user, used)) continue;
      const bool allowed = std::any_of(edge->allowed.begin(), edge->allowed.end(),
                                       [&](const std::string& pattern) { return covers(pattern, used); });
      if (!allowed) out.push_back({path, include.line, "edge", user + " may not include " + include.file});
    }
  }
}

void check_banned(const Tree& tree, std::vector<Complaint>& out) {
  const auto table = tree.find("tools/tidy/banned.txt");
  if (table == tree.end()) return;
  for (const std::string_view row : lines_of(table->second)) {
    const std::vector<std::string> words = words_of(row);
    if (words.size() < 3 || words[0].starts_with('#')) continue;
    const std::string& banned = words[0];
    const std::string instead(row.substr(row.find(words[2], row.find(words[1], banned.size()) + words[1].size())));
    for (const auto& [path, text] : tree) {
      if (!is_source(path) || is_generated(path)) continue;
      std::istringstream folders(words[1]);
      bool allowed = false;
      for (std::string folder; std::getline(folders, folder, ',');) allowed |= path.starts_with(folder);
      // Markers of unfinished work hide in comments, calls do not.
      const bool marker = std::all_of(banned.begin(), banned.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
      if (allowed || text.find(banned) == std::string::npos) continue;
      const std::string code = marker ? text : code_only(text);
      for (std::size_t at = code.find(banned); at != std::string::npos; at = code.find(banned, at + 1)) {
        const auto word = [&](std::size_t i) {
          return i < code.size() && (std::isalnum(static_cast<unsigned char>(code[i])) != 0 || code[i] == '_');
        };
        const bool member = at > 0 && (code[at - 1] == '.' || code[at - 1] == '>');
        if (member || (at > 0 && word(at - 1)) || word(at + banned.size())) continue;
        const auto newlines = std::count(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        out.push_back({path, 1 + static_cast<std::size_t>(newlines), "banned", banned + ": use " + instead});
      }
    }
  }
}

void check_sizes(const Tree& tree, std::vector<Complaint>& out) {
  for (const auto& [path, text] : tree) {
    if (!is_source(path) || is_generated(path)) continue;
    const std::size_t lines = lines_of(text).size();
    if (lines > max_file_lines) {
      out.push_back({path, 1, "size", std::to_string(lines) + " lines; split it (at most " +
                                          std::to_string(max_file_lines) + ")"});
    }
    for (const Function& function : functions_of(code_only(text))) {
      if (function.lines <= max_function_lines) continue;
      out.push_back({path, function.line, "size", "a function of " + std::to_string(function.lines) +
                                                      " lines; at most " + std::to_string(max_function_lines)});
    }
  }
}

void check_dead_files(const Tree& tree, std::vector<Complaint>& out) {
  std::set<std::string> included;
  std::string lists;
  for (const auto& [path, text] : tree) {
    if (is_source(path)) {
      for (Include& include : includes_of(text)) included.insert(std::move(include.file));
    } else if (path.ends_with("CMakeLists.txt") || path.ends_with(".cmake")) {
      lists += text;
    }
  }
  for (const auto& [path, text] : tree) {
    if (!is_source(path) || is_generated(path)) continue;  // what makes them also names the stale ones
    const std::string name = path.substr(path.rfind('/') + 1);
    if (path.ends_with(".h")) {
      // Headers for authors outside this tree are used by nobody here.
      const bool offered = path.starts_with("plugins/abi/") || path.starts_with("plugins/sdk/");
      if (!offered && !included.contains(path) && !included.contains(name)) {
        out.push_back({path, 1, "dead", "no file includes this header"});
      }
    } else if (lists.find(name) == std::string::npos &&
               lists.find(name.substr(0, name.rfind('.'))) == std::string::npos) {
      out.push_back({path, 1, "dead", "no CMakeLists.txt names this file"});
    }
  }
}

void check_readmes(const Tree& tree, std::vector<Complaint>& out) {
  std::set<std::string> folders;
  for (const auto& [path, text] : tree) {
    if (!is_source(path) || is_generated(path) || path.starts_with("tests/")) continue;
    folders.insert(folder_of(path));
  }
  for (const std::string& folder : folders) {
    if (!tree.contains(folder + "/README.md")) {
      out.push_back({folder, 0, "readme", "the folder has no README.md: what lives here, where to start"});
    }
  }
}

void check_links(const Tree& tree, std::vector<Complaint>& out) {
  for (const auto& [path, text] : tree) {
    if (!path.ends_with(".md")) continue;
    std::size_t number = 0;
    bool fenced = false;
    for (const std::string_view line : lines_of(text)) {
      ++number;
      if (line.starts_with("```")) fenced = !fenced;
      if (fenced) continue;
      for (std::size_t at = line.find("]("); at != std::string_view::npos; at = line.find("](", at + 2)) {
        std::string target(line.substr(at + 2, line.find(')', at) - at - 2));
        target = target.substr(0, target.find('#'));
        if (target.empty() || target.find("://") != std::string::npos || target.starts_with("mailto:")) continue;
        const std::string full = (fs::path(folder_of(path)) / target).lexically_normal().string();
        const auto file = tree.lower_bound(full);
        const bool found = file != tree.end() && (file->first == full || file->first.starts_with(full));
        if (!found) out.push_back({path, number, "link", "nothing at " + target});
      }
    }
  }
}

std::vector<Complaint> check_all(const Tree& tree) {
  std::vector<Complaint> all;
  for (const auto check : {check_edges, check_banned, check_sizes, check_dead_files, check_readmes, check_links}) {
    check(tree, all);
  }
  return all;
}

}  // namespace purser::tidy
