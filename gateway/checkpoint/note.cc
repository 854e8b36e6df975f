#include "gateway/checkpoint/note.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // an em dash and a blank begin a signature line
constexpr char ed25519_type = 1;                    // of signed-note
constexpr std::size_t key_id_bytes = 4;
constexpr std::size_t max_lines = 32;

const SignatureAlgorithm& ed25519() { return *find_jose_algorithm("EdDSA"); }

std::string_view view(const Sha256& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// The first bytes of SHA-256 over name, line end, type and key: which key a signature line means.
std::string key_id(std::string_view origin, const CryptoKey& key) {
  const Sha256 hash = sha256(fmt::format("{}\n{}{}", origin, ed25519_type, key.raw_public()));
  return std::string(view(hash).substr(0, key_id_bytes));
}

std::string text_of(const Checkpoint& checkpoint) {
  return fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size,
                     base64_encoded(view(checkpoint.root)));
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < max_lines) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::optional<Checkpoint> parse(std::span<const std::string_view> lines) {
  Checkpoint out;
  out.origin = lines[0];
  const auto number = lines[1];
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), out.size);
  if (error != std::errc() || end != number.data() + number.size() || number != std::to_string(out.size))
    return std::nullopt;
  const auto root = base64_decoded(lines[2]);
  if (!root || root->size() != out.root.size()) return std::nullopt;
  std::ranges::copy(*root, out.root.begin());
  return out;
}

}  // namespace

bool is_origin(std::string_view name) {
  constexpr std::size_t max_name = 128;
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  };
  return !name.empty() && name.size() <= max_name && std::ranges::all_of(name, fits);
}

std::expected<std::string, std::string> sign_checkpoint(const Checkpoint& checkpoint, const CryptoKey& key) {
  const std::string text = text_of(checkpoint);
  const auto signature = key.kind() == KeyKind::ed25519 ? sign(ed25519(), key, text) : std::nullopt;
  if (!signature) return std::unexpected("checkpoints are signed with a private Ed25519 key");
  return fmt::format("{}\n{}{} {}\n", text, dash, checkpoint.origin,
                     base64_encoded(key_id(checkpoint.origin, key) + *signature));
}

std::expected<Checkpoint, std::string> open_checkpoint(std::string_view note, const CryptoKey& key) {
  if (key.kind() != KeyKind::ed25519) return std::unexpected("the key is not an Ed25519 key");
  constexpr std::size_t head = 4;  // three lines and a blank one
  const auto lines = note.size() > max_checkpoint_bytes ? std::vector<std::string_view>() : lines_of(note);
  if (lines.size() <= head || !lines[head - 1].empty()) return std::unexpected("it is not a checkpoint");
  const auto checkpoint = parse(lines);
  if (!checkpoint) return std::unexpected("it is not a checkpoint");
  const std::string text = text_of(*checkpoint);
  if (!note.starts_with(text)) return std::unexpected("it is not a checkpoint");
  const std::string start = fmt::format("{}{} ", dash, checkpoint->origin);
  for (const auto line : std::span(lines).subspan(head)) {
    if (!line.starts_with(start)) continue;
    const auto bytes = base64_decoded(line.substr(start.size()));
    if (!bytes || !bytes->starts_with(key_id(checkpoint->origin, key))) continue;
    if (verify(ed25519(), key, text, std::string_view(*bytes).substr(key_id_bytes))) return *checkpoint;
    return std::unexpected("its signature is not the key's");
  }
  return std::unexpected("it has no signature of this key");
}

}  // namespace purser::gateway
