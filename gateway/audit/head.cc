#include "gateway/audit/head.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>

namespace purser::gateway {
namespace {

constexpr std::size_t max_line = 128;  // 19 digits, a blank, 64 hex digits, a newline

std::optional<AuditHead> parse(std::string_view line) {
  AuditHead head;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), head.sequence);
  const auto used = static_cast<std::size_t>(end - line.data());
  if (error != std::errc() || used >= line.size() || line[used] != ' ') return std::nullopt;
  line.remove_prefix(used + 1);
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.size() != head.hash.size() * 2) return std::nullopt;
  for (std::size_t i = 0; i < head.hash.size(); ++i) {
    const char* pair = line.data() + 2 * i;
    if (std::from_chars(pair, pair + 2, head.hash[i], 16).ptr != pair + 2) return std::nullopt;
  }
  return head;
}

}  // namespace

Outcome write_head(const std::string& path, const AuditHead& head, FileSystem& files) {
  // Two processes may write at once: each has a temporary name of its own.
  const std::string temporary = fmt::format("{}.{}", path, ::getpid());
  auto file = files.open(temporary, true);
  if (!file) return std::unexpected(file.error());
  const std::string line = fmt::format("{} {}\n", head.sequence, hex(head.hash));
  if (auto wrote = (*file)->write_at(0, line); !wrote) return wrote;
  if (auto synced = (*file)->sync(); !synced) return synced;
  if (auto renamed = files.rename(temporary, path); !renamed) return renamed;
  return files.sync_directory(path.substr(0, path.rfind('/')));
}

std::expected<std::optional<AuditHead>, Status> read_head(const std::string& path, FileSystem& files) {
  auto file = files.open_for_reading(path);
  if (!file) return std::optional<AuditHead>();
  char line[max_line];
  const auto got = (*file)->read_at(0, line);
  if (!got) return std::unexpected(got.error());
  const auto head = parse({line, *got});
  if (!head) {
    return std::unexpected(
        Status{StatusClass::defect, "AUDIT-0002", fmt::format("{} is not a head record", path)});
  }
  return head;
}

}  // namespace purser::gateway
