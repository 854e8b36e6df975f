#include "gateway/checkpoint/checkpoint.h"

#include <map>

#include <fmt/format.h>

namespace purser::gateway {
namespace {

Status broken(std::string what) { return {StatusClass::defect, "AUDIT-0003", std::move(what)}; }
Status misplaced(std::string what) { return {StatusClass::unavailable, "AUDIT-0004", std::move(what)}; }

Sha256 leaf_of(const AuditEntry& entry) {
  thread_local std::string encoded;
  encoded.clear();
  encode(entry, encoded);
  return leaf_hash(encoded);
}

std::string wrong_text(const AuditVerdict& verdict) {
  return fmt::format("entry {} of chain {}: {}", verdict.first_wrong, verdict.chain, verdict.what);
}

/// Grows one chain's tree above what was signed before, and lays down the hashes that are new.
class Growth {
 public:
  Growth(CheckpointPlace& place, std::int64_t chain)
      : place_(place), chain_(chain), tree_([this](const Tile& tile) { return lay(tile); }) {}

  /// What was signed last time; before the first add().
  void goes_on_from(Checkpoint before) { before_ = std::move(before); }

  Outcome add(const AuditEntry& entry) {
    if (auto added = tree_.add(leaf_of(entry)); !added) return added;
    if (before_ && tree_.size() == before_->size && tree_.root() != before_->root)
      return std::unexpected(broken(fmt::format(
          "chain {} is not the one whose first {} entries were signed before", chain_, before_->size)));
    return {};
  }

  std::expected<std::optional<Checkpoint>, Status> finish(const CheckpointSigner& signer) {
    if (before_ && tree_.size() < before_->size)
      return std::unexpected(broken(fmt::format("chain {} ends at entry {}, and {} were signed before",
                                                chain_, tree_.size(), before_->size)));
    if (before_ && tree_.size() == before_->size) return std::nullopt;
    if (auto laid = tree_.finish(); !laid) return std::unexpected(laid.error());
    Checkpoint next{fmt::format("{}/{}", signer.origin, chain_), tree_.size(), tree_.root()};
    if (before_ && before_->origin != next.origin)
      return std::unexpected(misplaced(fmt::format("the checkpoint there is of {}", before_->origin)));
    const auto note = sign_checkpoint(next, signer.key);
    if (!note) return std::unexpected(misplaced(note.error()));
    if (auto wrote = place_.write(checkpoint_name(chain_), *note); !wrote)
      return std::unexpected(misplaced(wrote.error()));
    return next;
  }

 private:
  // What was whole at the last checkpoint lies there already, and all else comes after that was compared.
  Outcome lay(const Tile& tile) {
    constexpr std::uint32_t bits = 8;
    const bool whole = before_ && tile.hashes.size() == tile_width &&
                       tile.index + 1 <= before_->size >> (bits * (tile.level + 1));
    if (whole) return {};
    auto wrote = place_.write(fmt::format("{}/{}", chain_, path_of(tile)), bytes_of(tile));
    if (!wrote) return std::unexpected(misplaced(wrote.error()));
    return {};
  }

  CheckpointPlace& place_;
  std::int64_t chain_;
  std::optional<Checkpoint> before_;
  TreeBuilder tree_;
};

/// One chain held against its checkpoint while it is walked.
class Comparison {
 public:
  Comparison(CheckpointPlace& place, std::int64_t chain, Checkpoint signed_before)
      : checkpoint_(std::move(signed_before)), tiles_(place, std::to_string(chain), checkpoint_.size) {}

  void add(const AuditEntry& entry) {
    if (trail_.size() >= checkpoint_.size) return;
    const Sha256 leaf = leaf_of(entry);
    static_cast<void>(trail_.add(leaf));
    if (!tiles_fault_.empty()) return;
    const auto signed_leaf = tiles_.node(0, trail_.size() - 1);
    if (!signed_leaf) {
      tiles_fault_ = signed_leaf.error();
    } else {
      static_cast<void>(laid_.add(*signed_leaf));
      if (first_other_ == 0 && *signed_leaf != leaf) first_other_ = trail_.size();
    }
  }

  /// Puts into `verdict` what is wrong before what it knows already.
  void judge(AuditVerdict& verdict, std::int64_t chain) {
    if (!verdict.what.empty() && verdict.chain < chain) return;
    const bool chain_breaks = verdict.first_wrong != 0 && verdict.chain == chain;
    const std::uint64_t walked = trail_.size();
    if (walked == checkpoint_.size && trail_.root() == checkpoint_.root) return;
    if (walked < checkpoint_.size && tiles_fault_.empty()) read_rest();
    const bool tiles_hold = tiles_fault_.empty() && laid_.root() == checkpoint_.root;
    if (tiles_hold && first_other_ != 0) {
      say(verdict, chain, first_other_,
          fmt::format("changed: the checkpoint over {} entries has another hash for entry {}",
                      checkpoint_.size, first_other_));
    } else if (!chain_breaks && walked < checkpoint_.size) {
      say(verdict, chain, walked + 1,
          fmt::format("the end is cut off after entry {}: the checkpoint knows entry {}", walked,
                      checkpoint_.size));
    } else if (!chain_breaks) {
      say(verdict, chain, 0,
          fmt::format("rewritten: among entries 1 to {} of chain {} is one that the checkpoint did not sign; "
                      "the hashes beside it would tell which ({})",
                      checkpoint_.size, chain, tiles_fault_.empty() ? "they do not fit it" : tiles_fault_));
    }
  }

 private:
  void read_rest() {
    while (laid_.size() < checkpoint_.size && tiles_fault_.empty()) {
      const auto leaf = tiles_.node(0, laid_.size());
      if (leaf) {
        static_cast<void>(laid_.add(*leaf));
      } else {
        tiles_fault_ = leaf.error();
      }
    }
  }
  static void say(AuditVerdict& verdict, std::int64_t chain, std::uint64_t first, std::string what) {
    verdict.chain = chain;
    verdict.first_wrong = static_cast<std::int64_t>(first);
    if (first != 0) verdict.entries = verdict.first_wrong - 1;
    verdict.what = std::move(what);
  }

  Checkpoint checkpoint_;
  TileReader tiles_;
  TreeBuilder trail_, laid_;       // of what is there now, and of what was laid down
  std::uint64_t first_other_ = 0;  // the first entry whose hash is another one
  std::string tiles_fault_;
};

/// The chains of which a place has checkpoints. They are numbered without gaps: 0 beside SQLite, from 1 on
/// where several nodes write.
std::expected<std::map<std::int64_t, Checkpoint>, Status> checkpoints_in(CheckpointPlace& place,
                                                                         std::span<const CryptoKey> keys) {
  std::map<std::int64_t, Checkpoint> out;
  for (std::int64_t chain = 0;; ++chain) {
    auto found = read_checkpoint(place, chain, keys);
    if (!found) return std::unexpected(found.error());
    if (*found) out.emplace(chain, **found);
    if (!*found && chain != 0) return out;
  }
}

}  // namespace

std::string checkpoint_name(std::int64_t chain) { return fmt::format("{}/checkpoint", chain); }

std::expected<std::optional<Checkpoint>, Status> read_checkpoint(CheckpointPlace& place, std::int64_t chain,
                                                                 std::span<const CryptoKey> keys) {
  const std::string name = checkpoint_name(chain);
  auto note = place.read(name);
  if (!note) return std::unexpected(misplaced(note.error()));
  if (!*note) return std::nullopt;
  std::string why = "there is no key to verify it";
  for (const CryptoKey& key : keys) {
    auto opened = open_checkpoint(**note, key);
    if (opened && opened->origin.ends_with(fmt::format("/{}", chain))) return std::move(*opened);
    why = opened ? fmt::format("it is of {}", opened->origin) : opened.error();
  }
  return std::unexpected(misplaced(fmt::format("{}: {}", name, why)));
}

std::expected<std::vector<TakenCheckpoint>, Status> take_checkpoints(const TrailWalk& trail,
                                                                     CheckpointPlace& place,
                                                                     const CheckpointSigner& signer) {
  std::vector<CryptoKey> known{signer.key};
  known.insert(known.end(), signer.previous.begin(), signer.previous.end());
  auto before = checkpoints_in(place, known);
  if (!before) return std::unexpected(before.error());
  std::map<std::int64_t, Growth> growing;
  for (auto& [chain, checkpoint] : *before)
    growing.try_emplace(chain, place, chain).first->second.goes_on_from(std::move(checkpoint));
  Outcome all_well;
  const auto verdict = trail([&](std::int64_t chain, const AuditEntry& entry) {
    if (!all_well) return;
    all_well = growing.try_emplace(chain, place, chain).first->second.add(entry);
  });
  if (!verdict) return std::unexpected(verdict.error());
  if (!all_well) return std::unexpected(all_well.error());
  if (verdict->first_wrong != 0) return std::unexpected(broken(wrong_text(*verdict)));
  std::vector<TakenCheckpoint> taken;
  for (auto& [chain, growth] : growing) {
    auto next = growth.finish(signer);
    if (!next) return std::unexpected(next.error());
    if (*next) taken.push_back({chain, **next});
  }
  return taken;
}

std::expected<AuditVerdict, Status> verify_against(const TrailWalk& trail, CheckpointPlace& place,
                                                   std::span<const CryptoKey> keys) {
  auto known = checkpoints_in(place, keys);
  if (!known) return std::unexpected(known.error());
  if (known->empty()) return std::unexpected(misplaced("there is no checkpoint"));
  std::map<std::int64_t, Comparison> comparisons;
  for (auto& [chain, checkpoint] : *known) comparisons.try_emplace(chain, place, chain, checkpoint);
  auto verdict = trail([&](std::int64_t chain, const AuditEntry& entry) {
    const auto found = comparisons.find(chain);
    if (found != comparisons.end()) found->second.add(entry);
  });
  if (!verdict) return verdict;
  for (auto& [chain, comparison] : comparisons) comparison.judge(*verdict, chain);
  return verdict;
}

}  // namespace purser::gateway
