// A journal read from lines.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "canonical/value/text.h"
#include "gateway/journal/transfer.h"
#include "gateway/journal/transfer_tables.h"
#include "gateway/message/tenant.h"
#include "gateway/seal/body_seal.h"

namespace purser::gateway {
namespace {

using namespace transfer;
using nlohmann::ordered_json;

constexpr std::size_t rows_at_once = 1000;  // stored by one commit

Status no_export(const std::string& what) { return {StatusClass::invalid, "JOURNAL-0009", what}; }

class Import {
 public:
  Import(Database& into, BodyStore& bodies, const NextLine& next)
      : into_(into), bodies_(bodies), next_(next) {
    for (const Table& table : tables()) inserts_.push_back(insert_of(table));
  }

  Outcome run() {
    if (into_.query("SELECT 1 FROM message LIMIT 1").next()) {
      return std::unexpected(no_export("the journal to import into has messages already"));
    }
    std::string line;
    auto more = next_(line);
    if (!more) return std::unexpected(more.error());
    const auto head = ordered_json::parse(line, nullptr, false);
    if (!*more || !head.is_object() || head.value("purser-journal", 0) != format_version) {
      return std::unexpected(no_export("the first line is not that of an export of this version"));
    }
    while ((more = next_(line)) && *more) {
      ++line_number_;
      if (auto taken = take(line); !taken) return taken;
      if (rows_.size() < rows_at_once && held_bytes_ < max_held) continue;
      if (auto stored = store(); !stored) return stored;
    }
    return more ? store() : std::unexpected(more.error());
  }
  TransferCount count;

 private:
  static constexpr std::size_t max_held = 16 << 20;  // of small bodies, before they are stored together

  /// A row with the body that came before it: held if small, in its place if large.
  struct Row {
    const Table* table;
    ordered_json values;
    std::string body;
    BodyRef place;
  };

  // A row that is there (the head record of an audit chain) is replaced.
  static std::string insert_of(const Table& table) {
    std::string set;
    for (std::size_t i = table.key == table.columns.size() ? 0 : table.key; i < table.columns.size(); ++i) {
      set += fmt::format("{}{} = excluded.{}", set.empty() ? "" : ", ", table.columns[i].name,
                         table.columns[i].name);
    }
    return fmt::format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}", table.name,
                       column_names(table, table.columns.size()), marks(table.columns.size()),
                       column_names(table, table.key), set);
  }

  Outcome take(const std::string& text) {
    auto line = ordered_json::parse(text, nullptr, false);
    if (!line.is_object()) return wrong("is not a JSON object");
    if (const auto piece = line.find("piece"); piece != line.end() && piece->is_string()) {
      return take_piece(piece->get_ref<const std::string&>());
    }
    const std::string name = line.value("table", "");
    const auto table = std::ranges::find_if(tables(), [&](const Table& one) { return one.name == name; });
    const auto row = line.find("row");
    constexpr std::size_t before_tenants = 9;
    if (name == "audit" && row != line.end() && row->is_array() && row->size() == before_tenants) row->push_back(default_tenant);
    if (table == tables().end() || row == line.end() || !row->is_array() || row->size() < table->key ||
        row->size() > table->columns.size()) {
      return wrong("is not a row of a known table");
    }
    // Of a journal before columns were added: new ones stand last and begin empty.
    for (std::size_t i = row->size(); i < table->columns.size(); ++i) {
      row->push_back(table->columns[i].kind == Kind::number ? ordered_json(0) : ordered_json(""));
    }
    for (std::size_t i = 0; i < row->size(); ++i) {
      const bool is_number = table->columns[i].kind == Kind::number;
      if (is_number ? !(*row)[i].is_number_integer() : !(*row)[i].is_string()) {
        return wrong(fmt::format("has no usable {}", table->columns[i].name));
      }
    }
    Row next{&*table, std::move(*row), std::exchange(piece_, {}), {}};
    if (auto placed = place(next); !placed) return placed;
    ++count.rows;
    if (name == "message") ++count.messages;
    rows_.push_back(std::move(next));
    return {};
  }

  Outcome take_piece(const std::string& base64) {
    std::string bytes;
    if (!decode_base64(base64, bytes)) return wrong("has a piece that is not base64");
    count.body_bytes += bytes.size();
    if (piece_.empty() && !large_) {
      piece_ = std::move(bytes);
      return {};
    }
    if (!large_) {
      auto opened = bodies_.open_large({});
      if (!opened) return std::unexpected(opened.error());
      large_ = std::move(*opened);
      if (auto wrote = large_->write(std::exchange(piece_, {})); !wrote) return wrote;
    }
    return large_->write(bytes);
  }

  Outcome place(Row& row) {
    const bool wants =
        !row.table->bodies.empty() && row.values[row.table->bodies[0]].get<std::int64_t>() != 0;
    if (wants != (large_ || !row.body.empty())) return wrong("has a body too much or too few before it");
    if (!wants) return {};
    // Sealed bodies come as they lay; their keys come as rows.
    BodyRef referred;
    referred.length = row.values[row.table->bodies[0] + 2].get<std::uint64_t>();
    referred.seal = row.values[row.table->seal].get<std::int64_t>();
    const std::uint64_t length = as_stored(referred).length;
    std::uint64_t came = row.body.size();
    if (const auto large = std::exchange(large_, nullptr)) {
      const auto where = large->finish();
      if (!where) return std::unexpected(where.error());
      row.place = *where;
      came = where->length;
    }
    held_bytes_ += row.body.size();
    return came == length ? Outcome() : wrong("refers to a body of another length");
  }

  // What is held: small bodies with one sync, rows with one commit.
  Outcome store() {
    std::vector<std::string_view> bodies;
    for (const Row& row : rows_) {
      if (!row.body.empty()) bodies.emplace_back(row.body);
    }
    auto places = bodies_.append(bodies);
    if (!places) return std::unexpected(places.error());
    if (auto synced = bodies_.sync(); !synced) return synced;
    std::size_t used = 0;
    into_.begin();
    for (Row& row : rows_) {
      if (!row.body.empty()) row.place = (*places)[used++];
      if (auto inserted = insert(row); !inserted) {
        into_.roll_back();
        return inserted;
      }
    }
    into_.commit();
    rows_.clear();
    held_bytes_ = 0;
    return {};
  }

  Outcome insert(const Row& row) {
    const Table& table = *row.table;
    std::vector<std::string> texts(table.columns.size());
    std::array<Parameter, max_columns> values{};
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].kind == Kind::number) {
        values[i] = Parameter::of(row.values[i].get<std::int64_t>());
        continue;
      }
      texts[i] = row.values[i].get<std::string>();
      if (table.columns[i].kind == Kind::text) {
        values[i] = Parameter::of(texts[i]);
        continue;
      }
      std::string bytes;
      if (!decode_base64(texts[i], bytes))
        return wrong(fmt::format("or one before it has a {} that is not base64", table.columns[i].name));
      texts[i] = std::move(bytes);
      values[i] =
          Parameter::of(Blob{{reinterpret_cast<const std::uint8_t*>(texts[i].data()), texts[i].size()}});
    }
    for (const std::size_t at : table.bodies) {
      values[at] = Parameter::of(row.place.file);
      values[at + 1] = Parameter::of(row.place.offset);
    }
    const auto index = static_cast<std::size_t>(&table - tables().data());
    into_.post_with(inserts_[index].c_str(), std::span(values.data(), table.columns.size()));
    return {};
  }

  [[nodiscard]] Outcome wrong(const std::string& what) const {
    return std::unexpected(no_export(fmt::format("line {} {}", line_number_ + 1, what)));
  }

  Database& into_;
  BodyStore& bodies_;
  const NextLine& next_;
  std::vector<std::string> inserts_;
  std::vector<Row> rows_;
  std::size_t held_bytes_ = 0;
  std::string piece_;
  std::unique_ptr<BodyWriter> large_;
  std::uint64_t line_number_ = 0;
};

}  // namespace

std::expected<TransferCount, Status> import_journal(Database& into, BodyStore& bodies, const NextLine& next) {
  try {
    Import work(into, bodies, next);
    if (auto done = work.run(); !done) return std::unexpected(done.error());
    return work.count;
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
}

}  // namespace purser::gateway
