#include "gateway/journal/transfer.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

namespace purser::gateway {
namespace {

using nlohmann::ordered_json;

constexpr int format_version = 1;
constexpr std::size_t piece_size = 768 << 10;  // of a body on one line: a megabyte of base64
constexpr std::size_t rows_at_once = 1000;     // read, and stored by one commit
constexpr std::size_t max_columns = 32;

enum class Kind : std::uint8_t { number, text, blob };
struct Column {
  const char* name;
  Kind kind;
};
/// A table in the order of its key, which is its first `key` columns. `bodies`: columns at which a place
/// begins.
struct Table {
  const char* name;
  std::size_t key;
  std::vector<Column> columns;
  std::vector<std::size_t> bodies;
};

constexpr auto number = Kind::number;
constexpr auto words = Kind::text;
constexpr auto blob = Kind::blob;

const std::vector<Table>& tables() {
  static const std::vector<Table> all = {
      {"audit_head",
       1,
       {{"chain", number},
        {"name", words},
        {"sequence", number},
        {"hash", blob},
        {"last_id", number},
        {"commits", number}},
       {}},
      {"audit",
       2,
       {{"chain", number},
        {"sequence", number},
        {"at", number},
        {"who", words},
        {"what", words},
        {"message", number},
        {"delivery", number},
        {"why", words},
        {"hash", blob}},
       {}},
      {"message",
       1,
       {{"id", number},
        {"tenant", words},
        {"state", number},
        {"received", number},
        {"source", words},
        {"partner", words},
        {"credential", words},
        {"format", words},
        {"media_type", words},
        {"file_name", words},
        {"reject_invalid", number},
        {"body_file", number},
        {"body_offset", number},
        {"body_length", number},
        {"hash", blob},
        {"documents", number},
        {"type", number},
        {"number", words},
        {"stopped", number},
        {"only_undelivered", number},
        {"settled", number},
        {"why", words}},
       {11}},
      {"document",
       2,
       {{"message", number},
        {"ordinal", number},
        {"type", number},
        {"number", words},
        {"canonical_file", number},
        {"canonical_offset", number},
        {"canonical_length", number},
        {"keys", words},
        {"findings_dropped", number},
        {"losses_dropped", number}},
       {4}},
      {"document_key",
       5,
       {{"value", words}, {"kind", words}, {"tenant", words}, {"message", number}, {"ordinal", number}},
       {}},
      {"finding",
       3,
       {{"message", number},
        {"ordinal", number},
        {"sequence", number},
        {"code", words},
        {"severity", number},
        {"content", words}},
       {}},
      {"loss", 3, {{"message", number}, {"ordinal", number}, {"sequence", number}, {"content", words}}, {}},
      {"delivery",
       1,
       {{"id", number},
        {"message", number},
        {"document", number},
        {"state", number},
        {"route", words},
        {"target", words},
        {"lane", words},
        {"connector", words},
        {"format", words},
        {"due", number},
        {"first_due", number},
        {"attempts", number},
        {"in_lane", number},
        {"blocked", number},
        {"held_until", number},
        {"fence", number},
        {"encoded_file", number},
        {"encoded_offset", number},
        {"encoded_length", number},
        {"code", words},
        {"finding", words}},
       {16}},
      {"attempt",
       2,
       {{"delivery", number},
        {"number", number},
        {"started", number},
        {"took", number},
        {"answer", number},
        {"detail", words}},
       {}},
      {"idempotency",
       3,
       {{"scope", words}, {"key", words}, {"tenant", words}, {"hash", blob}, {"message", number}},
       {}},
      {"timer", 1, {{"name", words}, {"payload", words}, {"due", number}}, {}},
      {"sequence", 1, {{"name", words}, {"next", number}}, {}},
      {"kv", 1, {{"key", words}, {"value", blob}}, {}}};
  return all;
}

std::string column_names(const Table& table, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += (i == 0 ? "" : ", ") + std::string(table.columns[i].name);
  return out;
}

std::string marks(std::size_t count) {
  std::string out = "?";
  for (std::size_t i = 1; i < count; ++i) out += ",?";
  return out;
}

std::string to_base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::optional<std::string> from_base64(const std::string& text) {
  std::string out(text.size() / 4 * 3 + 1, '\0');
  const int length =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (length < 0) return std::nullopt;
  std::size_t end = static_cast<std::size_t>(length);
  for (std::size_t i = text.size(); i > 0 && text[i - 1] == '=' && end > 0; --i) --end;
  out.resize(end);
  return out;
}

Status no_export(const std::string& what) { return {StatusClass::invalid, "JOURNAL-0009", what}; }

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
      if (auto wrote = write_body(rows, static_cast<int>(at)); !wrote) return wrote;
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
          values.push_back(to_base64(rows.view(column)));
          break;
      }
    }
    ++count.rows;
    if (std::string_view(table.name) == "message") ++count.messages;
    const ordered_json out{{"table", table.name}, {"row", std::move(values)}};
    return line_(out.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
  }

  Outcome write_body(const Rows& rows, int at) {
    const BodyRef where{static_cast<std::uint32_t>(rows.number(at)),
                        static_cast<std::uint64_t>(rows.number(at + 1)),
                        static_cast<std::uint64_t>(rows.number(at + 2))};
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
        if (*got == 0) return std::unexpected(Status{StatusClass::defect, "JOURNAL-0004", "a body ends early"});
        filled += *got;
      }
      if (auto said = line_(R"({"piece":")" + to_base64(std::string_view(piece).substr(0, filled)) + "\"}");
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
    if (table == tables().end() || row == line.end() || !row->is_array() ||
        row->size() != table->columns.size()) {
      return wrong("is not a row of a known table");
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
    auto bytes = from_base64(base64);
    if (!bytes) return wrong("has a piece that is not base64");
    count.body_bytes += bytes->size();
    if (piece_.empty() && !large_) {
      piece_ = std::move(*bytes);
      return {};
    }
    if (!large_) {
      auto opened = bodies_.open_large();
      if (!opened) return std::unexpected(opened.error());
      large_ = std::move(*opened);
      if (auto wrote = large_->write(std::exchange(piece_, {})); !wrote) return wrote;
    }
    return large_->write(*bytes);
  }

  Outcome place(Row& row) {
    const bool wants =
        !row.table->bodies.empty() && row.values[row.table->bodies[0]].get<std::int64_t>() != 0;
    if (wants != (large_ || !row.body.empty())) return wrong("has a body too much or too few before it");
    if (!wants) return {};
    const auto length = row.values[row.table->bodies[0] + 2].get<std::uint64_t>();
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
      auto bytes = from_base64(texts[i]);
      if (!bytes)
        return wrong(fmt::format("or one before it has a {} that is not base64", table.columns[i].name));
      texts[i] = std::move(*bytes);
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

template <typename Work>
std::expected<TransferCount, Status> run(Work& work) {
  try {
    if (auto done = work.run(); !done) return std::unexpected(done.error());
    return work.count;
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
}

}  // namespace

std::expected<TransferCount, Status> export_journal(Database& from, BodyStore& bodies,
                                                    const std::function<Outcome(std::string_view)>& line) {
  Export work(from, bodies, line);
  try {
    from.begin_snapshot();
    auto done = run(work);
    from.roll_back();
    return done;
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
}

std::expected<TransferCount, Status> import_journal(Database& into, BodyStore& bodies, const NextLine& next) {
  Import work(into, bodies, next);
  return run(work);
}

}  // namespace purser::gateway
