// The lines of a layout, table or overlay, cut into words; and the list of what is wrong with them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/finding/finding.h"
#include "canonical/map/program.h"

namespace purser::map {

/// One word of a line. `text` is what stood there, a wholly quoted word without its quotes and escapes.
struct Word {
  std::string text;
  bool quoted = false;
  std::uint32_t column = 0;  ///< from 1
};

/// One line that is neither empty nor comment alone.
struct Statement {
  std::uint32_t line = 0;
  std::uint32_t level = 0;  ///< indentation, two blanks each
  std::vector<Word> words;
  std::string remark;  ///< the comment behind it, for the partner's specification
};

/// Where in a file of tables something is said.
struct Place {
  std::string_view file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// Collects the errors of a load. [serial]
class Problems {
 public:
  /// `expected` may be empty; `remedy` empty means the catalogue's.
  void add(std::string_view code, const Place& place, std::string message, std::string expected = {});
  [[nodiscard]] bool empty() const { return report_.empty(); }
  [[nodiscard]] Report& report() { return report_; }

 private:
  Report report_;
};

/// Bounds on a table file: tables are written by people, so these only stop accidents and attacks.
constexpr std::size_t max_table_lines = 60'000;  ///< a row's line is a 16 bit number in Position
constexpr std::size_t max_table_line = 4'096;    ///< bytes
constexpr std::size_t max_table_level = 20;      ///< indentation

/// Cuts a file into statements; what is wrong goes to `problems`, and such a line is left out.
std::vector<Statement> read_statements(const TableFile& file, Problems& problems);

/// The one of `names` nearest to `wrong` (at most a third of it changed); empty if none is near.
std::string nearest(std::string_view wrong, const std::vector<std::string_view>& names);

/// "'x'?" for a near name, or `otherwise`.
std::string suggestion(std::string_view wrong, const std::vector<std::string_view>& names,
                       std::string_view otherwise = {});

/// A number without sign; nothing if it is none or too large.
bool parse_count(std::string_view text, std::uint32_t& value);

/// Takes out what is not for this version: a statement may end in `from VERSION` or `until VERSION`, both
/// included, and so does all that is indented below it. The words themselves are taken off. Versions compare
/// as texts.
void keep_version(std::vector<Statement>& lines, std::string_view version);

}  // namespace purser::map
