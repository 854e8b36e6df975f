// Makes the table behind find_catalogue_entry: catalogue_table OUTPUT FILE... (format: catalogue/README.md).
#include <algorithm>
#include <cctype>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct Entry {
  std::string code, severity, title, explanation, remedy;
  bool retired = false;
  std::string file;
  int line = 0;
};

struct Reader {
  std::string file;
  int line = 0;
  bool failed = false;
  std::vector<Entry>& entries;

  void fail(int at, const std::string& what) {
    std::cerr << file << ":" << at << ": " << what << "\n";
    failed = true;
  }

  static void append(std::string& text, const std::string& more) {
    if (!text.empty()) text += ' ';
    text += more;
  }

  void heading(const std::string& text, const std::string& area) {
    Entry entry;
    entry.file = file;
    entry.line = line;
    std::istringstream words(text);
    words >> entry.code >> entry.severity;
    std::string word;
    while (words >> word) {
      if (word == "retired" && entry.title.empty() && !entry.retired)
        entry.retired = true;
      else
        append(entry.title, word);
    }
    std::size_t dash = entry.code.find('-');
    bool number = dash != std::string::npos && entry.code.size() > dash + 1 &&
                  std::all_of(entry.code.begin() + static_cast<std::ptrdiff_t>(dash) + 1, entry.code.end(),
                              [](unsigned char c) { return std::isupper(c) || std::isdigit(c) || c == '-'; });
    if (!number || entry.code.substr(0, dash) != area)
      fail(line, "'" + entry.code + "' is not a code of this file's area (expected " + area + "-NNNN)");
    if (entry.severity != "info" && entry.severity != "warning" && entry.severity != "error" &&
        entry.severity != "fatal")
      fail(line, "'" + entry.severity + "' is not a severity (expected info, warning, error or fatal)");
    if (entry.title.empty()) fail(line, entry.code + " has no title");
    entries.push_back(std::move(entry));
  }

  void read(std::istream& in, const std::string& area) {
    std::string text;
    bool open = false;
    bool remedy = false;
    while (std::getline(in, text)) {
      ++line;
      if (!text.empty() && text.back() == '\r') text.pop_back();
      if (text.starts_with('#')) continue;
      std::size_t start = text.find_first_not_of(" \t");
      if (start == std::string::npos) {
        open = false;
        continue;
      }
      if (start == 0) {
        if (open)
          fail(line, "an entry starts here without a blank line before it, or its text is not indented");
        heading(text, area);
        open = true;
        remedy = false;
        continue;
      }
      if (!open) {
        fail(line, "indented text that belongs to no entry");
        continue;
      }
      std::string body = text.substr(start);
      if (body.starts_with("remedy:")) {
        remedy = true;
        body = body.substr(7);
        body.erase(0, body.find_first_not_of(" \t") == std::string::npos ? body.size()
                                                                         : body.find_first_not_of(" \t"));
      }
      append(remedy ? entries.back().remedy : entries.back().explanation, body);
    }
  }
};

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

bool check(const std::vector<Entry>& entries) {
  bool good = true;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    auto fail = [&](const std::string& what) {
      std::cerr << entry.file << ":" << entry.line << ": " << entry.code << " " << what << "\n";
      good = false;
    };
    if (entry.explanation.empty()) fail("has no explanation");
    if (entry.remedy.empty()) fail("has no remedy");
    if (i > 0 && entries[i - 1].code == entry.code)
      fail("is given twice, first in line " + std::to_string(entries[i - 1].line));
  }
  return good;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::cerr << "usage: catalogue_table OUTPUT FILE...\n";
    return 2;
  }
  std::vector<Entry> entries;
  bool good = true;
  for (int i = 2; i < count; ++i) {
    std::string path = arguments[i];
    std::ifstream in(path);
    std::size_t slash = path.find_last_of('/') + 1;
    std::string area = path.substr(slash, path.find_last_of('.') - slash);
    for (char& c : area) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    Reader reader{path, 0, false, entries};
    if (!in) reader.fail(1, "cannot be read");
    reader.read(in, area);
    good = good && !reader.failed;
  }
  std::ranges::stable_sort(entries, {}, &Entry::code);
  if (!check(entries) || !good) return 1;
  std::ofstream out(arguments[1], std::ios::binary | std::ios::trunc);
  out << "// Made from canonical/finding/catalogue/*.txt; do not edit.\n"
         "#include \"canonical/finding/catalogue_table.h\"\n\nnamespace purser {\n\n"
         "std::span<const CatalogueEntry> catalogue() {\n  static constexpr CatalogueEntry entries[] = {\n";
  for (const Entry& entry : entries)
    out << "      {" << quoted(entry.code) << ", Severity::" << entry.severity << ", " << quoted(entry.title)
        << ",\n       " << quoted(entry.explanation) << ",\n       " << quoted(entry.remedy) << ", "
        << (entry.retired ? "true" : "false") << "},\n";
  out << "  };\n  return entries;\n}\n\n}  // namespace purser\n";
  out.flush();
  if (!out) {
    std::cerr << arguments[1] << ": cannot be written\n";
    return 1;
  }
  return 0;
}
