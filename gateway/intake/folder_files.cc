#include "gateway/intake/folder_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t token_length = 16;
constexpr int most_versions = 10'000;  // of one name in archive/ or error/; beyond, someone must tidy up

void sync_folder(const std::string& path) {
  int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

std::chrono::milliseconds age(const struct stat& info) {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  // The change time cannot be set from outside, as the modification time can (cp -p, FTP MFMT).
  auto seconds = now.tv_sec - info.st_ctim.tv_sec;
  auto nanoseconds = now.tv_nsec - info.st_ctim.tv_nsec;
  return std::chrono::milliseconds(seconds * 1000 + nanoseconds / 1'000'000);
}

struct Candidate {
  std::string name;
  timespec changed;
};

}  // namespace

bool fits_pattern(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p, ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool DropFolder::prepare() const {
  std::error_code error;
  for (const char* folder : {"", "/work", "/archive", "/error"}) {
    fs::create_directories(source_.path + folder, error);
    if (error) return false;
  }
  return true;
}

bool DropFolder::has_work() const {
  std::error_code error;
  return fs::is_directory(source_.path + "/work", error);
}

std::vector<ClaimedFile> DropFolder::left_over() const {
  std::vector<ClaimedFile> files;
  std::error_code error;
  for (fs::directory_iterator it(source_.path + "/work", error), end; !error && it != end;
       it.increment(error)) {
    auto name = it->path().filename().string();
    std::error_code no_file;
    if (!it->is_regular_file(no_file) || name.size() <= token_length + 1 || name[token_length] != '-')
      continue;
    files.push_back({name.substr(0, token_length), name.substr(token_length + 1), it->file_size(no_file)});
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

bool DropFolder::is_ignored(std::string_view name) const {
  for (std::string_view pattern : {".*", "*.tmp", "*.part", "*.error", "*.filepart", "*~"}) {
    if (fits_pattern(pattern, name)) return true;
  }
  return std::any_of(source_.ignore.begin(), source_.ignore.end(),
                     [&](const std::string& pattern) { return fits_pattern(pattern, name); });
}

std::expected<std::vector<std::string>, std::string> DropFolder::whole_files(
    const std::set<std::string>& renamed, std::size_t limit, std::chrono::milliseconds& wait) const {
  std::vector<Candidate> whole;
  std::error_code error;
  for (fs::directory_iterator it(source_.path, error), end; !error && it != end; it.increment(error)) {
    auto name = it->path().filename().string();
    struct stat info {};
    if (is_ignored(name) || ::lstat(it->path().c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
    auto still = source_.quiet - age(info);
    if (still > std::chrono::milliseconds::zero() && !renamed.contains(name)) {
      wait = std::min(wait, still);
    } else {
      whole.push_back({std::move(name), info.st_ctim});
    }
  }
  if (error) return std::unexpected(error.message());
  std::sort(whole.begin(), whole.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(a.changed.tv_sec, a.changed.tv_nsec, a.name) <
           std::tie(b.changed.tv_sec, b.changed.tv_nsec, b.name);
  });
  std::vector<std::string> names;
  for (auto& candidate : whole) {
    if (names.size() == limit) break;
    names.push_back(std::move(candidate.name));
  }
  return names;
}

std::string DropFolder::work_path(const ClaimedFile& file) const {
  return source_.path + "/work/" + file.token + "-" + file.name;
}

std::expected<ClaimedFile, int> DropFolder::claim(const std::string& name, const std::string& token) const {
  ClaimedFile file{token, name, 0};
  auto path = work_path(file);
  if (::rename((source_.path + "/" + name).c_str(), path.c_str()) != 0) return std::unexpected(errno);
  sync_folder(source_.path + "/work");
  struct stat info {};
  if (::lstat(path.c_str(), &info) == 0) file.size = static_cast<std::uint64_t>(info.st_size);
  return file;
}

Claim DropFolder::claim_on(const ClaimedFile& file, const Sha256& digest) const {
  auto scope = "folder/" + source_.name;
  switch (source_.same_file) {
    case SameFile::name_and_content:
      return {scope, file.name + " " + hex(digest)};
    case SameFile::content:
      return {scope, hex(digest)};
    case SameFile::take:
      break;
  }
  return {scope, "token " + file.token};
}

bool DropFolder::move(const std::string& from, const std::string& folder, const std::string& name,
                      std::string* moved) const {
  for (int version = 1; version < most_versions; ++version) {
    auto to = source_.path + folder + name + (version == 1 ? "" : fmt::format("~{}", version));
    // link refuses to replace what is there, which rename would do.
    if (::link(from.c_str(), to.c_str()) == 0) {
      ::unlink(from.c_str());
      if (moved != nullptr) *moved = to;
      return true;
    }
    if (errno != EEXIST) return false;
    struct stat first {
    }, second{};
    // A crash between link and unlink leaves both names of one file.
    if (::stat(from.c_str(), &first) == 0 && ::stat(to.c_str(), &second) == 0 &&
        first.st_ino == second.st_ino) {
      ::unlink(from.c_str());
      if (moved != nullptr) *moved = to;
      return true;
    }
  }
  return false;
}

bool DropFolder::archive(const ClaimedFile& file, MessageId message, bool known) const {
  return move(work_path(file), "/archive/", text(message) + "-" + file.name + (known ? ".known" : ""),
              nullptr);
}

bool DropFolder::refuse(const ClaimedFile& file, const std::string& error_text) const {
  std::string moved;
  if (!move(work_path(file), "/error/", file.name, &moved)) return false;
  auto hidden = source_.path + "/error/." + file.token + ".tmp";
  std::ofstream out(hidden, std::ios::binary | std::ios::trunc);
  out << error_text;
  out.close();
  return out.good() && ::rename(hidden.c_str(), (moved + ".error").c_str()) == 0;
}

std::string error_text(std::string_view name, const Answer& answer) {
  using Json = nlohmann::ordered_json;
  Json json;
  json["file"] = name;
  std::string words;
  if (answer.message.is_set()) {
    json["message"] = text(answer.message);
    json["state"] = gateway::name(answer.state);
    words = fmt::format("{} was taken as {} and is {}.\n\n", name, text(answer.message),
                        gateway::name(answer.state));
  } else {
    json["state"] = "refused";
    words = fmt::format("{} was refused; nothing was stored.\n\n", name);
  }
  json["findings"] = Json::array();
  for (const auto& finding : answer.findings) {
    words += to_line(finding, name) + "\n";
    Json one;
    one["code"] = finding.code;
    one["message"] = finding.message;
    one["expected"] = finding.expected;
    one["remedy"] = finding.remedy;
    one["line"] = finding.at.line;
    one["column"] = finding.at.column;
    one["segment"] = finding.at.segment;
    one["source"] = finding.source;
    one["path"] = finding.path;
    json["findings"].push_back(std::move(one));
  }
  // Dropped again it is another message, and this one would stand still for ever.
  words += !answer.message.is_set()
               ? "\nMend the file and drop it again."
               : fmt::format(
                     "\nMend a copy and hand it in for this one: purser resubmit {0} FILE\n"
                     "Or drop the mended file again, and end this one: purser cancel {0}",
                     text(answer.message));
  words += "\nThe same for programs:\n\n";
  return words + json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace purser::gateway
