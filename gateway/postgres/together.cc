#include "gateway/postgres/together.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "gateway/postgres/clean_text.h"

namespace purser::gateway {
namespace {

struct Type {
  std::uint32_t oid;
  std::uint32_t array_oid;
  const char* array_name;
};

const Type& type(Parameter::Kind kind) {
  static constexpr Type int8 = {20, 1016, "bigint[]"};
  static constexpr Type text = {25, 1009, "text[]"};
  static constexpr Type bytea = {17, 1001, "bytea[]"};
  return kind == Parameter::Kind::number ? int8 : kind == Parameter::Kind::text ? text : bytea;
}

// What an array begins with: dimensions, whether any element is null, their type, how many, the first index.
constexpr std::size_t header_size = 20;
constexpr std::size_t count_offset = 12;
constexpr std::uint32_t null_length = 0xffffffff;

void put(std::string& out, std::uint32_t number) {
  if constexpr (std::endian::native == std::endian::little) number = __builtin_bswap32(number);
  out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void put(std::string& out, std::int64_t number) {
  auto bits = static_cast<std::uint64_t>(number);
  if constexpr (std::endian::native == std::endian::little) bits = __builtin_bswap64(bits);
  out.append(reinterpret_cast<const char*>(&bits), sizeof bits);
}

std::string header(Parameter::Kind kind) {
  std::string out;
  put(out, std::uint32_t{1});
  put(out, std::uint32_t{1});  // there may be nulls
  put(out, type(kind).oid);
  put(out, std::uint32_t{0});
  put(out, std::uint32_t{1});
  return out;
}

// The columns p1, p2 ... of one row for each element. In a list of columns each array is read as it goes; as a function
// in FROM a server first makes a table of each.
std::string columns(std::span<const Parameter::Kind> kinds) {
  std::string out;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    out += fmt::format("{}unnest(${}::{}) AS p{}", i == 0 ? "" : ", ", i + 1, type(kinds[i]).array_name, i + 1);
  }
  return out;
}

// The same as a table u.
std::string named_arrays(std::span<const Parameter::Kind> kinds) {
  return fmt::format("(SELECT {}) AS u", columns(kinds));
}

}  // namespace

std::uint32_t type_of(Parameter::Kind kind, bool of_array) {
  return of_array ? type(kind).array_oid : type(kind).oid;
}

std::string translated(std::string_view sql, std::string_view prefix) {
  std::string out;
  int next = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == '\'') quoted = !quoted;
    if (!quoted && sql[i] == '?') {
      int number = 0;
      while (i + 1 < sql.size() && sql[i + 1] >= '0' && sql[i + 1] <= '9')
        number = number * 10 + (sql[++i] - '0');
      out += fmt::format("{}{}", prefix, number == 0 ? ++next : number);
    } else if (!quoted && (sql.substr(i).starts_with("/*") || sql.substr(i).starts_with("*/"))) {
      ++i;
    } else {
      out += sql[i];
    }
  }
  return out;
}

void ParameterArrays::add(std::span<const Parameter> parameters) {
  if (kinds_.empty()) {
    for (const Parameter& one : parameters) {
      kinds_.push_back(one.kind);
      arrays_.push_back(header(one.kind));
    }
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Parameter& one = parameters[i];
    std::string& out = arrays_[i];
    const std::size_t before = out.size();
    if (one.null) {
      put(out, null_length);
    } else if (one.kind == Parameter::Kind::number) {
      put(out, std::uint32_t{sizeof one.number});
      put(out, one.number);
    } else if (one.kind == Parameter::Kind::text && !is_clean_text(one.bytes)) {
      const std::string mended = cleaned_text(one.bytes);
      put(out, static_cast<std::uint32_t>(mended.size()));
      out += mended;
    } else {
      put(out, static_cast<std::uint32_t>(one.bytes.size()));
      out += one.bytes;
    }
    bytes_ += out.size() - before;
  }
  ++rows_;
}

void ParameterArrays::clear() {
  for (std::string& array : arrays_) array.resize(header_size);
  rows_ = bytes_ = 0;
}

std::string_view ParameterArrays::array(std::size_t parameter) {
  std::string count;
  put(count, static_cast<std::uint32_t>(rows_));
  arrays_[parameter].replace(count_offset, count.size(), count);
  return arrays_[parameter];
}

std::string_view table_of(std::string_view sql) {
  for (const std::string_view before : {"INSERT INTO ", "UPDATE "}) {
    if (sql.starts_with(before))
      return sql.substr(before.size(), sql.find(' ', before.size()) - before.size());
  }
  throw SqlError(SqlFault::defect, fmt::format("neither INSERT nor UPDATE: {}", sql));
}

std::string inserting_all(std::string_view sql, std::span<const Parameter::Kind> kinds) {
  if (const std::size_t select = sql.find(" SELECT "); select != sql.npos) {
    return fmt::format("{} SELECT q.* FROM {}, LATERAL ({} OFFSET 0) AS q", sql.substr(0, select),
                       named_arrays(kinds), translated(sql.substr(select + 1), "u.p"));
  }
  constexpr std::string_view values = "VALUES (";
  const std::size_t begin = sql.find(values);
  const std::size_t end = begin == sql.npos ? sql.npos : sql.find(')', begin);
  const std::string_view list =
      end == sql.npos ? "" : sql.substr(begin + values.size(), end - begin - values.size());
  if (list.find_first_not_of("?, ") != list.npos ||
      static_cast<std::size_t>(std::ranges::count(list, '?')) != kinds.size()) {
    throw SqlError(SqlFault::defect, fmt::format("rows of this cannot be inserted together: {}", sql));
  }
  return fmt::format("{}SELECT {}{}", sql.substr(0, begin), columns(kinds), sql.substr(end + 1));
}

std::string changing_all(std::string_view sql, std::span<const Parameter::Kind> kinds) {
  const std::string one = translated(sql, "u.p");
  const std::size_t where = one.rfind(" WHERE ");
  if (where == one.npos) throw SqlError(SqlFault::defect, fmt::format("a change of every row: {}", sql));
  return fmt::format("{} FROM {}{}", one.substr(0, where), named_arrays(kinds), one.substr(where));
}

// OFFSET keeps each question a question: without it the planner might read a whole table once instead of
// asking its index, which is right for the table it sees and wrong for the one it becomes.
std::string asking_all(std::string_view sql, std::span<const Parameter::Kind> kinds) {
  const std::string one = translated(sql, "u.p");
  return fmt::format(
      "SELECT u.n, q.* FROM (SELECT {}, generate_series(1::bigint, cardinality($1)) AS n) AS u, LATERAL ({}{}) AS q",
      columns(kinds), one, one.find(" LIMIT ") == one.npos ? " OFFSET 0" : "");
}

}  // namespace purser::gateway
