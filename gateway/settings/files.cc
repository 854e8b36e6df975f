#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include <fmt/format.h>
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

std::vector<std::string> tenant_folders(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder + "/tenants", error), end; !error && it != end; it.increment(error)) {
    if (it->is_directory(error)) names.push_back(it->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Sections may be spread over files; a block or a name may stand only once in all of them.
void check_once(const std::vector<SettingsFile>& files, Report& report) {
  std::map<std::string, const Node*> seen;
  auto once = [&](const std::string& path, const Node& key) {
    auto [it, is_new] = seen.emplace(path, &key);
    if (is_new || it->second->file == key.file) return;  // within a file the schema check saw it
    report.add(settings_finding("CONFIG-0007", key, path, path + " stands in " + it->second->file + ", too",
                                "one place; the other is line " + std::to_string(it->second->line)));
  };
  for (const auto& file : files) {
    for (const auto& [key, value] : file.root.entries) {
      if (key.text == "server" || key.text == "data" || key.text == "workers" || key.text == "access" ||
          key.text == "journal" || key.text == "retention" || key.text == "audit") {
        once(key.text, key);
        continue;
      }
      for (const auto& [name, unused] : value.entries) once(key.text + "." + name.text, name);
    }
  }
}

/// Reads file after file into the result.
class FilesReader {
 public:
  FilesReader(SettingsFiles& into, Report& report) : into_(into), report_(report) {}

  void read(const std::string& path, const std::string& name, const std::shared_ptr<const Place>& place) {
    std::ifstream file(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (!file) {
      Node at;
      at.file = name;
      report_.add(settings_finding("CONFIG-0001", at, "", name + " cannot be read"));
      return;
    }
    take(text, name, place);
  }
  void take(const std::string& text, const std::string& name, const std::shared_ptr<const Place>& place) {
    static const SchemaCheck schema(settings_schema());
    all_ += name + '\0' + text + '\0';
    auto root = parse_yaml(text, name);
    if (!root) {
      report_.add(std::move(root.error()));
      return;
    }
    schema.check(*root, report_);
    qualify(*root, *place, report_);
    into_.files.push_back({std::move(*root), place});
  }
  /// The tenant's folder, and whether the operator lets it into his network.
  [[nodiscard]] std::shared_ptr<const Place> place_of(const std::string& tenant) const {
    if (tenant == default_tenant) return std::make_shared<Place>(into_.own);
    Place place{into_.own.folder + "/tenants/" + tenant, tenant, false};
    for (const auto& entry : into_.section("tenants")) {
      const Node* flag = entry.name() == tenant ? entry.value->find("private_addresses") : nullptr;
      place.may_go_in |= flag != nullptr && flag->text == "true";
    }
    return std::make_shared<Place>(std::move(place));
  }
  [[nodiscard]] std::string version() const { return digest_version(all_); }

 private:
  SettingsFiles& into_;
  Report& report_;
  std::string all_;
};

}  // namespace

SettingsFiles read_settings_files(const std::string& folder, const Administered& administered,
                                  Report& report) {
  SettingsFiles result;
  Node place;
  place.file = folder;
  std::error_code error;
  result.own.folder = fs::weakly_canonical(fs::absolute(folder, error), error).string();
  auto names = yaml_files(result.own.folder, error);
  if (error || names.empty() || names.size() > max_files) {
    report.add(
        settings_finding("CONFIG-0001", place, "",
                         error ? folder + ": " + error.message()
                               : folder + " holds " + (names.empty() ? "no" : "too many") + " *.yaml files"));
    return result;
  }
  FilesReader reader(result, report);
  const auto own = std::make_shared<Place>(result.own);
  for (const auto& name : names) reader.read(result.own.folder + "/" + name, name, own);
  // The operator's part first: it says which tenants there are.
  if (auto found = administered.find(std::string(default_tenant)); found != administered.end())
    reader.take(found->second, "administered/" + found->first, own);
  for (const auto& tenant : tenant_folders(result.own.folder)) {
    const auto of_tenant = reader.place_of(tenant);
    for (const auto& name : yaml_files(of_tenant->folder, error))
      reader.read(of_tenant->folder + "/" + name, "tenants/" + tenant + "/" + name, of_tenant);
  }
  for (const auto& [tenant, text] : administered) {
    if (tenant != default_tenant) reader.take(text, "administered/" + tenant, reader.place_of(tenant));
  }
  check_once(result.files, report);
  for (const auto& section : SchemaCheck(settings_schema()).required_sections()) {
    if (result.block(section) != nullptr) continue;
    place.file = names.front();
    report.add(settings_finding("CONFIG-0004", place, section, "no file has a section " + section));
  }
  result.version = reader.version();
  return result;
}

std::vector<Entry> SettingsFiles::section(std::string_view name) const {
  std::vector<Entry> entries;
  for (const auto& file : files) {
    const Node* section = file.root.find(name);
    if (section == nullptr) continue;
    for (const auto& [key, value] : section->entries) entries.push_back({&key, &value, file.place.get()});
  }
  return entries;
}

const Node* SettingsFiles::block(std::string_view name) const {
  for (const auto& file : files) {
    if (!file.place->tenant.empty()) continue;
    if (const Node* found = file.root.find(name)) return found;
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
  return {node != nullptr ? *node : nothing, path_ + "." + std::string(name), place_, report_};
}

std::string EntryReader::checked_path(std::string value, std::string_view name) const {
  check_inside(value, name);
  if (!value.starts_with('/')) value = place_.folder + "/" + value;
  std::error_code error;
  const auto real = fs::weakly_canonical(value, error).string();
  if (!place_.tenant.empty() && !real.starts_with(place_.folder + "/")) {
    complain("CONFIG-0024", name, value + " leads out of the tenant's folder");
  } else if (::access(value.c_str(), R_OK) != 0) {
    complain("CONFIG-0011", name, value + " cannot be read");
  }
  return value;
}

std::string EntryReader::existing_path(std::string_view name) const {
  auto value = text(name);
  return value.empty() ? value : checked_path(std::move(value), name);
}

std::vector<std::string> EntryReader::existing_paths(std::string_view name) const {
  auto values = texts(name);
  for (auto& value : values) value = checked_path(std::move(value), name);
  return values;
}

void EntryReader::check_inside(std::string_view path, std::string_view name) const {
  if (place_.tenant.empty()) return;
  const fs::path way(path);
  if (way.is_absolute() || std::find(way.begin(), way.end(), "..") != way.end())
    complain("CONFIG-0024", name,
             fmt::format("{} leads out of the folder of the tenant {}", path, place_.tenant),
             "a path below it, without ..");
}

std::string EntryReader::data_path(std::string_view name, const std::string& data) const {
  auto value = text(name);
  if (value.empty()) return value;
  check_inside(value, name);
  if (value.starts_with('/')) return value;
  return place_.tenant.empty() ? data + "/" + value : data + "/tenants/" + place_.tenant + "/" + value;
}

bool EntryReader::private_flag(std::string_view name) const {
  const bool wanted = flag(name, false);
  if (!wanted || place_.tenant.empty() || place_.may_go_in) return wanted;
  complain("CONFIG-0024", name,
           fmt::format("{}.{}: the tenant {} may not reach the own network", path_, name, place_.tenant),
           fmt::format("tenants.{}.private_addresses: true, said by the operator", place_.tenant));
  return false;
}

std::string EntryReader::secret(const Node& reference, std::string_view path) const {
  constexpr std::string_view file_store = "secret://file/";
  constexpr std::string_view sealed_store = "secret://store/";  // of the tenant's folder
  if (!is_secret_reference(reference.text)) return reference.text;
  const std::string& where = reference.text;
  if (!place_.tenant.empty()) {
    if (where.starts_with(file_store)) {
      check_inside(where.substr(file_store.size()), {});
    } else if (!where.starts_with(sealed_store)) {
      report_.add(settings_finding("CONFIG-0024", reference, path,
                                   where + ": environment and Vault are the operator's",
                                   "secret://file/PATH or secret://store/NAME"));
      return {};
    }
  }
  auto content = resolve_secret(where, place_.folder);
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
