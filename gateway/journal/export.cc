// A journal written as lines.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "canonical/value/text.h"
#include "gateway/journal/transfer.h"
#include "gateway/journal/transfer_tables.h"
#include "gateway/seal/body_seal.h"

namespace purser::gateway {
namespace {

using namespace transfer;
using nlohmann::ordered_json;

constexpr std::size_t piece_size = 768 << 10;  // of a body on one line: a megabyte of base64
constexpr std::size_t rows_at_once = 1000;     // read by one statement

std::string base64_of(std::string_view bytes) {
  std::string out;
  append_base64(out, bytes);
  return out;
}

class Export {
 public:
  Export(Database& from, BodyStore& bodies, const std::function<Outcome(std::string_view)>& line)
      : from_(from), bodies_(bodies), line_(line) {}

  Outcome run() {
    if (auto said = line_(fmt::format(R"({{"purser-journal":{}}})", format_version)); !said) return said;
    for (const Table& table : tables()) {
      if (auto done = write(table); !done) return done;
    }
    return {};
  }
  TransferCount count;

 private:
  // Page by page, each behind the key of the last row: no database holds more than one in memory.
  Outcome write(const Table& table) {
    const std::string key = column_names(table, table.key);
    const std::string select =
        fmt::format("SELECT {} FROM {}", column_names(table, table.columns.size()), table.name);
    const std::string first = fmt::format("{} ORDER BY {} LIMIT ?", select, key);
    const std::string further =
        fmt::format("{} WHERE ({}) > ({}) ORDER BY {} LIMIT ?", select, key, marks(table.key), key);
    std::vector<std::string> texts(table.key);
    std::vector<Parameter> parameters;
    for (std::size_t got = rows_at_once; got == rows_at_once;) {
      const bool begins = parameters.empty();
      std::vector<Parameter> bound = parameters;
      bound.push_back(Parameter::of(rows_at_once));
      auto rows = from_.query_with(keep(begins ? first : further), bound);
      got = 0;
      parameters.assign(table.key, {});
      for (; rows.next(); ++got) {
        if (auto wrote = write_row(table, rows); !wrote) return wrote;
        for (std::size_t i = 0; i < table.key; ++i) {
          const bool is_number = table.columns[i].kind == Kind::number;
          texts[i] = is_number ? std::string() : rows.text(static_cast<int>(i));
          parameters[i] =
              is_number ? Parameter::of(rows.number(static_cast<int>(i))) : Parameter::of(texts[i]);
        }
      }
    }
    return {};
  }

  Outcome write_row(const Table& table, const Rows& rows) {
    for (const std::size_t at : table.bodies) {
      if (auto wrote = write_body(rows, static_cast<int>(at), static_cast<int>(table.seal)); !wrote) return wrote;
    }
    ordered_json values = ordered_json::array();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const int column = static_cast<int>(i);
      switch (table.columns[i].kind) {
        case Kind::number:
          values.push_back(rows.number(column));
          break;
        case Kind::text:
          values.push_back(rows.text(column));
          break;
        case Kind::blob:
          values.push_back(base64_of(rows.view(column)));
          break;
      }
    }
    ++count.rows;
    if (std::string_view(table.name) == "message") ++count.messages;
    const ordered_json out{{"table", table.name}, {"row", std::move(values)}};
    return line_(out.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
  }

  // As it lies: a sealed body stays sealed in the export, which has its wrapped key as a row.
  Outcome write_body(const Rows& rows, int at, int seal) {
    const BodyRef where = as_stored({static_cast<std::uint32_t>(rows.number(at)),
                                     static_cast<std::uint64_t>(rows.number(at + 1)),
                                     static_cast<std::uint64_t>(rows.number(at + 2)), rows.number(seal)});
    if (!where.is_set()) return {};
    std::string piece(std::min<std::uint64_t>(piece_size, where.length), '\0');
    for (std::uint64_t done = 0; done < where.length;) {
      // Stores give less where their own pieces end: lines are cut alike wherever the body was.
      const std::size_t wanted = std::min<std::uint64_t>(piece.size(), where.length - done);
      std::size_t filled = 0;
      while (filled < wanted) {
        const auto got =
            bodies_.read_piece(where, done + filled, std::span(piece).subspan(filled, wanted - filled));
        if (!got) return std::unexpected(got.error());
        if (*got == 0)
          return std::unexpected(Status{StatusClass::defect, "JOURNAL-0004", "a body ends early"});
        filled += *got;
      }
      if (auto said = line_(R"({"piece":")" + base64_of(std::string_view(piece).substr(0, filled)) + "\"}");
          !said) {
        return said;
      }
      done += filled;
    }
    count.body_bytes += where.length;
    return {};
  }

  // Statements are found by their address: each text is kept as long as the export lives.
  const char* keep(const std::string& sql) {
    const auto found = std::ranges::find_if(kept_, [&](const auto& one) { return *one == sql; });
    if (found != kept_.end()) return (*found)->c_str();
    return kept_.emplace_back(std::make_unique<std::string>(sql))->c_str();
  }

  Database& from_;
  BodyStore& bodies_;
  const std::function<Outcome(std::string_view)>& line_;
  std::vector<std::unique_ptr<std::string>> kept_;
};

}  // namespace

std::expected<TransferCount, Status> export_journal(Database& from, BodyStore& bodies,
                                                    const std::function<Outcome(std::string_view)>& line) {
  try {
    Export work(from, bodies, line);
    from.begin_snapshot();
    const Outcome done = work.run();
    from.roll_back();
    if (!done) return std::unexpected(done.error());
    return work.count;
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
}

}  // namespace purser::gateway
