#include "gateway/journal/compaction.h"

#include <future>
#include <map>
#include <string>
#include <vector>

#include "gateway/journal/jobs.h"
#include "gateway/seal/body_seal.h"

namespace purser::gateway {
namespace {

constexpr std::uint64_t worth_it = 2;  // a segment is rewritten when less than one in so many bytes lives
constexpr std::size_t bodies_at_once = 128;  // moved by one commit
constexpr std::size_t bytes_at_once = 8 << 20;
constexpr std::size_t sizes_at_once = 10'000;  // who reads for long keeps the log from beginning anew

// What a record has beside its content: its header, a sealed one its salt and the first tag.
#define PURSER_BESIDE(seal) "24 + (" #seal " <> 0) * 48"

/// Where a place stands: table, columns and key.
struct Holder {
  const char* sizes;   ///< key, second key, file, bytes, of those behind a key
  const char* places;  ///< key, second key, offset, length, seal of one file, from a key on
  const char* move;    ///< new file, offset; then key, second key, old file, offset
};
constexpr Holder holders[] = {
    {"SELECT id, 0, body_file, body_length + " PURSER_BESIDE(body_seal) " FROM message WHERE id > ?1 AND ?2 = ?2 ORDER BY id"
     " LIMIT ?3",
     "SELECT id, 0, body_offset, body_length, body_seal FROM message WHERE id >= ?2 AND body_file = ?1 ORDER BY id "
     "LIMIT ?3",
     "UPDATE message SET body_file = ?, body_offset = ? WHERE id = ? AND ? = 0 AND body_file = ? AND "
     "body_offset = ?"},
    {"SELECT message, ordinal, canonical_file, canonical_length + " PURSER_BESIDE(canonical_seal) " FROM document"
     " WHERE (message, ordinal) > (?1, ?2) ORDER BY message, ordinal LIMIT ?3",
     "SELECT message, ordinal, canonical_offset, canonical_length, canonical_seal FROM document WHERE message >= ?2"
     " AND canonical_file = ?1 ORDER BY message, ordinal LIMIT ?3",
     "UPDATE document SET canonical_file = ?, canonical_offset = ? WHERE message = ? AND ordinal = ?"
     " AND canonical_file = ? AND canonical_offset = ?"},
    {"SELECT id, 0, encoded_file, encoded_length + " PURSER_BESIDE(encoded_seal) " FROM delivery WHERE id > ?1 AND ?2 = ?2 "
     "ORDER BY id LIMIT ?3",
     "SELECT id, 0, encoded_offset, encoded_length, encoded_seal FROM delivery WHERE id >= ?2 AND encoded_file = ?1 ORDER "
     "BY id LIMIT ?3",
     "UPDATE delivery SET encoded_file = ?, encoded_offset = ? WHERE id = ? AND ? = 0 AND encoded_file = ?"
     " AND encoded_offset = ?"}};

/// A body on its way to another segment.
struct Moving {
  std::int64_t key = 0, second = 0;
  BodyRef from;
  StoredBody body;  ///< sealed or not: moved as it lies
};

class Move final : public AnsweringJob<bool> {
 public:
  Move(const Holder& holder, std::vector<Moving> bodies, Completion<bool> done)
      : AnsweringJob(std::move(done)), holder_(holder), bodies_(std::move(bodies)) {}
  void collect(std::vector<Content>& into) override {
    for (const Moving& one : bodies_) into.push_back(one.body.content());
  }

 private:
  void work(Transaction& t, std::span<const BodyRef> places) override {
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      // Whoever changed or forgot the row meanwhile has the last word.
      t.db.post(holder_.move, places[i].file, places[i].offset, bodies_[i].key, bodies_[i].second,
                bodies_[i].from.file, bodies_[i].from.offset);
    }
  }
  const Holder& holder_;
  std::vector<Moving> bodies_;
};

// What is written meanwhile lies in segments that were open when this began; what is forgotten meanwhile counts for a
// while longer.
std::map<std::uint32_t, std::uint64_t> living(Database& reader) {
  std::map<std::uint32_t, std::uint64_t> out;
  for (const Holder& holder : holders) {
    std::int64_t key = 0;
    std::int64_t second = 0;
    for (std::size_t got = sizes_at_once; got == sizes_at_once;) {
      got = 0;
      auto rows = reader.query(holder.sizes, key, second, sizes_at_once);
      for (; rows.next(); ++got) {
        key = rows.number(0);
        second = rows.number(1);
        if (rows.number(2) != 0)
          out[static_cast<std::uint32_t>(rows.number(2))] += static_cast<std::uint64_t>(rows.number(3));
      }
    }
  }
  return out;
}

// Some of a file's bodies, from a key on; empty when all are elsewhere.
std::expected<std::vector<Moving>, Status> next_of(Database& reader, SegmentStore& bodies,
                                                   const Holder& holder, std::uint32_t file,
                                                   std::int64_t from) {
  std::vector<Moving> out;
  std::size_t bytes = 0;
  auto rows = reader.query(holder.places, file, from, bodies_at_once);
  while (bytes < bytes_at_once && rows.next()) {
    Moving one;
    one.key = rows.number(0);
    one.second = rows.number(1);
    one.from = {file, static_cast<std::uint64_t>(rows.number(2)), static_cast<std::uint64_t>(rows.number(3)),
                rows.number(4)};
    auto read = bodies.read(as_stored(one.from));
    if (!read) return std::unexpected(read.error());
    one.body = StoredBody::plain(std::move(*read));
    bytes += one.body.bytes.size();
    out.push_back(std::move(one));
  }
  return out;
}

Outcome empty(Database& reader, SegmentStore& bodies, Writer& writer, std::uint32_t file) {
  for (const Holder& holder : holders) {
    for (std::int64_t from = 0;;) {
      auto next = next_of(reader, bodies, holder, file, from);
      if (!next) return std::unexpected(next.error());
      if (next->empty()) break;
      from = next->back().key;  // of which more may be left
      std::promise<Outcome> moved;
      auto done = moved.get_future();
      writer.hand_in(
          std::make_unique<Move>(holder, std::move(*next), [&](std::expected<std::vector<bool>, Status> r) {
            moved.set_value(r ? Outcome() : std::unexpected(r.error()));
          }));
      writer.help();
      if (auto outcome = done.get(); !outcome) return outcome;
    }
  }
  return {};
}

}  // namespace

std::expected<std::uint64_t, Status> Compactor::run(Database& reader) {
  std::uint64_t freed = 0;
  const auto segments = bodies_.segments_at_rest();
  if (!segments) return std::unexpected(segments.error());
  const auto alive = living(reader);
  const auto now = clock_.monotonic();
  for (const SegmentStore::AtRest& segment : *segments) {
    const auto found = alive.find(segment.number);
    if (found != alive.end()) {
      unused_since_.erase(segment.number);
      if (found->second >= segment.bytes / worth_it) continue;
      if (auto emptied = empty(reader, bodies_, writer_, segment.number); !emptied) {
        return std::unexpected(emptied.error());
      }
    } else if (now - unused_since_.try_emplace(segment.number, now).first->second >= min_age) {
      if (auto removed = bodies_.remove_segment(segment.number); !removed)
        return std::unexpected(removed.error());
      unused_since_.erase(segment.number);
      freed += segment.bytes;
    }
  }
  return freed;
}

}  // namespace purser::gateway
