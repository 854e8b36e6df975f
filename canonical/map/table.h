// A mapping table as written: rows, blocks, codes and names, before anything is looked up.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "canonical/map/statement.h"

namespace purser::map {

enum class Arrow : std::uint8_t { both, read, write };
constexpr bool reads(Arrow arrow) { return arrow != Arrow::write; }
constexpr bool writes(Arrow arrow) { return arrow != Arrow::read; }

struct PredicateText;

/// One step of a source path: `cac:Party`, `NAD[3035=SE]`, `C212#2[7143=SA]`, `TAX@2`, `@schemeID`.
struct StepText {
  std::string name;  ///< a heading is kept here without its quotes
  bool attribute = false;
  bool heading = false;
  std::uint32_t place = 0;       ///< TAX@2: 2
  std::uint32_t occurrence = 0;  ///< C212#2, cac:Delivery#1
  bool onward = false;           ///< cac:Delivery#2+: the second and all after it
  std::vector<PredicateText> predicates;
  std::uint32_t column = 0;
};

/// Steps in order; EDI parts (`C082.3039`) are steps, too. Empty for `.`.
struct PathText {
  std::vector<StepText> steps;
  std::string text;
  std::uint32_t column = 0;
};

enum class PredicateKind : std::uint8_t { equal, unequal, present, absent };

struct PredicateText {
  PredicateKind kind = PredicateKind::equal;
  PathText path;
  std::vector<std::string> values;
  std::string root_path;  ///< [a=/currency]: compared with a canonical value
  std::uint32_t column = 0;
};

enum class RowKind : std::uint8_t { value, each, group, include };  ///< include: `rows BLOCK`
enum class TargetKind : std::uint8_t { path, self, extension, ignore, literal, variable };

struct RowText {
  RowKind kind = RowKind::value;
  Arrow arrow = Arrow::both;
  std::string_view file;
  std::uint16_t table = 0;  ///< index into the program's tables + 1
  std::uint32_t line = 0;
  PathText source;
  TargetKind target_kind = TargetKind::path;
  std::string target;  ///< path, name of an extension, reason, literal, variable
  bool from_root = false;
  std::uint32_t target_column = 0;
  std::vector<Word> conversion;
  bool required = false;
  std::optional<std::string> fallback;  ///< default "…"
  bool stand_in = false;                ///< the literal or default says what no document has said
  std::vector<Word> uses;               ///< blocks
  Word call;
  std::vector<RowText> rows;
  std::string text;             ///< the row as written, blanks reduced
  std::string remark;           ///< the comment behind it
  std::uint16_t deviation = 0;  ///< index into Table::deviations + 1, for rows of an overlay
  [[nodiscard]] Place place(std::uint32_t column) const { return {file, line, column}; }
};

struct CodeLine {
  std::string code, key;
  bool keep = false;   ///< * keep
  bool other = false;  ///< CODE *
};

struct CodesText {
  std::string name;
  std::vector<CodeLine> lines;
  Place place;
  bool used = false;
};

struct BlockText {
  std::string name;
  std::vector<RowText> rows;
  Place place;
  bool used = false;
};

struct LetText {
  std::string name;
  std::vector<Word> words;
  Place place;
  bool used = false;
};

struct DeviationText {
  std::string overlay, name, since;
  bool structural = false;  ///< removes only: nothing to count
};

/// How a delimited file is written; `separator` 0 means: to be detected.
struct FormatText {
  char separator = 0, quote = '"';
  bool heading = true;
  std::string charset = "utf-8";
  std::string document_key;           ///< heading of `document by "…"`
  std::uint32_t document_column = 0;  ///< of `document by column(n)`
};

struct Table {
  std::string syntax, message, version, document;
  Arrow arrow = Arrow::both;
  FormatText format;
  std::vector<RowText> rows;
  std::vector<RowText> everywhere;
  std::map<std::string, BlockText, std::less<>> blocks;
  std::map<std::string, CodesText, std::less<>> codes;
  std::map<std::string, LetText, std::less<>> lets;
  std::vector<std::string> files;  ///< by RowText::table - 1
  std::vector<DeviationText> deviations;
};

/// Reads the main table, what it uses, and applies the overlays. `version` is the one of a table for several
/// (`*`). Refers to the names of the files.
Table read_table(const TableFile& main, std::span<const TableFile> library,
                 std::span<const TableFile> overlays, std::string_view version, Problems& problems);

/// Cuts a source path by the rules of `syntax`; false with a problem told. `in_predicate`: EDI paths there
/// begin within the segment.
bool parse_path(std::string_view syntax, std::string_view text, const Place& place, Problems& problems,
                PathText& into);

/// Cuts a row out of a statement line. False with a problem told.
class RowParser {
 public:
  RowParser(std::string_view syntax, std::uint16_t table, std::string_view file, Problems& problems)
      : syntax_(syntax), file_(file), problems_(problems), table_(table) {}
  bool parse(const Statement& line, RowText& row);
  /// Rows of a block: from lines[at] as long as they are at least `level` deep, or one row with its own block
  /// if `single`. Returns the next index.
  std::size_t parse_block(const std::vector<Statement>& lines, std::size_t at, std::uint32_t level,
                          std::vector<RowText>& rows, bool single = false);

 private:
  bool target(const Statement& line, std::size_t& word, RowText& row);
  bool options(const Statement& line, std::size_t word, RowText& row);
  bool fail(const Statement& line, std::size_t word, std::string message, std::string expected);

  std::string_view syntax_, file_;
  Problems& problems_;
  std::uint16_t table_;
};

}  // namespace purser::map
