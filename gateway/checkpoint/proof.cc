#include "gateway/checkpoint/proof.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::string_view proof_format = "purser-history/1";

std::string encoded(const Sha256& hash) {
  return base64_encoded({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

std::optional<Sha256> decoded(const std::string& text) {
  const auto bytes = base64_decoded(text);
  Sha256 hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}

Json to_json(const ChainEntry& one, std::span<const Sha256> path) {
  const AuditEntry& entry = one.entry;
  Json json{{"chain", one.chain},
            {"sequence", entry.sequence},
            {"at", to_number(entry.at)},
            {"who", entry.who},
            {"what", entry.what},
            {"message", entry.message.value},
            {"delivery", entry.delivery.value},
            {"why", entry.why},
            {"tenant", entry.tenant},
            {"path", Json::array()}};
  for (const Sha256& hash : path) json["path"].push_back(encoded(hash));
  return json;
}

// Throws nlohmann's exceptions for what is missing or of another type.
ChainEntry entry_of(const Json& json) {
  ChainEntry out;
  out.chain = json.at("chain").get<std::int64_t>();
  out.entry.sequence = json.at("sequence").get<std::int64_t>();
  out.entry.at = to_instant(json.at("at").get<std::int64_t>());
  out.entry.who = json.at("who").get<std::string>();
  out.entry.what = json.at("what").get<std::string>();
  out.entry.message = {json.at("message").get<std::int64_t>()};
  out.entry.delivery = {json.at("delivery").get<std::int64_t>()};
  out.entry.why = json.at("why").get<std::string>();
  out.entry.tenant = json.at("tenant").get<std::string>();
  return out;
}

std::optional<Sha256> root_of(const ChainEntry& one, std::uint64_t size, std::span<const Sha256> path) {
  if (one.entry.sequence < 1) return std::nullopt;
  std::string bytes;
  encode(one.entry, bytes);
  return root_of_path(leaf_hash(bytes), static_cast<std::uint64_t>(one.entry.sequence) - 1, size, path);
}

std::expected<Checkpoint, std::string> opened(const std::string& note, std::span<const CryptoKey> keys) {
  std::string why = "there is no key to verify it";
  for (const CryptoKey& key : keys) {
    auto checkpoint = open_checkpoint(note, key);
    if (checkpoint) return checkpoint;
    why = checkpoint.error();
  }
  return std::unexpected("the checkpoint: " + why);
}

std::expected<ProvenHistory, std::string> check(const Json& json, std::span<const CryptoKey> keys,
                                                const std::string& own) {
  if (json.at("format") != proof_format) return std::unexpected("it is no proof of a history");
  ProvenHistory out;
  out.later = json.at("later").get<std::uint64_t>();
  for (const Json& each : json.at("entries")) {
    ChainEntry one = entry_of(each);
    const auto chain = std::to_string(one.chain);
    const auto checkpoint =
        opened(own.empty() ? json.at("checkpoints").at(chain).get<std::string>() : own, keys);
    if (!checkpoint) return std::unexpected(checkpoint.error());
    if (!checkpoint->origin.ends_with("/" + chain))
      return std::unexpected(fmt::format("entry {} is of chain {}, the checkpoint of {}", one.entry.sequence,
                                         chain, checkpoint->origin));
    std::vector<Sha256> path;
    for (const Json& text : each.at("path")) {
      const auto hash = decoded(text.get<std::string>());
      if (!hash) return std::unexpected(fmt::format("the path of entry {} is malformed", one.entry.sequence));
      path.push_back(*hash);
    }
    if (root_of(one, checkpoint->size, path) != checkpoint->root)
      return std::unexpected(
          fmt::format("entry {} is not in what the checkpoint signed", one.entry.sequence));
    if (!out.entries.empty() && out.entries.front().entry.message.value != one.entry.message.value)
      return std::unexpected(fmt::format("entry {} is of another message", one.entry.sequence));
    out.entries.push_back(std::move(one));
  }
  if (out.entries.empty()) return std::unexpected("it proves no entry");
  return out;
}

}  // namespace

std::expected<std::string, Status> prove_history(std::span<const ChainEntry> entries, CheckpointPlace& place,
                                                 std::span<const CryptoKey> keys) {
  const auto fault = [](const char* code, std::string what) {
    return std::unexpected(Status{StatusClass::unavailable, code, std::move(what)});
  };
  Json json{{"format", proof_format}, {"checkpoints", Json::object()}, {"entries", Json::array()}};
  std::uint64_t later = 0;
  for (const ChainEntry& one : entries) {
    const auto checkpoint = read_checkpoint(place, one.chain, keys);
    if (!checkpoint) return std::unexpected(checkpoint.error());
    const auto index = static_cast<std::uint64_t>(one.entry.sequence) - 1;
    if (!*checkpoint || index >= (*checkpoint)->size) {
      ++later;
      continue;
    }
    TileReader tiles(place, std::to_string(one.chain), (*checkpoint)->size);
    const auto path = inclusion_path(index, (*checkpoint)->size,
                                     [&](auto level, auto at) { return tiles.node(level, at); });
    if (!path) return fault("AUDIT-0004", path.error());
    if (root_of(one, (*checkpoint)->size, *path) != (*checkpoint)->root)
      return fault("AUDIT-0003", fmt::format("entry {} of chain {} is not what the checkpoint signed",
                                             index + 1, one.chain));
    const auto note = place.read(checkpoint_name(one.chain));
    if (!note || !*note) return fault("AUDIT-0004", "the checkpoint is gone");
    json["checkpoints"][std::to_string(one.chain)] = **note;
    json["entries"].push_back(to_json(one, *path));
  }
  if (json["entries"].empty())
    return fault("AUDIT-0004", "no checkpoint is as young as its entries: take one, then prove");
  json["later"] = later;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::expected<ProvenHistory, std::string> check_history(const std::string& proof,
                                                        std::span<const CryptoKey> keys,
                                                        const std::string& checkpoint) {
  if (proof.size() > max_proof_bytes) return std::unexpected("it is longer than a proof is");
  try {
    return check(Json::parse(proof), keys, checkpoint);
  } catch (const Json::exception&) {
    return std::unexpected("it is no proof of a history");
  }
}

}  // namespace purser::gateway
