// Statements of one text that travel together: each parameter as an array over all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/sql/sql.h"

namespace purser::gateway {

/// Object identifiers of the types that parameters have (PostgreSQL's pg_type, fixed); `of_array`: of an
/// array of them.
std::uint32_t type_of(Parameter::Kind kind, bool of_array);

/// "?" and "?2" become "$1" and "$2", or "u.p1" and "u.p2"; the marked comments become what they say.
std::string translated(std::string_view sql, std::string_view prefix = "$");

/// Parameters of several executions of one statement, in PostgreSQL's binary form of arrays.
class ParameterArrays {
 public:
  /// `parameters` of each further call have the kinds of the first.
  void add(std::span<const Parameter> parameters);
  void clear();
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] const std::vector<Parameter::Kind>& kinds() const { return kinds_; }
  /// Of one parameter; until the next call of another member. Its count of elements is written here.
  [[nodiscard]] std::string_view array(std::size_t parameter);

 private:
  std::vector<Parameter::Kind> kinds_;
  std::vector<std::string> arrays_;
  std::size_t rows_ = 0;
  std::size_t bytes_ = 0;
};

/// The table that is named by "INSERT INTO t" or "UPDATE t".
std::string_view table_of(std::string_view sql);
/// "INSERT INTO t (a, b) VALUES (?, ?)" for all rows of such arrays, with what may follow, or "INSERT INTO t
/// (a, b) SELECT
/// ..." once for each of them. Throws SqlError (defect) where VALUES holds anything but plain parameters.
std::string inserting_all(std::string_view sql, std::span<const Parameter::Kind> kinds);
/// "UPDATE t SET a = ? WHERE id = ?" for all rows of such arrays, each of which names another row.
std::string changing_all(std::string_view sql, std::span<const Parameter::Kind> kinds);
/// A SELECT, asked once for each row of such arrays: the first column of the answer is the row's number, from
/// 1 on.
std::string asking_all(std::string_view sql, std::span<const Parameter::Kind> kinds);

}  // namespace purser::gateway
