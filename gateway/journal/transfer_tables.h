// The tables as an export has them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace purser::gateway::transfer {

inline constexpr int format_version = 1;
inline constexpr std::size_t max_columns = 32;  ///< of any table

/// What a column holds.
enum class Kind : std::uint8_t { number, text, blob };
struct Column {
  const char* name;
  Kind kind;
};
/// A table in the order of its key, which is its first `key` columns. `bodies`: columns at which a place
/// begins, `seal` the column with its BodyRef::seal.
struct Table {
  const char* name;
  std::size_t key;
  std::vector<Column> columns;
  std::vector<std::size_t> bodies;
  std::size_t seal = 0;
};

const std::vector<Table>& tables();  ///< in the order in which they are written

/// "id, tenant", the first `count` of a table's columns; "?,?", as many marks.
std::string column_names(const Table& table, std::size_t count);
std::string marks(std::size_t count);

}  // namespace purser::gateway::transfer
