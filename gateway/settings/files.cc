#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include <openssl/evp.h>
#include <unistd.h>

#include "gateway/settings/load.h"
#include "gateway/settings/quantity.h"
#include "gateway/settings/schema_check.h"
#include "gateway/settings/secret.h"

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t max_files = 1000;  // one a partner and route in a large house

std::string digest_version(const std::string& all) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned length = 0;
  EVP_Digest(all.data(), all.size(), hash.data(), &length, EVP_sha256(), nullptr);
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < 6; ++i) {
    text += digits[hash[i] >> 4U];
    text += digits[hash[i] & 15U];
  }
  return text;
}

std::vector<std::string> yaml_files(const std::string& folder, std::error_code& error) {
  std::vector<std::string> names;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    auto name = it->path().filename().string();
    auto extension = it->path().extension();
    if ((extension == ".yaml" || extension == ".yml") && !name.starts_with('.')) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Sections may be spread over files; a block or a name may stand only once in all of them.
void check_once(const std::vector<Node>& files, Report& report) {
  std::map<std::string, const Node*> seen;
  auto once = [&](const std::string& path, const Node& key) {
    auto [it, is_new] = seen.emplace(path, &key);
    if (is_new || it->second->file == key.file) return;  // within a file the schema check saw it
    report.add(settings_finding("CONFIG-0007", key, path, path + " stands in " + it->second->file + ", too",
                                "one place; the other is line " + std::to_string(it->second->line)));
  };
  for (const auto& file : files) {
    for (const auto& [key, value] : file.entries) {
      if (key.text == "server" || key.text == "data" || key.text == "workers" || key.text == "access" ||
          key.text == "journal" || key.text == "retention") {
        once(key.text, key);
        continue;
      }
      for (const auto& [name, unused] : value.entries) once(key.text + "." + name.text, name);
    }
  }
}

}  // namespace

SettingsFiles read_settings_files(const std::string& folder, Report& report) {
  SettingsFiles result;
  Node place;
  place.file = folder;
  std::error_code error;
  result.folder = fs::weakly_canonical(fs::absolute(folder, error), error).string();
  auto names = yaml_files(result.folder, error);
  if (error || names.empty() || names.size() > max_files) {
    report.add(
        settings_finding("CONFIG-0001", place, "",
                         error ? folder + ": " + error.message()
                               : folder + " holds " + (names.empty() ? "no" : "too many") + " *.yaml files"));
    return result;
  }
  static const SchemaCheck schema(settings_schema());
  std::string all;
  for (const auto& name : names) {
    place.file = name;
    std::ifstream file(result.folder + "/" + name, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (!file) {
      report.add(settings_finding("CONFIG-0001", place, "", name + " cannot be read"));
      continue;
    }
    all += name + '\0' + text + '\0';
    auto root = parse_yaml(text, name);
    if (!root) {
      report.add(std::move(root.error()));
      continue;
    }
    schema.check(*root, report);
    result.files.push_back(std::move(*root));
  }
  check_once(result.files, report);
  for (const auto& section : schema.required_sections()) {
    if (result.block(section) != nullptr) continue;
    place.file = names.front();
    report.add(settings_finding("CONFIG-0004", place, section, "no file has a section " + section));
  }
  result.version = digest_version(all);
  return result;
}

std::vector<Entry> SettingsFiles::section(std::string_view name) const {
  std::vector<Entry> entries;
  for (const auto& file : files) {
    const Node* section = file.find(name);
    if (section == nullptr) continue;
    for (const auto& [key, value] : section->entries) entries.push_back({&key, &value});
  }
  return entries;
}

const Node* SettingsFiles::block(std::string_view name) const {
  for (const auto& file : files) {
    if (const Node* found = file.find(name)) return found;
  }
  return nullptr;
}

std::string EntryReader::text(std::string_view name, std::string_view fallback) const {
  const Node* node = find(name);
  return node != nullptr && node->is_scalar() ? node->text : std::string(fallback);
}

bool EntryReader::flag(std::string_view name, bool fallback) const {
  auto value = text(name);
  return value == "true" ? true : value == "false" ? false : fallback;
}

std::uint64_t EntryReader::number(std::string_view name, std::uint64_t fallback) const {
  auto value = text(name);
  return parse_size(value).value_or(fallback);  // a bare number is a size in bytes, too
}

std::uint64_t EntryReader::size(std::string_view name, std::uint64_t fallback) const {
  return parse_size(text(name)).value_or(fallback);
}

std::chrono::milliseconds EntryReader::duration(std::string_view name,
                                                std::chrono::milliseconds fallback) const {
  return parse_duration(text(name)).value_or(fallback);
}

std::vector<std::string> EntryReader::texts(std::string_view name) const {
  std::vector<std::string> result;
  if (const Node* node = find(name)) {
    for (const auto& item : node->items) result.push_back(item.text);
  }
  return result;
}

EntryReader EntryReader::below(std::string_view name) const {
  static const Node nothing;
  const Node* node = find(name);
  return {node != nullptr ? *node : nothing, path_ + "." + std::string(name), folder_, report_};
}

std::string EntryReader::existing_path(std::string_view name) const {
  auto value = text(name);
  if (value.empty()) return value;
  if (!value.starts_with('/')) value = folder_ + "/" + value;
  if (::access(value.c_str(), R_OK) != 0) complain("CONFIG-0011", name, value + " cannot be read");
  return value;
}

std::vector<std::string> EntryReader::existing_paths(std::string_view name) const {
  auto values = texts(name);
  for (auto& value : values) {
    if (!value.starts_with('/')) value = folder_ + "/" + value;
    if (::access(value.c_str(), R_OK) != 0) complain("CONFIG-0011", name, value + " cannot be read");
  }
  return values;
}

std::string EntryReader::secret(const Node& reference, std::string_view path) const {
  if (!is_secret_reference(reference.text)) return reference.text;
  auto content = resolve_secret(reference.text, folder_);
  if (content) return std::move(*content);
  report_.add(settings_finding("CONFIG-0009", reference, path, reference.text + ": " + content.error()));
  return {};
}

std::vector<std::pair<std::string, std::string>> EntryReader::pairs(std::string_view name) const {
  std::vector<std::pair<std::string, std::string>> result;
  if (const Node* node = find(name)) {
    for (const auto& [key, value] : node->entries) {
      result.emplace_back(key.text, secret(value, path_ + "." + std::string(name) + "." + key.text));
    }
  }
  return result;
}

void EntryReader::complain(std::string_view code, std::string_view name, std::string message,
                           std::string expected) const {
  const Node* at = name.empty() ? nullptr : find(name);
  auto path = name.empty() ? path_ : path_ + "." + std::string(name);
  report_.add(
      settings_finding(code, at != nullptr ? *at : node_, path, std::move(message), std::move(expected)));
}

}  // namespace purser::gateway
